"""Run mutation tests over the decision logic: python mutation/run.py BUILD [PATTERN ...].

BUILD is a folder outside the checkout, made anew. A PATTERN limits the run to mutants whose name
it matches, such as 'taxgate.checks.merging.*'. Needs the extras `dev` and `mutation`.

mutmut makes the mutants and the names they go by; `mutmut show NAME` and `mutmut browse` work in
BUILD afterwards. Two things are done here and not by mutmut:

- mutmut leaves functions with a decorator alone. In the copy, therefore, `@carries(...)` above a
  function becomes a call below it, and `@property` becomes `name = property(name)`.
- mutmut starts pytest anew for each mutant. Here tests are collected once; then each mutant is one
  forked process that runs the tests which call the function, quickest first, until one fails.
  What only runs when taxgate is imported is mutated in a process that has not imported it yet.

Exit status 0: every survivor is argued in survivors.toml, and nothing there is killed.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import re
import shutil
import signal
import sys
import time
import tomllib
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

import libcst as cst
import pytest

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
COPIED = ("src", "tests", "pyproject.toml")
SKIPPED = shutil.ignore_patterns("__pycache__", ".*_cache", ".hypothesis")

KILLED, SURVIVED, NO_TESTS, TIMEOUT = 1, 0, 33, 36
WORDS = {KILLED: "killed", SURVIVED: "survived", NO_TESTS: "no tests", TIMEOUT: "timeout"}


class Undecorated(cst.CSTTransformer):
    """Moves the two decorators that mutmut would stop at below their function."""

    def leave_FunctionDef(  # noqa: N802 - the name libcst calls
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef | cst.FlattenSentinel[cst.BaseStatement]:
        """Return the function without its decorator, and the statement that stands for it."""
        if len(updated_node.decorators) != 1:
            return updated_node
        decorator = updated_node.decorators[0].decorator
        call = cst.Call(decorator, [cst.Arg(updated_node.name)])
        below: cst.BaseSmallStatement
        if isinstance(decorator, cst.Name) and decorator.value == "property":
            below = cst.Assign([cst.AssignTarget(updated_node.name)], call)
        elif isinstance(decorator, cst.Call) and decorator.func.deep_equals(cst.Name("carries")):
            below = cst.Expr(call)
        else:
            return updated_node
        plain = updated_node.with_changes(decorators=())
        return cst.FlattenSentinel([plain, cst.SimpleStatementLine([below])])


def prepare(build: Path) -> dict[str, Path]:
    """Copy the checkout to *build*, make the mutants there and return them with their files."""
    shutil.rmtree(build, ignore_errors=True)
    build.mkdir(parents=True)
    for name in COPIED:
        if (CHECKOUT / name).is_dir():
            shutil.copytree(CHECKOUT / name, build / name, ignore=SKIPPED)
        else:
            shutil.copy2(CHECKOUT / name, build / name)
    os.chdir(build)
    from mutmut import __main__ as mutmut
    from mutmut.configuration import config
    from mutmut.mutation.data import SourceFileMutationData

    for path in Path("src").rglob("*.py"):
        if config().should_mutate(path):
            module = cst.parse_module(path.read_text(encoding="utf-8"))
            path.write_text(module.visit(Undecorated()).code, encoding="utf-8")
    with contextlib.redirect_stdout(sys.stderr):
        mutmut.copy_src_dir()
        mutmut.copy_also_copy_files()
        mutmut.setup_source_paths()
        mutmut.create_mutants(1)
    mutants = {}
    for path in sorted(mutmut.walk_mutatable_files()):
        data = SourceFileMutationData(path=path)
        data.load()
        mutants.update(dict.fromkeys(data.exit_code_by_key, path))
    return mutants


def function_of(mutant: str) -> str:
    """Return the mangled name of the function a mutant was made of."""
    return mutant.partition("__mutmut_")[0]


def in_fork(work, limit=None):
    """Return what *work* returns (an exit status) in a process of its own; None: out of time."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = KILLED
        try:
            if limit is not None:
                signal.setitimer(signal.ITIMER_REAL, limit)
            status = work()
        except BaseException:  # noqa: BLE001, S110 - whatever a mutant raises, it is seen
            pass
        os._exit(status)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return TIMEOUT if os.WTERMSIG(status) == signal.SIGALRM else KILLED
    return os.waitstatus_to_exitcode(status)


def switch_on(mutant):
    """Let the trampolines call *mutant*; 'stats' lets them record their function."""
    from mutmut.mutation.trampoline import set_mutant_under_test

    set_mutant_under_test(mutant)


@contextlib.contextmanager
def recording():
    """Yield a set that gathers the functions called."""
    from mutmut.mutation import trampoline

    called = set()
    trampoline.record_trampoline_hit = lambda name, **_: called.add(name)
    switch_on("stats")
    yield called
    switch_on("")


def passes(items):
    """Tell whether all tests pass; the first failure ends it."""
    return not any(
        fails(item, following) for item, following in zip(items, [*items[1:], None], strict=True)
    )


def fails(item, following) -> bool:
    """Tell whether a test fails; unlike a pytest report, nothing is written about why."""
    hooks = item.ihook
    for when, step in (
        ("setup", lambda: hooks.pytest_runtest_setup(item=item)),
        ("call", lambda: hooks.pytest_runtest_call(item=item)),
        ("teardown", lambda: hooks.pytest_runtest_teardown(item=item, nextitem=following)),
    ):
        if pytest.CallInfo.from_call(step, when).excinfo is not None:
            return True
    return False


class Mutants:
    """A pytest plugin that, in place of the test run, runs the tests of each mutant."""

    def __init__(self, mutants, results: Path) -> None:
        self.mutants = mutants
        self.results = results

    def pytest_runtestloop(self, session) -> bool:
        """Record which tests call which function, then try every mutant."""
        gc.freeze()
        recorded = self.results.with_suffix(".stats")
        if in_fork(lambda: self.record(session.items, recorded)) != 0:
            pytest.exit("the tests fail without any mutant", 1)
        tests = json.loads(recorded.read_text())
        with self.results.open("a") as out:
            for mutant in self.mutants:
                numbers = tests.get(function_of(mutant), ())
                items = [session.items[number] for number, _ in numbers]
                spent = sum(duration for _, duration in numbers)
                status = self.judge(mutant, items, 5 + 10 * spent) if items else NO_TESTS
                print(mutant, status, file=out, flush=True)
        return True

    @staticmethod
    def record(items, recorded: Path) -> int:
        """Write for each function the places of the tests that call it, quickest first."""
        tests: dict[str, list[tuple[int, float]]] = {}
        for number, item in enumerate(items):
            start = time.perf_counter()
            with recording() as called:
                following = items[number + 1] if number + 1 < len(items) else None
                failed = fails(item, following)
            if failed:
                recorded.write_text(f"{item.nodeid} fails without any mutant\n")
                return 1
            for name in called:
                tests.setdefault(name, []).append((number, time.perf_counter() - start))
        for found in tests.values():
            found.sort(key=lambda test: test[1])
        recorded.write_text(json.dumps(tests))
        return 0

    @staticmethod
    def judge(mutant, items, limit):
        """Return what becomes of one mutant."""

        def work():
            switch_on(mutant)
            return SURVIVED if passes(items) else KILLED

        return in_fork(work, limit)


def run_tests(*plugins):
    """Run pytest as configured for mutants, without a word."""
    from mutmut.configuration import config

    settings = config()
    os.chdir("mutants")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return pytest.main(
        [
            "-x",
            "-q",
            "--rootdir=.",
            "--tb=no",
            *settings.pytest_add_cli_args,
            *settings.pytest_add_cli_args_test_selection,
        ],
        plugins=list(plugins),
    )


def record_imported(results: Path) -> int:
    """Write down the functions called while taxgate and the tests are imported."""

    class Collected:
        def pytest_runtestloop(self, session) -> bool:
            results.write_text(json.dumps(sorted(called)))
            return True

    with recording() as called:
        return run_tests(Collected())


def judge_all(mutants, build: Path):
    """Return the status of every mutant."""
    results = build / "results.txt"
    at_import = build / "imported.json"
    in_fork(lambda: record_imported(at_import))
    imported = set(json.loads(at_import.read_text()))
    if in_fork(lambda: run_tests(Mutants(mutants, results))) != 0:
        sys.exit("no result")
    statuses = dict(line.split() for line in results.read_text().splitlines())

    def alone(mutant):
        switch_on(mutant)
        return KILLED if run_tests() else SURVIVED

    # What only runs while taxgate is imported had run before the mutant was switched on.
    for mutant, status in statuses.items():
        if int(status) == NO_TESTS and function_of(mutant) in imported:
            statuses[mutant] = in_fork(lambda name=mutant: alone(name), 240)
    return {mutant: int(status) for mutant, status in statuses.items()}


def changed(mutant: str, path: Path) -> tuple[str, str]:
    """Return the lines a mutant takes away and those it puts in their place."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    lines = get_diff_for_mutant(mutant, path=path).splitlines()[2:]
    return (
        "\n".join(line[1:].strip() for line in lines if line.startswith("-")),
        "\n".join(line[1:].strip() for line in lines if line.startswith("+")),
    )


LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'")


def is_prose(before: str, after: str) -> bool:
    """Tell whether a mutant alters nothing but the letters of a sentence: wording is read."""

    def without_sentences(text: str) -> str:
        return LITERAL.sub(lambda found: "" if " " in found[0] else found[0], text)

    same = after.replace("XX", "").casefold() == before.casefold()
    return same and without_sentences(after) == without_sentences(before)


def argued() -> dict[tuple[str, ...], str]:
    """Return the reason of each survivor that is argued, by function and changed lines."""
    entries = tomllib.loads((HERE / "survivors.toml").read_text(encoding="utf-8"))
    return {tuple(case): item["reason"] for item in entries["survivor"] for case in item["cases"]}


def main() -> int:
    """Run, count, and fail where the survivors are not the ones argued."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=Path)
    parser.add_argument("patterns", nargs="*", default=["*"])
    chosen = parser.parse_args()
    os.environ["HYPOTHESIS_PROFILE"] = "ci"
    start = time.monotonic()
    build = chosen.build.resolve()
    if build.exists() and any(build.iterdir()) and not (build / "mutants").is_dir():
        parser.error(f"{build} is not empty, and no earlier run made it")
    files = prepare(build)
    named = [name for name in files if any(fnmatch(name, one) for one in chosen.patterns)]
    changes = {name: changed(name, files[name]) for name in named}
    mutants = [name for name in named if not is_prose(*changes[name])]
    statuses = judge_all(mutants, build)
    known, found = argued(), set()
    unknown = []
    for mutant, status in statuses.items():
        if status in (KILLED, TIMEOUT):
            continue
        survivor = (function_of(mutant), *changes[mutant])
        if survivor in known:
            found.add(survivor)
        else:
            unknown.append(
                f"{mutant} ({WORDS[status]})\n  - {changes[mutant][0]}\n  + {changes[mutant][1]}"
            )
    print("\n".join(unknown))
    counted = Counter(WORDS[status] for status in statuses.values())
    alive = len(unknown) + len(found)
    print(
        f"{len(named) - len(mutants)} mutants of sentences left out; {len(mutants)} tried: "
        f"{dict(counted)}; {100 * (1 - alive / len(mutants)):.1f} % killed, {len(found)} survivors "
        f"argued, {len(unknown)} not; {time.monotonic() - start:.0f} s"
    )
    tried = {function_of(mutant) for mutant in mutants}
    idle = [item for item in known if item[0] in tried and item not in found]
    for item in idle:
        print("argued, but no survivor now:", *item)
    return 1 if unknown or idle else 0


if __name__ == "__main__":
    sys.exit(main())
