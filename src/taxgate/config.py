"""The configuration file (配置文件): a TOML document names the sources and how the gate uses them.

    [gate]
    source = "bureau"                  # or [gate.sources]: one source per tax
    readings = []
    within_seconds = 8

    [sources.bureau]
    kind = "http"                      # a name registered under `taxgate.sources`
    url = "https://tax.example.invalid"
    secret = { env = "TAX_SECRET" }    # or { file = "/run/secrets/tax" }

Everything is read strictly and every fault is named at once, before anything is asked. A secret
stands in the environment or in a file of its own, never here.
"""

from __future__ import annotations

import os
import stat
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final, TypeVar

from attrs import frozen

from .errors import ConfigError, TaxgateError
from .recorded import DecisionLog
from .secret import Secret
from .sources import ClearanceSource, Clock, Monotonic, Sleep, system_clock
from .terms import Checkpoint, Matter, Reading

__all__ = ["Configuration", "Settings", "load", "section"]

WITHIN: Final = 8.0
"""Seconds one check may take unless it is said otherwise."""

GROUP: Final = "taxgate.sources"
"""Entry point group under which kinds of source are registered."""

LARGEST: Final = 1 << 20
"""Bytes a configuration or secret file may have."""

_WRITABLE_BY_ALL: Final = stat.S_IWOTH

T = TypeVar("T")
_REQUIRED: Final[Any] = object()


@frozen(kw_only=True)
class Configuration:
    """What a configuration file says.

    Attributes:
        sources: One source for every tax, or one for each of some.
        named: Every source by its name.
        readings: Readings (释义选项) switched on.
        within: Seconds one check may take, all its inquiries together.
        trial: Whether answers that are not live count, too.
        permits: Checkpoints each office may ask at; None: no such rule.
        log: Where decisions are kept; None: nowhere.
    """

    sources: ClearanceSource | Mapping[Matter, ClearanceSource]
    named: Mapping[str, ClearanceSource]
    readings: frozenset[Reading]
    within: float
    trial: bool
    permits: Mapping[str, frozenset[Checkpoint]] | None
    log: DecisionLog | None


def load(
    path: str | Path,
    *,
    clock: Clock = system_clock,
    monotonic: Monotonic = time.monotonic,
    sleep: Sleep = time.sleep,
) -> Configuration:
    """Read a configuration and build the sources it names.

    Args:
        path: The TOML file. Files it names are looked for beside it.
        clock: Clock of the sources.
        monotonic: Clock deadlines and ages are counted on.
        sleep: How they wait.

    Raises:
        ConfigError: It cannot be used; lists every fault.
    """
    return _Loader(Path(path), clock, monotonic, sleep).load()


@contextmanager
def section(path: str | Path, name: str) -> Iterator[Settings]:
    """Give one table of a configuration by itself; no source is built and no secret of one read.

    For whoever needs no more, such as an auditor who reads the log and may not ask the bureau.

    Args:
        path: The TOML file. Files it names are looked for beside it.
        name: The table, such as `log`.

    Raises:
        ConfigError: The table cannot be used; lists every fault, at the end of the block.
    """
    loader = _Loader(Path(path), system_clock, time.monotonic, time.sleep)
    settings = loader.section(name)
    yield settings
    settings.finish()
    loader.complain()


class Settings:
    """One table of the configuration, read strictly.

    Each method takes one key. A value that is missing or wrong is recorded as a fault, and
    something harmless is returned in its place, so that all faults come to light in one go.

    Args:
        loader: What collects faults and builds the sources named.
        place: Dotted path of the table.
        table: The table itself.
    """

    def __init__(self, loader: _Loader, place: str, table: Mapping[str, Any]) -> None:
        self._loader: Final = loader
        self._table: Final = table
        self._taken: Final[set[str]] = set()
        self._parts: Final[list[Settings]] = []
        self.place: Final = place
        """Dotted path of the table, such as `sources.bureau`."""
        self.name: Final = place.rpartition(".")[2]
        """Last part of the path: the name of a source."""

    @property
    def clock(self) -> Clock:
        """Clock of the wall."""
        return self._loader.clock

    @property
    def monotonic(self) -> Monotonic:
        """Clock for deadlines and ages."""
        return self._loader.monotonic

    @property
    def sleep(self) -> Sleep:
        """How to wait."""
        return self._loader.sleep

    @property
    def production(self) -> bool:
        """Whether registrations will be completed on the answers."""
        return self._loader.production

    def fault(self, name: str | None, problem: str) -> None:
        """Record a fault of the key *name*, or of the whole table."""
        self._loader.fault(f"{self.place}.{name}" if name else self.place, problem)

    def has(self, name: str) -> bool:
        """Tell whether the table gives *name*."""
        return name in self._table

    def text(self, name: str, default: T = _REQUIRED) -> str | T:
        """Return a text."""
        value: str | T = self._value(name, default, str, "a text", "")
        return value

    def flag(self, name: str, default: bool = _REQUIRED) -> bool:  # noqa: FBT001 - as the others
        """Return true or false."""
        return bool(self._value(name, default, bool, "true or false", stand_in=False))

    def whole(self, name: str, default: int = _REQUIRED, *, least: int, most: int) -> int:
        """Return an integer between two bounds, both included."""
        value = self._value(name, default, int, "an integer", stand_in=least)
        return int(self._bounded(name, value, least, most))

    def number(self, name: str, default: float = _REQUIRED, *, least: float, most: float) -> float:
        """Return a number between two bounds, both included."""
        value = self._value(name, default, (int, float), "a number", stand_in=least)
        return float(self._bounded(name, value, least, most))

    def texts(self, name: str, default: tuple[str, ...] = _REQUIRED) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._value(name, default, (list, tuple), "a list of texts", stand_in=())
        if not all(type(part) is str for part in value):
            self.fault(name, "is no list of texts")
            return ()
        return tuple(value)

    def path(self, name: str, default: T = _REQUIRED) -> Path | T:
        """Return a path; one that is relative lies beside the configuration file."""
        value = self._value(name, default, str, "a path", ".")
        return self._loader.beside(value) if isinstance(value, str) else value

    def table(self, name: str) -> Settings | None:
        """Return a table inside this one, or None."""
        value = self._value(name, None, dict, "a table", None)
        if value is None:
            return None
        inside = Settings(self._loader, f"{self.place}.{name}", value)
        self._parts.append(inside)
        return inside

    def names(self) -> tuple[str, ...]:
        """Return every key of the table, for tables whose keys are data."""
        return tuple(self._table)

    def secret(self, name: str, default: T = _REQUIRED) -> Secret | T:
        """Return a secret from the environment or from a file of its own."""
        if not self.has(name) and default is not _REQUIRED:
            return default
        told = "give { env = NAME } or { file = PATH }: a secret does not stand in a configuration"
        value = self._value(name, _REQUIRED, dict, f"a place: {told}", stand_in=None)
        match value:
            case {"env": str(variable), **rest} if not rest:
                return self._from_environment(name, variable)
            case {"file": str(file), **rest} if not rest:
                return self._from_file(name, self._loader.beside(file))
            case {}:
                self.fault(name, told)
        return Secret("")

    def source(self, name: str) -> ClearanceSource:
        """Return the source whose name stands under *name*."""
        return self._loader.source(f"{self.place}.{name}", self.text(name))

    def sources(self, name: str) -> tuple[ClearanceSource, ...]:
        """Return the sources whose names stand in the list under *name*."""
        return tuple(self._loader.source(f"{self.place}.{name}", part) for part in self.texts(name))

    def finish(self) -> None:
        """Record every key nobody asked for."""
        for name in self._table:
            if name not in self._taken:
                self.fault(name, "is not known here: see the page of this source")
        for part in self._parts:
            part.finish()

    def _value(
        self,
        name: str,
        default: Any,  # noqa: ANN401
        kind: Any,  # noqa: ANN401
        due: str,
        stand_in: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
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

    def _bounded(self, name: str, value: float, least: float, most: float) -> float:
        if not least <= value <= most:
            self.fault(name, f"must lie between {least} and {most}")
            return least
        return value

    def _from_environment(self, name: str, variable: str) -> Secret:
        value = os.environ.get(variable, "")
        if not value:
            self.fault(name, f"the environment variable {variable} is not set")
        return Secret(value)

    def _from_file(self, name: str, path: Path) -> Secret:
        try:
            mode = path.stat().st_mode
            value = path.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            self.fault(name, f"{path} cannot be read: {type(error).__name__}")
            return Secret("")
        if mode & (stat.S_IROTH | _WRITABLE_BY_ALL):
            self.fault(name, f"{path} can be read or written by everybody: chmod 600")
        if not value:
            self.fault(name, f"{path} is empty")
        return Secret(value)


class _Loader:
    """Builds each source named once, and collects every fault on the way."""

    def __init__(self, path: Path, clock: Clock, monotonic: Monotonic, sleep: Sleep) -> None:
        self._path: Final = path
        self._faults: Final[list[tuple[str, str]]] = []
        self._built: Final[dict[str, ClearanceSource]] = {}
        self._under_way: Final[list[str]] = []
        self._tables: dict[str, Any] = {}
        self.clock: Final = clock
        self.monotonic: Final = monotonic
        self.sleep: Final = sleep
        self.production = True

    def load(self) -> Configuration:
        document = self._document()
        for name in document:
            if name not in {"gate", "log", "sources"}:
                self.fault(name, "is not known here: there are [gate], [log] and [sources.NAME]")
        self._tables = self._table_of(document, "sources")
        gate = Settings(self, "gate", self._table_of(document, "gate"))
        self.production = not gate.flag("trial", default=False)
        sources = self._wired(gate)
        readings = self._members(gate, "readings", Reading)
        within = gate.number("within_seconds", WITHIN, least=0.1, most=120)
        permits = self._permits(gate.table("offices"))
        gate.finish()
        for name in self._tables:
            self.source("sources", name)
        log = self._log(document)
        if self._faults and log is not None:
            log.close()
        self.complain()
        return Configuration(
            sources=sources,
            named=dict(self._built),
            readings=frozenset(readings),
            within=within,
            trial=not self.production,
            permits=permits,
            log=log,
        )

    def section(self, name: str) -> Settings:
        return Settings(self, name, self._table_of(self._document(), name))

    def complain(self) -> None:
        if self._faults:
            raise ConfigError(tuple(dict.fromkeys(self._faults)))

    def fault(self, place: str, problem: str) -> None:
        self._faults.append((place, problem))

    def beside(self, path: str) -> Path:
        return self._path.parent / Path(path).expanduser()

    def source(self, place: str, name: str) -> ClearanceSource:
        """Return the source called *name*, which *place* asks for."""
        if name in self._built:
            return self._built[name]
        if name in self._under_way:
            self.fault(place, f"{' → '.join([*self._under_way, name])} goes round in a circle")
        elif not isinstance(self._tables.get(name), dict):
            if name:
                self.fault(place, f"there is no table [sources.{name}]")
        else:
            self._under_way.append(name)
            self._built[name] = self._build(name)
            self._under_way.pop()
            return self._built[name]
        return _NoSource()

    def _build(self, name: str) -> ClearanceSource:
        settings = Settings(self, f"sources.{name}", self._tables[name])
        built: ClearanceSource = _NoSource()
        try:
            builder = self._builder(settings, settings.text("kind"))
            if builder is None:
                return built
            built = builder(settings)
        except ConfigError as error:
            for place, problem in error.faults:
                self.fault(f"{settings.place}.{place}" if place else settings.place, problem)
        except TaxgateError as error:
            self.fault(settings.place, str(error))
        settings.finish()
        return built

    def _log(self, document: Mapping[str, Any]) -> DecisionLog | None:
        if "log" not in document:
            return None
        settings = Settings(self, "log", self._table_of(document, "log"))
        # By name: the log lies further out than this, and needs an extra.
        log: DecisionLog | None = None
        try:
            log = import_module("taxgate.log").from_settings(settings)
        except ConfigError as error:
            for place, problem in error.faults:
                self.fault(f"log.{place}", problem)
        except TaxgateError as error:
            self.fault("log", str(error))
        settings.finish()
        return log

    def _builder(
        self, settings: Settings, kind: str
    ) -> Callable[[Settings], ClearanceSource] | None:
        found = [point for point in entry_points(group=GROUP) if point.name == kind]
        if len(found) == 1:
            builder: Callable[[Settings], ClearanceSource] = found[0].load()
            return builder
        if len(found) > 1:
            origins = sorted({point.dist.name for point in found if point.dist is not None})
            settings.fault("kind", f"{kind} is registered twice, by {', '.join(origins)}")
        elif kind:
            known = ", ".join(sorted({point.name for point in entry_points(group=GROUP)}))
            settings.fault("kind", f"nothing is registered as {kind}; there are {known}")
        return None

    def _wired(self, gate: Settings) -> ClearanceSource | Mapping[Matter, ClearanceSource]:
        by_matter = gate.table("sources")
        if by_matter is None:
            return gate.source("source")
        if gate.has("source"):
            gate.text("source")
            gate.fault("source", "stands beside [gate.sources]: give one of the two")
        wired = {}
        for name in by_matter.names():
            source = by_matter.source(name)
            if name in Matter.__members__.values():
                wired[Matter(name)] = source
            else:
                by_matter.fault(name, f"is none of {', '.join(Matter)}")
        if not wired:
            gate.fault("sources", "names no source")
        return wired

    def _permits(self, offices: Settings | None) -> Mapping[str, frozenset[Checkpoint]] | None:
        if offices is None:
            return None
        return {
            office: frozenset(self._members(offices, office, Checkpoint))
            for office in offices.names()
        }

    def _members(self, settings: Settings, name: str, kind: Any) -> list[Any]:  # noqa: ANN401
        members = []
        for text in settings.texts(name, ()):
            if text in kind.__members__.values():
                members.append(kind(text))
            else:
                settings.fault(name, f"holds a text that is none of {', '.join(kind)}")
        return members

    def _table_of(self, document: Mapping[str, Any], name: str) -> dict[str, Any]:
        table = document.get(name)
        if isinstance(table, dict):
            return table
        self.fault(name, f"is missing: give a table [{name}]")
        return {}

    def _document(self) -> dict[str, Any]:
        try:
            with self._path.open("rb") as file:
                mode = os.fstat(file.fileno()).st_mode
                text = file.read(LARGEST + 1)
            document = tomllib.loads(text.decode("utf-8"))
        except OSError as error:
            raise ConfigError(((str(self._path), f"cannot be read: {error.strerror}"),)) from None
        except UnicodeDecodeError:
            raise ConfigError(((str(self._path), "is not UTF-8"),)) from None
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(((str(self._path), f"is not TOML: {error}"),)) from None
        if len(text) > LARGEST:
            raise ConfigError(((str(self._path), f"is larger than {LARGEST} bytes"),))
        if mode & _WRITABLE_BY_ALL:
            self.fault(str(self._path), "can be written by everybody: chmod o-w")
        return document


class _NoSource:
    """Stands where a source could not be built; no configuration that holds one is ever used."""

    def query(self, inquiry: Any, deadline: Any, /) -> Any:  # noqa: ANN401
        raise NotImplementedError
