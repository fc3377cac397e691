"""The structure holds: a module imports only from layers above it, and the core stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import taxgate

ROOT = Path(taxgate.__file__).parent

LAYERS = (
    "building",
    "errors",
    "terms",
    "identifiers",
    "parties",
    "law",
    "evidence",
    "tables",
    "findings",
    "remedies",
    "proceedings",
    "wording",
    "notices",
    "explaining",
    "decision",
    "checks",
    "secret",
    "sources",
    "database",
    "wire",
    "export",
    "revision",
    "recorded",
    "config",
    "gate",
    "adapters",
    "log",
    "cases",
    "testing",
    "bureau",
    "doctor",
    "tracing",
    "scenarios",
    "cli",
    "__main__",
)
"""From the inside out; each may import from those before it, and from itself."""

PURE = LAYERS[: LAYERS.index("checks") + 1]
FORBIDDEN_IN_PURE = {
    "asyncio", "cattrs", "io", "json", "logging", "os", "pathlib", "random", "requests", "rich",
    "secrets", "socket", "sqlite3", "subprocess", "tenacity", "threading", "time", "typer",
    "urllib", "uuid",
}  # fmt: skip


def modules():
    """Return every module of the package with its layer."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        relative = path.relative_to(ROOT)
        if relative.as_posix() != "__init__.py":
            layer = relative.with_suffix("").parts[0]
            found.append(pytest.param(path, layer, id=relative.as_posix()))
    return found


def imports(path):
    """Yield (module, line) of every import outside `if TYPE_CHECKING:`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    package = ("taxgate", *path.relative_to(ROOT).parts[:-1])
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join((*base, *([node.module] if node.module else [])))
            if origin == "taxgate":
                for alias in node.names:
                    yield f"taxgate.{alias.name}", node.lineno
            else:
                yield origin, node.lineno


@pytest.mark.parametrize(("path", "layer"), modules())
def test_a_module_imports_only_from_layers_above_it(path, layer):
    """An arrow that points down fails, and so does a module that has no layer."""
    assert layer in LAYERS, f"{path.name}: give it a layer"
    for module, line in imports(path):
        parts = module.split(".")
        if parts[0] != "taxgate" or len(parts) == 1 or parts[1].startswith("__version"):
            continue
        assert LAYERS.index(parts[1]) <= LAYERS.index(layer), f"{path}:{line} imports {module}"


@pytest.mark.parametrize(("path", "layer"), modules())
def test_the_core_is_pure(path, layer):
    """No input, output, clock or randomness can be reached from the checks."""
    if layer not in PURE:
        return
    reached = {module.split(".")[0] for module, _ in imports(path)}
    assert not reached & FORBIDDEN_IN_PURE
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not calls & {"now", "utcnow", "today"}, "reads a clock"


def test_importing_taxgate_stays_light():
    """Neither the package nor its checks load requests, an extra, or the wire layer."""
    program = (
        "import sys, taxgate\n"
        "assert 'taxgate.wire' not in sys.modules\n"
        "bare = set(sys.modules)\n"
        "from taxgate import vehicle, property_title, equity_transfer, deregistration\n"
        "heavy = {'requests', 'cattrs', 'tenacity', 'rich', 'typer', 'click', 'sqlite3', 'json',"
        " 'taxgate.wire', 'taxgate.wording', 'taxgate.notices', 'taxgate.explaining'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "[]", "")
