"""The command line (命令行): `taxgate` and `python -m taxgate`."""

from __future__ import annotations

import sys

from .errors import MissingExtraError

_EXTRA = frozenset({"typer", "rich", "click"})
"""What the extra `cli` brings, by import name; older releases of typer stand on click."""


def main() -> int:
    """Run the command line with the arguments of this process; return its exit code.

    Without the extra `cli` there is nothing to run: the message says what to install.
    """
    try:
        from .cli import run  # noqa: PLC0415 - an optional dependency, asked for when it is needed
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _EXTRA:
            raise
        print(MissingExtraError("cli", "the command line"), file=sys.stderr)  # noqa: T201
        return 2
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
