"""Every error taxgate raises, in one tree.

    TaxgateError
    ├── InputError (ValueError)      what was handed in is wrong; say it again, corrected
    │   ├── IdentifierError          one identifier is not what it claims to be
    │   ├── ApplicationError         an application contradicts itself or lacks something
    │   ├── AnswerError              answers that cannot belong to one case
    │   ├── PurposeError             an inquiry without a purpose that permits it
    │   └── WireError                a document breaks the published schema; lists every fault
    ├── NotPassedError               `Decision.require_pass`: completion is not allowed
    ├── DecisionTruthError (TypeError)   a decision was used as a truth value
    ├── SourceError                  a source gave no usable answer
    │   ├── SourceUnavailableError   it could not be asked
    │   └── SourceUntrustedError     its answer cannot be trusted
    ├── ConfigError                  a configuration cannot be used; lists every fault
    ├── ClosedError                  something was used after it was closed
    ├── LogError                     the decision log could not do what it is for
    │   ├── LogWriteError            a decision could not be written, so none was given
    │   ├── LogConflictError         the case was decided before with other content
    │   ├── LogCorruptError          what stores the log is damaged
    │   ├── LogTamperedError         an entry is not what was written; names the first
    │   └── LogKeyError              a key is missing or does not fit
    ├── TableError                   a decision table is not fit to decide
    └── MissingExtraError (ImportError)  an optional dependency is not installed

A verdict of block is a result, never an exception. Messages say what is wrong, where, and what to
do; identifiers appear in them masked (打码) only. All errors pickle.
"""

from __future__ import annotations

from typing import Any


class TaxgateError(Exception):
    """Root of all errors; never raised bare.

    Subclasses with a constructor of their own pass its arguments to `__init__` of this class
    unchanged, so that `args` rebuilds the error when it is unpickled.
    """


class InputError(TaxgateError, ValueError):
    """What was handed in is wrong. Nothing was asked and nothing was decided."""


class ApplicationError(InputError):
    """An application (登记申请) contradicts itself or lacks what its act needs.

    Attributes:
        field: Dotted path of the field inside the application.
        problem: What is wrong with it and what to do.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(field, problem)
        self.field = field
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.field}: {self.problem}"


class AnswerError(InputError):
    """Answers that cannot belong to one case, such as two answers to one inquiry.

    Attributes:
        inquiry: Masked description of the inquiry.
        problem: What is wrong and what to do.
    """

    def __init__(self, inquiry: str, problem: str) -> None:
        super().__init__(inquiry, problem)
        self.inquiry = inquiry
        self.problem = problem

    def __str__(self) -> str:
        return f"answer to {self.inquiry}: {self.problem}"


class PurposeError(InputError):
    """An inquiry was to be made without a purpose that permits it (Order Art. 19).

    Attributes:
        field: Field of the purpose.
        problem: What is wrong with it and what to do.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(field, problem)
        self.field = field
        self.problem = problem

    def __str__(self) -> str:
        return f"purpose.{self.field}: {self.problem}"


class WireError(InputError):
    """A JSON document breaks the published schema; every fault is named, not only the first.

    Attributes:
        faults: `(path, problem)` pairs in document order; the path is a JSON path such as
            `$.application.owner.number`, the problem never repeats the offending value.
    """

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(f"{path}: {problem}" for path, problem in self.faults)


class NotPassedError(TaxgateError):
    """The decision does not allow the registration to be completed now.

    Attributes:
        decision: The decision itself, with every finding and obstacle.
    """

    def __init__(self, decision: Any) -> None:  # noqa: ANN401 - decision.py lies above
        super().__init__(decision)
        self.decision = decision

    def __str__(self) -> str:
        codes = [finding.code for finding in self.decision.deciding]
        codes += [str(obstacle.kind) for obstacle in self.decision.obstacles]
        return (
            f"registration may not be completed: {self.decision.verdict}/{self.decision.effect} "
            f"because of {', '.join(codes)}"
        )


class ConfigError(TaxgateError):
    """A configuration cannot be used. Raised at start, before anything is asked.

    Attributes:
        faults: `(place, problem)` pairs, every one that was found; a place is a dotted path such
            as `sources.bureau.url`. No problem repeats a secret.
    """

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(f"{place}: {problem}" for place, problem in self.faults)


class ClosedError(TaxgateError):
    """Something was used after it was closed.

    Attributes:
        what: What was closed.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"{self.what} is closed: make a new one"


class LogError(TaxgateError):
    """The decision log could not do what it is for; the subclasses say what.

    Attributes:
        problem: What is wrong and what to do; nothing about a person.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"decision log: {self.problem}"


class LogWriteError(LogError):
    """A decision could not be written durably, so none was given. Ask again."""


class LogConflictError(LogError):
    """The office decided this case before, on another application; it is never overwritten.

    Attributes:
        seq: Entry of the earlier decision.
    """

    def __init__(self, seq: int) -> None:
        TaxgateError.__init__(self, seq)
        self.seq = seq
        self.problem = (
            f"entry {seq} holds a decision of this case on another application: use recheck, which "
            "keeps both, or another case number"
        )


class LogCorruptError(LogError):
    """What stores the log is damaged: it is no database, or a page of it cannot be read."""


class LogTamperedError(LogError):
    """An entry of the log is not what was written, or one is missing.

    Attributes:
        seq: The first entry that is not as it was.
        problem: What is wrong with it.
    """

    def __init__(self, seq: int, problem: str) -> None:
        TaxgateError.__init__(self, seq, problem)
        self.seq = seq
        self.problem = problem

    def __str__(self) -> str:
        return f"decision log: entry {self.seq}: {self.problem}"


class LogKeyError(LogError):
    """A key of the log is missing or does not fit.

    Attributes:
        kind: What the key is for.
        key_id: Which key; empty where none is meant in particular.
        problem: What is wrong and what to do.
    """

    def __init__(self, kind: str, key_id: str, problem: str) -> None:
        TaxgateError.__init__(self, kind, key_id, problem)
        self.kind = kind
        self.key_id = key_id
        self.problem = problem

    def __str__(self) -> str:
        named = f"{self.kind} key {self.key_id}" if self.key_id else f"{self.kind} key"
        return f"decision log: {named}: {self.problem}"


class DecisionTruthError(TaxgateError, TypeError):
    """A decision was used as a truth value; a block would have counted as true."""

    def __str__(self) -> str:
        return (
            "a decision is neither true nor false: use decision.may_complete, "
            "decision.verdict or decision.require_pass()"
        )


class TableError(TaxgateError):
    """A decision table is not fit to decide. Raised when it is built, never while deciding.

    Attributes:
        table: Name of the table.
        problem: What is wrong with it, with a witness.
    """

    def __init__(self, table: str, problem: str) -> None:
        super().__init__(table, problem)
        self.table = table
        self.problem = problem

    def __str__(self) -> str:
        return f"table {self.table}: {self.problem}"


class TableGapError(TableError):
    """Some combination of facts is matched by no row; the problem names one such combination."""


class TableOverlapError(TableError):
    """Some combination of facts is matched by two rows; the problem names it and both rows."""


class TableDeadRowError(TableError):
    """A row can never match, or names a column or value the table does not have."""


class TableOrderError(TableError):
    """A worse state would get a better outcome; the problem names both points."""


class TableSizeError(TableError):
    """The table has more combinations of facts than may be proved at import; split it."""


class MissingExtraError(TaxgateError, ImportError):
    """An optional dependency is not installed.

    Attributes:
        extra: The extra of the package that brings it.
        feature: What was asked for.
    """

    def __init__(self, extra: str, feature: str) -> None:
        super().__init__(extra, feature)
        self.extra = extra
        self.feature = feature

    def __str__(self) -> str:
        return f"{self.feature} needs an extra: pip install 'taxgate[{self.extra}]'"
