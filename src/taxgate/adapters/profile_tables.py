"""Tables of a profile file, read strictly: every fault is named with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from .profile import FAILURES, NO_RECORD, Codes, Envelope, Path, Raw

__all__ = ["SERVICE_PATH", "WORD", "Faults", "Place", "read_codes", "read_envelope", "read_path"]

NAME: Final = re.compile(r"[^\s.$\"'\[\]{}\x00-\x1f\x7f]{1,64}")
"""What a bureau may call a field: one word, in any script, without a dot."""

SERVICE_PATH: Final = re.compile(r"(?:/(?!\.\.?(?:/|$))[A-Za-z0-9_.-]+)+")
"""Path of a service: nothing in it comes from a question."""

WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
"""What questions, services and settings may be called."""

LONGEST: Final = 500
"""Characters a text of a profile may have."""

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)

E = TypeVar("E", bound=StrEnum)
_REQUIRED: Final[Any] = object()


class Faults:
    """Every fault found so far.

    Args:
        file: Name of the file, which stands before each place.
    """

    def __init__(self, file: str) -> None:
        self._file: Final = file
        self.found: Final[list[tuple[str, str]]] = []

    def add(self, place: str, problem: str) -> None:
        """Record a fault at a dotted *place*."""
        self.found.append((f"{self._file}: {place}" if place else self._file, problem))


class Place:
    """One table of the file.

    A value that is missing or wrong is recorded, and something harmless returned in its place.

    Args:
        faults: Where faults go.
        place: Dotted path of the table.
        table: The table itself.
    """

    def __init__(self, faults: Faults, place: str, table: Mapping[str, Any]) -> None:
        self.place: Final = place
        """Dotted path of the table."""
        self._faults: Final = faults
        self._table: Final = table
        self._taken: Final[set[str]] = set()
        self._parts: Final[list[Place]] = []

    def fault(self, name: str | tuple[str, ...] | None, problem: str) -> None:
        """Record a fault of the key *name*, of a key inside, or of the whole table."""
        names = (name,) if isinstance(name, str) else name or ()
        self._faults.add(self.at(*names), problem)

    def at(self, *names: str) -> str:
        """Return the dotted path of a key, as TOML writes it."""
        shown = [name if _BARE.fullmatch(name) else f'"{name}"' for name in names]
        return ".".join([self.place, *shown] if self.place else shown)

    def has(self, name: str) -> bool:
        """Tell whether the table gives *name*."""
        return name in self._table

    def names(self) -> tuple[str, ...]:
        """Return every key."""
        return tuple(self._table)

    def text(self, name: str, default: Any = _REQUIRED) -> Any:  # noqa: ANN401
        """Return a text that is not empty."""
        value = self._value(name, default, str, "a text", "")
        if isinstance(value, str) and name in self._table and not 0 < len(value) <= LONGEST:
            self.fault(name, f"must have 1 to {LONGEST} characters")
        return value

    def matching(self, name: str, pattern: re.Pattern[str], due: str) -> str:
        """Return a text of a certain shape."""
        value = str(self.text(name))
        if value and not pattern.fullmatch(value):
            self.fault(name, f"must be {due}")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """Return true or false."""
        return bool(self._value(name, default, bool, "true or false", stand_in=False))

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        """Return an integer between two bounds, both included."""
        value = self._value(name, default, int, "an integer", stand_in=least)
        if not least <= value <= most:
            self.fault(name, f"must lie between {least} and {most}")
            return least
        return int(value)

    def member(self, name: str, kind: type[E], default: E | None = None) -> E:
        """Return the member of *kind* whose value stands under *name*."""
        listed = ", ".join(kind)
        value = self._value(
            name, _REQUIRED if default is None else default, str, f"one of {listed}", ""
        )
        found = {member.value: member for member in kind}.get(value)
        if found is None:
            if value:
                self.fault(name, f"must be one of {listed}")
            found = next(iter(kind))
        return found

    def choice(self, name: str, options: Iterable[str], default: str | None = None) -> str:
        """Return one of a few texts."""
        listed = tuple(options)
        value = self._value(
            name, _REQUIRED if default is None else default, str, f"one of {', '.join(listed)}", ""
        )
        if value and value not in listed:
            self.fault(name, f"must be one of {', '.join(listed)}")
        return str(value)

    def texts(self, name: str, default: tuple[str, ...] = _REQUIRED) -> tuple[str, ...]:
        """Return a list of different texts."""
        value = self._value(name, default, (list, tuple), "a list of texts", stand_in=())
        if not all(type(part) is str and part for part in value):
            self.fault(name, "must be a list of texts")
            return ()
        if len(set(value)) < len(value):
            self.fault(name, "holds a text twice")
        return tuple(value)

    def groups(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Return a list of lists of texts."""
        value = self._value(name, [], list, "a list of lists of texts", stand_in=[])
        groups = []
        for group in value:
            if type(group) is not list or not all(type(part) is str and part for part in group):
                self.fault(name, "must be a list of lists of texts")
                return ()
            groups.append(tuple(group))
        return tuple(groups)

    def table(self, name: str, *, required: bool = False) -> Place | None:
        """Return a table inside this one."""
        value = self._value(
            name, _REQUIRED if required else None, dict, f"a table [{self.at(name)}]", None
        )
        return None if value is None else self._part(name, value)

    def tables(self, name: str) -> tuple[Place, ...]:
        """Return a list of tables inside this one."""
        value = self._value(name, [], list, "a list of tables", [])
        if not all(isinstance(part, dict) for part in value):
            self.fault(name, "must be a list of tables")
            return ()
        parts = tuple(
            Place(self._faults, f"{self.at(name)}[{index}]", part)
            for index, part in enumerate(value)
        )
        self._parts.extend(parts)
        return parts

    def value_or_table(self, name: str, short: str) -> Place | None:
        """Return a table; a plain text stands for a table that holds just it, under *short*."""
        self._taken.add(name)
        value = self._table.get(name)
        if isinstance(value, str):
            value = {short: value}
        if not isinstance(value, dict):
            self.fault(name, "must be a text or a table")
            return None
        return self._part(name, value)

    def mapping(self, name: str) -> Mapping[str, str]:
        """Return a table of texts."""
        value = self._value(name, {}, dict, "a table of texts", {})
        for key, text in value.items():
            if type(text) is not str or not text:
                self.fault((name, key), "must be a text")
        return {key: text for key, text in value.items() if type(text) is str and text}

    def path(self, name: str, *, required: bool = True) -> Path | None:
        """Return where something lies in a reply."""
        value = self.text(name) if required else self.text(name, None)
        return self.path_of(name, value) if value else None

    def path_of(self, name: str, text: str) -> Path:
        """Return the path *text*, which stands under *name*."""
        return read_path(text, lambda problem: self.fault(name, problem))

    def finish(self) -> None:
        """Record every key nobody asked for."""
        for name in self._table:
            if name not in self._taken:
                self.fault(name, "is not known here")
        for part in self._parts:
            part.finish()

    def _part(self, name: str, value: Mapping[str, Any]) -> Place:
        part = Place(self._faults, self.at(name), value)
        self._parts.append(part)
        return part

    def _value(self, name: str, default: Any, kind: Any, due: str, stand_in: Any) -> Any:  # noqa: ANN401
        self._taken.add(name)
        if name not in self._table:
            if default is _REQUIRED:
                self.fault(name, f"is missing: give {due}")
                return stand_in
            return default
        value = self._table[name]
        # A truth value is an int to Python, and no number to anybody else.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault(name, f"must be {due}")
            return stand_in
        return value


def read_path(text: str, fault: Callable[[str], None]) -> Path:
    """Return the path *text*; `$.` at its front counts it from the whole reply."""
    from_root = text.startswith("$.")
    names = tuple((text[2:] if from_root else text).split("."))
    if not all(NAME.fullmatch(name) for name in names):
        fault("must be names with dots between them, such as data.list")
    return Path(names, from_root)


def read_codes(place: Place, name: str, tables: Mapping[str, Codes]) -> Codes | None:
    """Return the code table named under *name*, or None where none is named."""
    wanted = place.text(name, None)
    if wanted is None:
        return None
    found = tables.get(wanted)
    if found is None:
        place.fault(name, f"names no table: there is no [codes.{wanted}]")
    return found


def read_envelope(place: Place) -> Envelope:
    """Return the layer around an answer that a table describes."""
    success = place.texts("success")
    failures = place.mapping("failures")
    if not success and place.has("success"):
        place.fault("success", "is empty: name the codes that mean success")
    known = {cause.value for cause in FAILURES} | {NO_RECORD}
    for code, meaning in failures.items():
        if code in success:
            place.fault(("failures", code), "stands among the codes of success, too")
        if meaning not in known:
            place.fault(("failures", code), f"must be one of {', '.join(sorted(known))}")
    return Envelope(
        code=place.path("code") or Path(()),
        raw=place.member("raw", Raw, Raw.TEXT),
        success=frozenset(success),
        failures=failures,
        inside=place.path("inside", required=False),
    )
