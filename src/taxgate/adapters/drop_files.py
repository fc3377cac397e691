"""Drop files (落地文件): the bureau puts lists into a folder, and they are looked up there.

Each list is a CSV or XLSX file with a manifest (清单文件), which is written last. The newest list
that says anything about the matter decides; an older one is out of force, even where the newest
cannot be used. A subject that is not in it has "no record" only if the manifest says that the list
is full (全量) for the question; a list that is not full answers nothing, because what it leaves out
may be a refund, an arrear or another deal.

A file that was handed over by the bureau counts as asked of it at the instant its manifest states,
so its answers are live, and as old as that instant: they are fresh for a day like any other. The
bureau does not learn who was looked up, and the purpose (Order Art. 19) stays with the office's own
log.

What is not properly handed over (half-written, replaced, renamed, linked, another checksum) is an
outage that may pass. What was, and is wrong inside (rounded numbers, formulas, hidden rows, another
width, another count), is not to be trusted.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from ..config import Settings
from ..errors import ConfigError
from ..evidence import (
    CHINA,
    CLOCK_SKEW,
    FRESH_FOR,
    Answer,
    Inquiry,
    OutageCause,
    OutageKind,
    Provenance,
    TaxRecord,
)
from ..sources import Clock, Deadline, SourceError, system_clock
from .bounded import within
from .drop_csv import rows_of_csv
from .drop_faults import UnusableFileError, malformed, not_handed_over
from .drop_folder import Folder, Signature, demand_folder
from .drop_layout import Layout, read_layouts, shipped_layouts
from .drop_manifest import ENDING, LARGEST, Bearing, Format, Manifest, read_manifest
from .drop_xlsx import demand_extra, rows_of_xlsx

__all__ = ["DropFilesSource", "from_settings"]

_LOG: Final = logging.getLogger("taxgate.adapters.drop_files")
_LARGEST: Final = 32 << 20
_MOST_ROWS: Final = 200_000
_MOST_MANIFESTS: Final = 1000
_MOST_INDEXES: Final = 16
"""Lists kept in memory; the one not asked for longest makes room."""
_MOST_AT_ONCE: Final = 64
_NUMBERS: Final = re.compile(r"[0-9A-Za-z]{15,}", re.ASCII)

Index = Mapping[tuple[Any, ...], tuple[TaxRecord, ...]]
"""Records by the key of the inquiry they answer."""


@frozen
class _Delivery:
    """A manifest, or why it cannot be used."""

    name: str
    signature: Signature | None
    manifest: Manifest | None
    fault: UnusableFileError | None

    def usable(self) -> Manifest:
        """Return the manifest, or say why there is none that can be used."""
        if self.fault is not None:
            # A new one each time: one error in several threads would gather their tracebacks.
            raise UnusableFileError(self.fault.cause, self.fault.problem)
        if self.manifest is None:
            raise not_handed_over("there is no manifest")
        return self.manifest


@frozen
class _Here:
    """What one process knows; a child of a fork begins anew, because locks may be held for ever."""

    process: int
    places: threading.BoundedSemaphore = field(
        factory=lambda: threading.BoundedSemaphore(_MOST_AT_ONCE)
    )
    lock: threading.Lock = field(factory=threading.Lock)
    deliveries: dict[str, _Delivery] = field(factory=dict)
    indexes: OrderedDict[tuple[Any, ...], Index | UnusableFileError] = field(factory=OrderedDict)


class DropFilesSource:
    """Looks inquiries up in lists the tax bureau puts into a folder (落地文件).

    A list is read and checked once, and again when it or its manifest changes; a look-up in it then
    takes no longer for a longer list.

    Args:
        folder: Where the bureau puts them. Nobody but the bureau and this office may write there.
        layouts: What their columns mean, by the name a manifest gives; None: those of the package.
        name: Name it gives as the source.
        formats: Kinds of file that are taken.
        max_age: Age up to which a list is used.
        largest: Bytes a file may have.
        most_rows: Rows a file may have.
        clock: Clock lists are judged by.

    Raises:
        ConfigError: The folder may be written by everybody, or is none.
        MissingExtraError: XLSX is to be taken, and the extra is not installed.
    """

    provenance: Final = Provenance.LIVE

    def __init__(
        self,
        folder: str | Path,
        *,
        layouts: Mapping[str, Layout] | None = None,
        name: str = "drop-files",
        formats: tuple[Format, ...] = (Format.CSV,),
        max_age: timedelta = FRESH_FOR,
        largest: int = _LARGEST,
        most_rows: int = _MOST_ROWS,
        clock: Clock = system_clock,
    ) -> None:
        self.name: Final = name
        self._folder: Final = Path(folder)
        self._layouts: Final = dict(shipped_layouts() if layouts is None else layouts)
        self._formats: Final = formats
        self._max_age: Final = max_age
        self._largest: Final = largest
        self._most_rows: Final = most_rows
        self._clock: Final = clock
        self._here = _Here(os.getpid())
        demand_folder(self._folder)
        if Format.XLSX in formats:
            demand_extra()

    def query(self, inquiry: Inquiry, deadline: Deadline, /) -> Answer:
        """Return what the newest list says about *inquiry*.

        Raises:
            SourceError: No list was handed over that covers the question, or it cannot be trusted.
        """
        here = self._present()
        try:
            # The folder may be a drive of another machine, which blocks when that is gone.
            return within(self.name, deadline, lambda: self._answer(here, inquiry, deadline))
        except UnusableFileError as error:
            cause, problem = error.cause, error.problem
        raise SourceError.of(self.name, cause, problem)

    def refresh(self, deadline: Deadline) -> None:
        """Read the lists that are fresh and not known yet, so that no question waits for one.

        Reading a hundred thousand rows takes seconds: call this from time to time where lists are
        long. A list that cannot be used is logged, and is an outage for whoever asks.

        Raises:
            SourceError: The folder cannot be read, or the time was up; the reading goes on.
        """
        here = self._present()
        try:
            within(self.name, deadline, lambda: self._read_ahead(here))
        except UnusableFileError as error:
            cause, problem = error.cause, error.problem
        else:
            return
        raise SourceError.of(self.name, cause, problem)

    def _present(self) -> _Here:
        if self._here.process != os.getpid():
            self._here = _Here(os.getpid())
        return self._here

    def _read_ahead(self, here: _Here) -> None:
        with Folder(self._folder) as folder:
            for delivery in self._deliveries(here, folder):
                with contextlib.suppress(UnusableFileError):
                    manifest = delivery.usable()
                    as_of = manifest.as_of
                    if as_of is not None and self._clock() - as_of <= self._max_age:
                        self._index(here, folder, delivery, manifest)

    def _answer(self, here: _Here, inquiry: Inquiry, deadline: Deadline) -> Answer:
        if not here.places.acquire(timeout=deadline.remaining):
            raise SourceError.of(self.name, OutageCause.TIMEOUT)
        try:
            with Folder(self._folder) as folder:
                delivery = self._newest(self._deliveries(here, folder), inquiry)
                manifest = delivery.usable()
                as_of = self._fresh(delivery, manifest)
                index = self._index(here, folder, delivery, manifest)
        finally:
            here.places.release()
        return Answer(
            inquiry=inquiry,
            records=index.get(inquiry.key, ()),
            source=self.name,
            as_of=as_of,
            consultation_id=manifest.delivery_no,
            digest=manifest.sha256,
            provenance=Provenance.LIVE,
        )

    # Manifests ------------------------------------------------------------------------------------

    def _deliveries(self, here: _Here, folder: Folder) -> list[_Delivery]:
        """Return every manifest there is; those that did not change are not read again."""
        found = {}
        for name in folder.names(ENDING, _MOST_MANIFESTS):
            known = here.deliveries.get(name)
            if known is None or known.signature is None or known.signature != _look(folder, name):
                known = self._delivery(folder, name)
            found[name] = known
        with here.lock:
            here.deliveries.clear()
            here.deliveries.update(found)
        return list(found.values())

    def _delivery(self, folder: Folder, name: str) -> _Delivery:
        try:
            content, signature = folder.read(name, LARGEST)
        except UnusableFileError as error:
            self._tell(name, error)
            return _Delivery(name, None, None, error)
        try:
            manifest = read_manifest(content)
        except UnusableFileError as error:
            self._tell(name, error)
            return _Delivery(name, signature, None, error)
        fault = None
        if not manifest.complete:
            fault = not_handed_over("the manifest says that the file is not complete")
        elif manifest.format not in self._formats or manifest.layout not in self._layouts:
            fault = malformed("the manifest names a format or layout that is not taken")
        if fault is not None:
            self._tell(name, fault)
        return _Delivery(name, signature, manifest, fault)

    def _newest(self, deliveries: list[_Delivery], inquiry: Inquiry) -> _Delivery:
        """Return the manifest that decides.

        One that cannot be read may be the newest, and about anything.
        """
        if not deliveries:
            raise not_handed_over("there is no manifest")
        bearing: list[tuple[datetime, _Delivery, Bearing]] = []
        for delivery in deliveries:
            manifest = delivery.manifest
            if manifest is None:
                return delivery
            if (found := manifest.bearing(inquiry)) is not Bearing.NONE:
                bearing.append((manifest.as_of or _LAST, delivery, found))
        if not bearing:
            raise UnusableFileError(OutageCause.NOT_OPENED, "no list is about this matter")
        newest = max(as_of for as_of, _, _ in bearing)
        deciding = [(delivery, found) for as_of, delivery, found in bearing if as_of == newest]
        if len(deciding) > 1:
            raise malformed("two lists are of the same instant")
        delivery, found = deciding[0]
        if found is not Bearing.FULL and delivery.fault is None:
            raise UnusableFileError(OutageCause.NOT_OPENED, "the newest list is not full")
        return delivery

    def _fresh(self, delivery: _Delivery, manifest: Manifest) -> datetime:
        now = self._clock()
        if manifest.as_of is None or now - manifest.as_of > self._max_age:
            fault = UnusableFileError(OutageCause.STALE_ANSWER, "the newest list is too old")
        elif manifest.as_of - now > CLOCK_SKEW:
            fault = UnusableFileError(OutageCause.CLOCK_SKEW, "the newest list lies ahead")
        else:
            return manifest.as_of
        self._tell(delivery.name, fault)
        raise fault

    # Lists ----------------------------------------------------------------------------------------

    def _index(self, here: _Here, folder: Folder, delivery: _Delivery, manifest: Manifest) -> Index:
        """Return the list of *delivery* by key, read and checked if it is not known yet."""
        key = (delivery.name, delivery.signature, folder.signature(manifest.file))
        # One thread reads a list, and those that want another wait: memory holds one at a time.
        with here.lock:
            found = here.indexes.get(key)
            if found is None:
                content = self._content(folder, delivery, manifest, key[2])
                found = here.indexes[key] = self._judged(delivery, manifest, content)
                while len(here.indexes) > _MOST_INDEXES:
                    here.indexes.popitem(last=False)
            here.indexes.move_to_end(key)
        if isinstance(found, UnusableFileError):
            raise UnusableFileError(found.cause, found.problem)
        return found

    def _content(
        self, folder: Folder, delivery: _Delivery, manifest: Manifest, expected: Signature
    ) -> bytes:
        """Return the file. What keeps it from being read may pass, and is not remembered."""
        try:
            content, signature = folder.read(manifest.file, self._largest)
            if signature != expected:
                raise not_handed_over("the file was replaced")
        except UnusableFileError as error:
            self._tell(delivery.name, error)
            raise
        return content

    def _judged(
        self, delivery: _Delivery, manifest: Manifest, content: bytes
    ) -> Index | UnusableFileError:
        """Return what the file holds, or why it cannot be used: the same bytes never can be."""
        try:
            if hashlib.sha256(content).hexdigest() != manifest.sha256:
                raise not_handed_over("the file has another SHA-256 than its manifest says")
            return self._indexed(content, manifest)
        except UnusableFileError as error:
            self._tell(delivery.name, error)
            return UnusableFileError(error.cause, error.problem)

    def _indexed(self, content: bytes, manifest: Manifest) -> Index:
        layout = self._layouts[manifest.layout]
        if manifest.format is Format.CSV:
            rows = rows_of_csv(content, layout.encoding, self._most_rows)
        else:
            rows = rows_of_xlsx(content, self._most_rows, self._largest)
        if len(rows) != manifest.rows + 1:
            raise malformed(
                f"the file has {max(0, len(rows) - 1)} rows, its manifest says {manifest.rows}"
            )
        places = layout.places(rows[0])
        found: dict[tuple[Any, ...], list[TaxRecord]] = {}
        for number, row in enumerate(rows[1:], start=2):
            inquiry, record = layout.read(row, places, number)
            # Every row is of a kind the manifest names, or the two do not belong together.
            if not any(part.is_about(inquiry) for part in manifest.lists):
                raise malformed(f"row {number} is of a matter the manifest does not name")
            found.setdefault(inquiry.key, []).append(record)
        return {key: tuple(records) for key, records in found.items()}

    def _tell(self, name: str, fault: UnusableFileError) -> None:
        """Log why a file cannot be used; its name only as far as it can be nobody's number."""
        shown = _NUMBERS.sub("*", name) if name.isprintable() else "*"
        untrusted = fault.cause.kind is OutageKind.UNTRUSTED
        _LOG.log(
            logging.ERROR if untrusted else logging.WARNING,
            "source %s: %s: %s: %s",
            self.name,
            shown,
            fault.cause,
            fault.problem,
        )


_LAST: Final = datetime.max.replace(tzinfo=CHINA)
"""Instant of a list that does not say of when it is: it may be the newest."""


def _look(folder: Folder, name: str) -> Signature | None:
    try:
        return folder.signature(name)
    except UnusableFileError:
        return None


def from_settings(settings: Settings) -> DropFilesSource:
    """Build the source that the table *settings* describes.

        kind = "drop-files"
        folder = "/srv/tax-bureau"
        layouts = "layouts.toml"        # optional; the package brings plain ones
        formats = ["csv", "xlsx"]       # ["csv"] unless it is said
        max_age_seconds = 86400
        largest_bytes = 33554432
        most_rows = 200000

    Raises:
        ConfigError: The folder or the layouts cannot be used.
        MissingExtraError: XLSX is to be taken, and the extra is not installed.
    """
    folder = settings.path("folder")
    file = settings.path("layouts", None)
    oldest = FRESH_FOR.total_seconds()
    max_age = settings.number("max_age_seconds", oldest, least=1, most=oldest)
    largest = settings.whole("largest_bytes", _LARGEST, least=1, most=1 << 30)
    most_rows = settings.whole("most_rows", _MOST_ROWS, least=1, most=10_000_000)
    formats = settings.texts("formats", (Format.CSV.value,))
    strange = [item for item in formats if item not in Format.__members__.values()]
    if strange or not formats:
        raise ConfigError((("formats", f"must be of {', '.join(Format)}"),))
    return DropFilesSource(
        folder,
        layouts=None if file is None else read_layouts(file),
        name=settings.name,
        formats=tuple(Format(item) for item in formats),
        max_age=timedelta(seconds=max_age),
        largest=largest,
        most_rows=most_rows,
        clock=settings.clock,
    )
