"""The generated pages are those the package would write now, and their links lead somewhere."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest

from taxgate.export import tables
from taxgate.terms import Checkpoint, Reading

DOCS = Path(__file__).resolve().parents[1] / "docs"


def _generator():
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATOR = _generator()


@pytest.fixture(scope="module")
def pages():
    """Every page as it would be written now, by its place under docs."""
    return {place.as_posix(): text for place, text in GENERATOR.pages().items()}


def _places():
    names = [f"checkpoints/{checkpoint}" for checkpoint in Checkpoint] + ["errors", "faults"]
    return [f"{name}{ending}" for name in names for ending in (".md", ".zh-CN.md")]


def test_every_checkpoint_and_the_errors_have_a_page_in_each_language(pages):
    """Nothing else is generated, nothing of it is left out, no page of another name lies there."""
    assert sorted(pages) == sorted(_places())
    lying = [page.relative_to(DOCS).as_posix() for page in (DOCS / "checkpoints").glob("*.md")]
    assert set(lying) <= set(_places())


@pytest.mark.parametrize("place", _places())
def test_a_page_is_not_stale(pages, place):
    """The page in the repository is the page that would be written now."""
    page = DOCS / place
    written = page.read_text(encoding="utf-8") if page.is_file() else None
    assert written == pages[place], f"docs/{place} is stale: run {GENERATOR.COMMAND}"


@pytest.mark.parametrize("place", _places())
def test_links_lead_to_anchors_and_files_that_exist(pages, place):
    """A link leads to a heading or an anchor of the same page, or to a file, and its heading."""
    targets = re.findall(r"(?<!\\)\]\(([^)\s]+)\)", pages[place])
    assert targets
    assert not [target for target in targets if not _leads_somewhere(target, place, pages[place])]


def _leads_somewhere(target, place, text):
    name, _, anchor = target.partition("#")
    if name:
        file = (DOCS / place).parent / name
        if not file.is_file():
            return False
        text = file.read_text(encoding="utf-8") if anchor else ""
    return not anchor or anchor in _anchors(text)


def _anchors(text):
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    made = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return made | set(re.findall(r'<a id="([^"]+)"></a>', text))


@pytest.mark.parametrize("place", _places())
def test_each_line_of_a_table_has_as_many_cells_as_its_heading(pages, place):
    """A bar inside a cell is escaped, so no row falls apart."""
    widths = None
    for line in pages[place].splitlines():
        if not line.startswith("|"):
            widths = None
            continue
        cells = len(re.findall(r"(?<!\\)\|", line))
        widths = cells if widths is None else widths
        assert cells == widths, line


@pytest.mark.parametrize("ending", [".md", ".zh-CN.md"])
def test_every_table_row_code_and_reading_is_on_the_page_of_its_checkpoint(pages, ending):
    """What decides is shown: names of tables, ids and codes of rows, readings, citations."""
    for table in tables().values():
        checkpoint = table.name.partition("/")[0]
        page = pages[f"checkpoints/{checkpoint}{ending}"]
        assert f"`{table.name}`" in page
        for row in table.rows:
            assert f"| {' '.join(row.ids)} |" in page
            assert f"`{row.code}`" in page
            assert all(f"`{provision.id}`" in page for provision in row.cites)
        assert all(f"`{Reading(reading)}`" in page for reading in table.readings)


def test_no_error_is_explained_in_chinese_that_does_not_exist(pages):
    """Words for errors that are gone are removed; a missing word fails when pages are made."""
    explained = json.loads((DOCS / "errors_zh.json").read_text(encoding="utf-8"))
    shown = re.findall(r"^### (\w+)$", pages["errors.zh-CN.md"], flags=re.MULTILINE)
    assert sorted(shown) == sorted(explained)


def test_an_identifier_of_a_worked_case_is_masked(pages):
    """No page shows a frame number, an organisation code or a resident number in clear."""
    for text in pages.values():
        assert not re.search(r"(?<![\w*])(?=\w*\d)[0-9A-Z]{15,28}(?!\w)", text)


def test_checking_names_stale_pages_and_writes_nothing(monkeypatch, tmp_path, capsys):
    """With --check, pages that are missing are named and not written, and the exit code is 1."""
    pages = {Path("errors.md"): "new"}
    monkeypatch.setattr(GENERATOR, "pages", lambda: pages)
    monkeypatch.setattr(GENERATOR, "HERE", tmp_path)
    monkeypatch.setattr("sys.argv", ["generate.py", "--check"])
    assert GENERATOR.main() == 1
    assert "stale: docs/errors.md" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr("sys.argv", ["generate.py"])
    assert GENERATOR.main() == 0
    monkeypatch.setattr("sys.argv", ["generate.py", "--check"])
    assert GENERATOR.main() == 0
