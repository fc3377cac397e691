"""A configuration is read strictly, and every fault is named at once, before anything runs."""

from __future__ import annotations

import pickle
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from attrs import define

from taxgate import Gate, config
from taxgate.errors import ConfigError, MissingExtraError
from taxgate.evidence import Provenance
from taxgate.secret import Secret
from taxgate.terms import Checkpoint, Matter, Reading

GOOD = """
[gate]
source = "bureau"
readings = ["exempt_loss_strict"]
within_seconds = 3

[gate.offices]
"示例机关" = ["vehicle", "property-title"]

[sources.bureau]
kind = "plain"
url = "https://tax.example.invalid"
secret = { env = "TAXGATE_TEST_SECRET" }
wait = 1.5
tries = 3
strict = true
hosts = ["a", "b"]
folder = "drops"
[sources.bureau.codes]
"0" = "ok"

[sources.quick]
kind = "around"
of = "bureau"
also = ["bureau"]
"""


@define(eq=False)
class Plain:
    """A source that keeps what it was built from."""

    made: dict
    provenance: Provenance = Provenance.LIVE

    def query(self, inquiry, deadline):
        """Never asked here."""
        raise NotImplementedError


def plain(settings):
    """Build a source from every kind of setting there is."""
    codes = settings.table("codes")
    return Plain(
        {
            "url": settings.text("url"),
            "secret": settings.secret("secret"),
            "spare": settings.secret("spare", None),
            "wait": settings.number("wait", least=0, most=10),
            "tries": settings.whole("tries", 2, least=1, most=5),
            "strict": settings.flag("strict", default=False),
            "hosts": settings.texts("hosts", ()),
            "folder": settings.path("folder", None),
            "codes": {name: codes.text(name) for name in codes.names()} if codes else {},
            "production": settings.production,
            "name": settings.name,
        }
    )


def around(settings):
    """Build a source that stands around others."""
    return Plain({"of": settings.source("of"), "also": settings.sources("also")})


def replayed(settings):
    """Build a source whose answers do not count."""
    return Plain({}, provenance=Provenance.REPLAYED)


def choosy(settings):
    """Build a source that finds fault with what it gets."""
    raise ConfigError((("url", "is wrong in two ways"), ("", "and the whole is odd")))


@pytest.fixture(autouse=True)
def _registered(monkeypatch):
    """Register the kinds of this module, as an installed distribution would."""
    kinds = [
        EntryPoint(name, f"{__name__}:{value}", config.GROUP)
        for name, value in (
            ("plain", "plain"),
            ("around", "around"),
            ("replayed", "replayed"),
            ("choosy", "choosy"),
            ("twice", "plain"),
            ("twice", "around"),
        )
    ]
    built = {"plain": plain, "around": around, "replayed": replayed, "choosy": choosy}
    monkeypatch.setattr(EntryPoint, "load", lambda self: built[self.value.rpartition(":")[2]])
    monkeypatch.setattr(config, "entry_points", lambda **_: tuple(kinds))
    monkeypatch.setenv("TAXGATE_TEST_SECRET", "s3cret-and-long")


@pytest.fixture
def written(tmp_path):
    """Return a function that writes a configuration and returns its path."""

    def write(text):
        path = tmp_path / "taxgate.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def faults_of(path):
    """Return the faults of the configuration at *path*, by place."""
    with pytest.raises(ConfigError) as refused:
        config.load(path)
    assert pickle.loads(pickle.dumps(refused.value)).faults == refused.value.faults  # noqa: S301
    return dict(refused.value.faults)


def test_a_good_configuration_says_everything(written, tmp_path):
    """Sources are built once, know each other, and get typed settings."""
    found = config.load(written(GOOD))
    bureau, quick = found.named["bureau"], found.named["quick"]
    assert found.sources is bureau
    assert quick.made == {"of": bureau, "also": (bureau,)}
    assert bureau.made == {
        "url": "https://tax.example.invalid",
        "secret": Secret("s3cret-and-long"),
        "spare": None,
        "wait": 1.5,
        "tries": 3,
        "strict": True,
        "hosts": ("a", "b"),
        "folder": tmp_path / "drops",
        "codes": {"0": "ok"},
        "production": True,
        "name": "bureau",
    }
    assert found.readings == {Reading.EXEMPT_LOSS_STRICT}
    assert (found.within, found.trial) == (3, False)
    assert found.permits == {"示例机关": {Checkpoint.VEHICLE, Checkpoint.PROPERTY_TITLE}}


def test_a_gate_is_made_from_a_configuration(written):
    """One call from the file to the gate."""
    with Gate.from_config(written(GOOD)) as gate:
        assert isinstance(gate, Gate)


def test_each_tax_may_have_its_own_source(written):
    """A table of sources by tax takes the place of the one source."""
    text = GOOD.replace('source = "bureau"\n', "") + '[gate.sources]\n"deed-tax" = "quick"\n'
    found = config.load(written(text))
    assert found.sources == {Matter.DEED_TAX: found.named["quick"]}


def test_a_kind_that_needs_an_extra_is_a_fault(written, monkeypatch):
    """What is not installed is named with its extra, beside the other faults."""

    def load(self):
        raise MissingExtraError("database", "the exchange database")

    monkeypatch.setattr(EntryPoint, "load", load)
    faults = faults_of(written('[gate]\nsource = "a"\nx = 1\n[sources.a]\nkind = "plain"\n'))
    assert "pip install 'taxgate[database]'" in faults["sources.a"]
    assert "gate.x" in faults


def test_every_fault_is_named_at_once(written):
    """Nothing is hidden behind the first fault, and each has its place."""
    text = """
        [gate]
        source = "nowhere"
        readings = ["no-such-reading"]
        within_seconds = 1000
        colour = "red"
        [gate.offices]
        x = ["ships"]
        [other]
        [sources.bureau]
        kind = "plain"
        url = 7
        secret = "in clear"
        wait = true
        tries = 9
        strict = "yes"
        hosts = ["a", 1]
        codes = 1
        typo = 1
        [sources.a]
        kind = "around"
        of = "b"
        also = []
        [sources.b]
        kind = "around"
        of = "a"
        also = "a"
        [sources.c]
        kind = "unheard-of"
        [sources.d]
        [sources.e]
        kind = "twice"
        [sources.f]
        kind = "choosy"
        """
    assert faults_of(written(text)) == {
        "other": "is not known here: there are [gate], [log] and [sources.NAME]",
        "gate.source": "there is no table [sources.nowhere]",
        "gate.readings": f"holds a text that is none of {', '.join(Reading)}",
        "gate.within_seconds": "must lie between 0.1 and 120",
        "gate.colour": "is not known here: see the page of this source",
        "gate.offices.x": f"holds a text that is none of {', '.join(Checkpoint)}",
        "sources.bureau.url": "must be a text",
        "sources.bureau.secret": "must be a place: give { env = NAME } or { file = PATH }: a "
        "secret does not stand in a configuration",
        "sources.bureau.wait": "must be a number",
        "sources.bureau.tries": "must lie between 1 and 5",
        "sources.bureau.strict": "must be true or false",
        "sources.bureau.hosts": "is no list of texts",
        "sources.bureau.codes": "must be a table",
        "sources.bureau.typo": "is not known here: see the page of this source",
        "sources.b.of": "a → b → a goes round in a circle",
        "sources.b.also": "must be a list of texts",
        "sources.c.kind": "nothing is registered as unheard-of; there are around, choosy, plain, "
        "replayed, twice",
        "sources.d.kind": "is missing: give a text",
        "sources.e.kind": "twice is registered twice, by ",
        "sources.f.url": "is wrong in two ways",
        "sources.f": "and the whole is odd",
    }


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ('{ env = "TAXGATE_TEST_NOT_SET" }', "the environment variable TAXGATE_TEST_NOT_SET is"),
        ('{ file = "absent" }', "absent cannot be read: FileNotFoundError"),
        ('{ file = "open" }', "open can be read or written by everybody: chmod 600"),
        ('{ file = "empty" }', "empty is empty"),
        ('{ env = "A", file = "b" }', "give { env = NAME } or { file = PATH }"),
        ("{}", "give { env = NAME } or { file = PATH }"),
    ],
)
def test_a_secret_comes_from_the_environment_or_a_private_file(written, tmp_path, given, problem):
    """Where it cannot be had, or everybody can read it, the fault says so without showing it."""
    for name, mode, text in (("open", 0o644, "hush"), ("empty", 0o600, "")):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(mode)
    text = GOOD.replace('{ env = "TAXGATE_TEST_SECRET" }', given)
    faults = faults_of(written(text))
    assert set(faults) == {"sources.bureau.secret"}
    assert problem in faults["sources.bureau.secret"]
    assert "hush" not in str(faults)


def test_a_secret_file_is_read(written, tmp_path):
    """A file that only its owner reads gives the secret, without the line break at its end."""
    (tmp_path / "secret").write_text("from-file\n")
    (tmp_path / "secret").chmod(0o600)
    text = GOOD.replace('env = "TAXGATE_TEST_SECRET"', 'file = "secret"')
    assert config.load(written(text)).named["bureau"].made["secret"] == Secret("from-file")


def test_a_secret_shows_itself_nowhere():
    """Neither repr nor pickle carries it, it has no hash, and only equal ones are equal."""
    secret = Secret("hush")
    assert repr(secret) == f"{secret}" == "Secret(***)"
    assert (secret == Secret("hush"), secret == Secret("x"), secret == "hush") == (
        True,
        False,
        False,
    )
    assert secret.reveal() == "hush"
    with pytest.raises(TypeError, match="is not written anywhere"):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        hash(secret)


def test_answers_that_do_not_count_are_refused_in_production(written):
    """A replayed source is refused at start; a trial says that it is one (fault 85)."""
    text = '[gate]\nsource = "r"\n[sources.r]\nkind = "replayed"\n'
    with pytest.raises(ConfigError, match="gives replayed answers"):
        Gate.from_config(written(text))
    Gate.from_config(written(text.replace("[gate]", "[gate]\ntrial = true"))).close()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[gate", "is not TOML"),
        ("", "is missing: give a table [gate]"),
        ('[gate]\nsource="a"\n[gate.sources]\n"deed-tax"="a"\n[sources.a]\nkind="replayed"',
         "stands beside [gate.sources]"),
        ('[gate]\n[gate.sources]\nships="a"\n[sources.a]\nkind="replayed"', "is none of vehicle-"),
        ("[gate]\n[gate.sources]\n[sources]", "names no source"),
    ],
)  # fmt: skip
def test_a_file_that_says_too_little_or_too_much_is_refused(written, text, problem):
    """What is missing or doubled is named."""
    assert any(problem in fault for fault in faults_of(written(text)).values())


def test_a_file_that_cannot_be_read_is_refused(written, tmp_path):
    """No file, no UTF-8, too large, or open to everybody's pen."""
    assert "cannot be read" in str(faults_of(tmp_path / "absent.toml"))
    path = written("")
    path.write_bytes(b"\xff")
    assert "is not UTF-8" in str(faults_of(path))
    path.write_text("#" * (config.LARGEST + 1))
    assert "is larger than" in str(faults_of(path))
    path.write_text(GOOD)
    path.chmod(0o666)
    assert faults_of(path) == {str(path): "can be written by everybody: chmod o-w"}


def test_the_shipped_kinds_are_registered():
    """Every module that can be configured is found by its exact name; no name is taken twice."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - the fixture replaced the other

    shipped = list(entry_points(group=config.GROUP))
    names = [point.name for point in shipped]
    assert len(names) == len(set(names))
    folder = Path(config.__file__).parent / "adapters"
    configurable = {
        f"taxgate.adapters.{path.stem}:from_settings"
        for path in folder.glob("*.py")
        if "\ndef from_settings(" in path.read_text(encoding="utf-8")
    }
    assert configurable <= {point.value for point in shipped}
