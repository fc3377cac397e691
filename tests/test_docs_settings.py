"""Every TOML block of the documentation is what it says it is: a configuration, a profile, layouts.

A whole configuration is loaded as a gate would load it, with secrets, files, folders and databases
made for it in a folder of the test: `/var/lib/taxgate` and `/srv/tax-bureau` stand for that folder.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from attrs import evolve

from taxgate.adapters.drop_layout import read_layouts
from taxgate.adapters.exchange_database import create_tables
from taxgate.adapters.profile_reading import read_profile
from taxgate.bureau import MAGICS, SandboxBureau
from taxgate.bureau.tabulating import markdown
from taxgate.config import load, section
from taxgate.log import KeyKind, Store, from_settings, new_key
from taxgate.secret import Secret
from taxgate.sources import Deadline, ask
from taxgate.terms import Language, RecordStatus
from taxgate.testing.samples import sample
from tls import Certificates

DOCS = Path(__file__).resolve().parents[1] / "docs"
BLOCK = re.compile(r"^```toml\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SECRET = "an-invented-secret-of-ample-length"
ELSEWHERE = ("/var/lib/taxgate", "/srv/tax-bureau")
STEPWISE = ("writing-a-profile.md", "writing-a-profile.zh-CN.md")


def _blocks():
    """Yield the place and the text of every TOML block, but for the steps of stepwise pages."""
    for page in (*sorted(DOCS.rglob("*.md")), *sorted(DOCS.parent.glob("README*.md"))):
        text = page.read_text(encoding="utf-8")
        for found in BLOCK.finditer(text):
            if page.name in STEPWISE and "[gate]" not in found[1]:
                continue
            line = text.count("\n", 0, found.start()) + 1
            yield pytest.param(found[1], id=f"{page.relative_to(DOCS.parent)}:{line}")


BLOCKS = list(_blocks())


def _steps(name):
    """Return the profile that the steps of the page called *name* make."""
    blocks = BLOCK.findall((DOCS / name).read_text(encoding="utf-8"))
    return "\n".join(block for block in blocks if "[gate]" not in block)


def _tables(value):
    """Yield every table inside *value*, and *value* itself."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _tables(part)


def _written(path, text, mode=0o600):
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def _furnished(document, folder, monkeypatch):
    """Make in *folder* all that *document* counts on."""
    certificates = Certificates(folder)
    for table in _tables(document):
        if set(table) == {"env"}:
            monkeypatch.setenv(table["env"], SECRET)
        if set(table) == {"file"}:
            _written(folder / table["file"], SECRET + "\n")
        if "ca_file" in table:
            _written(folder / table["ca_file"], certificates.ca_file.read_text())
        if "client_certificate" in table:
            certificate, key = certificates.client()
            _written(folder / table["client_certificate"], Path(certificate).read_text())
            _written(folder / table["client_key"], Path(key).read_text())
        if "layouts" in table:
            shipped = Path(read_layouts.__code__.co_filename).with_name("drop_layouts.toml")
            _written(folder / table["layouts"], shipped.read_text(encoding="utf-8"))
        profile = str(table.get("profile", ""))
        if profile.endswith("example.toml"):
            _written(folder / profile, _steps(STEPWISE[0]))
        elif profile.endswith(".toml"):
            shipped = Path(read_profile.__code__.co_filename).parent / "profiles/generic.toml"
            _written(folder / profile, shipped.read_text(encoding="utf-8"))
        if table.get("kind") == "drop-files":
            Path(table["folder"]).mkdir(exist_ok=True)
        if table.get("kind") == "exchange-database" and table["url"].startswith("sqlite:"):
            create_tables(table["url"])
        if table.get("kind") == "recording":
            (folder / table["path"]).parent.mkdir(exist_ok=True)
        if table.get("kind") == "replay":
            _written(folder / table["path"], "")
    if "log" in document:
        Store.create(document["log"]["url"]).close()
        for kind in KeyKind:
            new_key(folder / document["log"]["keys"], kind, "2026-01")


@pytest.mark.parametrize("text", BLOCKS)
def test_a_block_is_what_it_says_it_is(text, tmp_path, monkeypatch):
    """It can be used as it stands, once what it names is there."""
    for place in ELSEWHERE:
        text = text.replace(place, str(tmp_path))
    document = tomllib.loads(text)
    if "project" in document:  # a part of somebody's pyproject.toml
        return
    path = tmp_path / "taxgate.toml"
    path.write_text(text, encoding="utf-8")
    if "layouts" in document:
        assert set(read_layouts(path)) == set(document["layouts"])
        return
    _furnished(document, tmp_path, monkeypatch)
    if set(document) == {"log"}:
        with section(path, "log") as settings:
            from_settings(settings).close()
        return
    assert "gate" in document, "neither a whole configuration nor a part that can be used alone"
    found = load(path)
    try:
        assert set(found.named) == set(document["sources"])
    finally:
        for source in found.named.values():
            close = getattr(source, "close", None)
            if close is not None:
                close()
        if found.log is not None:
            found.log.close()


@pytest.mark.parametrize("name", STEPWISE)
def test_the_steps_to_a_profile_are_one_profile(name, tmp_path):
    """The blocks of the page, one after the other, are a profile a bureau can be asked by."""
    file = tmp_path / "example.toml"
    _written(file, _steps(name))
    _written(tmp_path / "secret", SECRET)
    said = sample("purchase-tax", 1)
    asked = evolve(said.inquiry, vin=MAGICS[0].vin, person=None)
    with SandboxBureau([file], secret=Secret(SECRET)) as bureau:
        text = bureau.snippet("example", '{ file = "secret" }')
        path = tmp_path / "taxgate.toml"
        path.write_text(text.replace('"example"', '"./example.toml"', 1), encoding="utf-8")
        source = load(path).sources
        answer = ask(source, asked, Deadline(8))
        source.close()
    assert [record.status for record in answer.records] == [RecordStatus.PAID]


@pytest.mark.parametrize(
    ("page", "language"), [("sandbox.md", Language.EN), ("sandbox.zh-CN.md", Language.ZH_CN)]
)
def test_the_table_of_magic_identifiers_is_not_stale(page, language):
    """The page ends with the table as `taxgate.bureau.tabulating.markdown` writes it now."""
    assert (DOCS / page).read_text(encoding="utf-8").endswith(f"\n\n{markdown(language)}")


def test_documentation_has_configurations():
    """The search finds something."""
    assert len(BLOCKS) > 1
