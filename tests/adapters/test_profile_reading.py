"""Profiles are data, read strictly: every fault is named with its place, all at once (102)."""

from __future__ import annotations

import os
import re
import tomllib
from importlib.resources import files

import pytest

from taxgate.adapters import profile_files
from taxgate.adapters.profile import SUBJECT, SignerKind
from taxgate.adapters.profile_files import load_profile, shipped
from taxgate.adapters.profile_reading import read_profile
from taxgate.errors import ConfigError
from taxgate.terms import Checkpoint, Matter

GOOD = """
format = 1
title = { en = "an example", zh = "示例" }
to_confirm = ["reply.as_of", "questions.cars.body.CJH"]

[request]
encoding = "json"
[request.body]
ZS = { from = "matter", codes = "taxes" }
LS = { request_id = "hex" }
[request.headers]
X-App = { parameter = "app" }

[reply]
request_id = "LS"
[[reply.envelopes]]
code = "code"
success = ["0"]
inside = "data"
[reply.envelopes.failures]
9 = "no-record"
[reply.as_of]
from = "SJ"
form = "rfc3339"
[reply.echo]
mode = "required"
[reply.echo.fields]
matter = { from = "ZS", codes = "taxes" }
vin = "CJH"
years = { from = "ND", joined = true }

[questions.cars]
checkpoint = "vehicle"
matters = ["vehicle-purchase-tax"]
path = "/sysapi/cars"
[questions.cars.body]
CJH = "vin"
ND = { from = "years", joined = true }
[questions.cars.records]
at = "list"
total = "total"
[questions.cars.record]
matter = { from = "ZS", codes = "taxes" }
status = { from = "ZT", codes = "statuses" }
vin = "CJH"
[questions.cars.amounts]
fields = ["A", "B"]
not_above = [["A", "B"]]

[codes.taxes]
10115 = "vehicle-purchase-tax"
[codes.statuses]
1 = "paid"
0 = "unpaid"

[signer]
kind = "none"
"""


def faults_of(document, name="example"):
    """Return the faults of *document*, problems by place."""
    with pytest.raises(ConfigError) as caught:
        read_profile(document.encode() if isinstance(document, str) else document, name)
    found = {}
    for place, problem in caught.value.faults:
        assert place.startswith(f"profile {name}")
        found[place.removeprefix(f"profile {name}").removeprefix(": ")] = problem
    return found


# Shipped ------------------------------------------------------------------------------------------


def test_the_shipped_profiles():
    """Six profiles come with the package, and each can be read."""
    assert shipped() == (
        "city-bus", "generic", "gjgxjhpt", "gjzwfwpt", "open-gateway", "sorted-params",
    )  # fmt: skip
    kinds = {name: load_profile(name).signing.kind for name in shipped()}
    assert kinds == {
        "generic": SignerKind.NONE,
        "gjgxjhpt": SignerKind.HMAC_HEADER,
        "gjzwfwpt": SignerKind.HMAC_HEADER,
        "open-gateway": SignerKind.OPEN_GATEWAY,
        "sorted-params": SignerKind.SORTED_PARAMS,
        "city-bus": SignerKind.CONCAT_DIGEST,
    }


def test_only_the_city_bus_has_a_weak_digest():
    """A weak digest is marked in the profile, for those who check configurations."""
    assert [name for name in shipped() if load_profile(name).signing.weak] == ["city-bus"]


@pytest.mark.parametrize("name", ["generic", "gjgxjhpt", "gjzwfwpt"])
def test_profiles_that_ask_every_question(name):
    """These three ask each matter at its checkpoint."""
    asked = {
        (question.checkpoint, matter)
        for question in load_profile(name).questions.values()
        for matter in question.matters
    }
    if name == "generic":
        assert {matter for _, matter in asked} == set(Matter) - {
            Matter.OTHER_TAX, Matter.SEAL, Matter.COURT_EXECUTION, Matter.APPLICATION,
        }  # fmt: skip
    else:
        assert len(asked) == 9


@pytest.mark.parametrize("name", profile_files.shipped())
def test_what_is_not_published_is_marked(name):
    """All but taxgate's own interface say what is to be confirmed with the bureau."""
    profile = load_profile(name)
    assert bool(profile.to_confirm) == (name != "generic")
    if name != "generic":
        assert {"codes", "reply.echo", "reply.as_of"} <= set(profile.to_confirm)
        assert {f"questions.{question}" for question in profile.questions} <= set(
            profile.to_confirm
        )


@pytest.mark.parametrize("name", profile_files.shipped())
def test_shipped_profiles_bind_their_answers(name):
    """Each repeats subject, tax and number of the request, and none lives longer than a day."""
    profile = load_profile(name)
    assert not profile.needs_mutual_tls
    assert profile.reply.request_id is not None
    assert profile.reply.as_of.path is not None
    assert profile.reply.as_of.max_age <= 86_400
    if profile.reply.echo.whole is None:
        due = {part for item in profile.questions.values() for part in SUBJECT[item.checkpoint]}
        assert due | {"matter"} <= set(profile.reply.echo.fields)


@pytest.mark.parametrize("name", profile_files.shipped())
def test_shipped_profiles_explain_themselves_in_both_languages(name):
    """Comments in English and in Chinese, and a title in both."""
    content = files("taxgate.adapters").joinpath("profiles", f"{name}.toml").read_text("utf-8")
    comments = [line for line in content.splitlines() if line.startswith("#")]
    assert any(re.search("[一-鿿]", line) for line in comments)
    assert any(re.search("[a-z]{4}", line) for line in comments)
    assert set(tomllib.loads(content)["title"]) == {"en", "zh"}
    assert max(map(len, content.splitlines())) <= 110


# Files --------------------------------------------------------------------------------------------


def test_a_file_of_ones_own(tmp_path):
    """A path names a file; its name is the profile's."""
    path = tmp_path / "our-bureau.toml"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0o644)
    profile = load_profile(path)
    assert profile.name == "our-bureau"
    assert load_profile(str(path)) == profile
    assert profile.parameters == {"app"}
    assert profile.to_confirm == ("reply.as_of", "questions.cars.body.CJH")


def test_a_file_that_everybody_can_write_is_refused(tmp_path):
    """Whoever can write a profile decides what counts as paid (102)."""
    path = tmp_path / "ours.toml"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0o646)
    with pytest.raises(ConfigError, match="written by everybody"):
        load_profile(path)


def test_a_file_of_another_user_is_refused(tmp_path, monkeypatch):
    """Neither yours nor root's: it may change at any time (102)."""
    path = tmp_path / "ours.toml"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0o644)
    owner = path.stat().st_uid
    if owner == 0:
        os.chown(path, 12345, -1)
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    with pytest.raises(ConfigError, match="another user"):
        load_profile(path)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("gjgxjhpt2", "there are city-bus, generic"),
        ("Generic", "neither a shipped profile"),
        ("../generic", "neither a shipped profile"),
        ("generic.json", "neither a shipped profile"),
        ("", "neither a shipped profile"),
        ("missing.toml", "cannot be read"),
    ],
)
def test_a_profile_is_found_by_its_exact_name(name, problem):
    """Nothing is searched for, folded or guessed (102)."""
    with pytest.raises(ConfigError, match=problem):
        load_profile(name)


def test_a_folder_and_a_huge_file_are_refused(tmp_path):
    """Only a regular file of sensible size is read."""
    huge = tmp_path / "huge.toml"
    huge.write_bytes(b"#" * (1 << 20) + b"\n")
    with pytest.raises(ConfigError, match="larger than"):
        load_profile(huge)
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        load_profile(folder)


# Faults -------------------------------------------------------------------------------------------


def test_the_example_is_good():
    """The document the faults are made from has none."""
    profile = read_profile(GOOD.encode(), "example")
    assert profile.questions["cars"].checkpoint is Checkpoint.VEHICLE
    assert str(profile.reply.envelopes[0].inside) == "data"


@pytest.mark.parametrize(
    ("document", "problem"),
    [("x = [", "not TOML"), (b"\xff", "not UTF-8"), ("a = 1\na = 2", "not TOML")],
)
def test_what_is_no_toml_is_refused(document, problem):
    """The whole file is the place of such a fault."""
    assert problem in faults_of(document)[""]


def test_a_question_of_any_checkpoint_has_its_subject_repeated_as_well():
    """Sent in taxgate's own form, it is still an echo that ties the reply to it (40-42)."""
    generic = (files("taxgate.adapters") / "profiles" / "generic.toml").read_text(encoding="utf-8")
    document = generic.replace(
        'whole = "inquiry"\n\n[questions',
        '[reply.echo.fields]\nmatter = { from = "M", codes = "taxes" }\n\n[codes.taxes]\n'
        + "".join(f'{matter} = "{matter}"\n' for matter in Matter)
        + "[questions",
    )
    found = faults_of(document)
    due = {"vin", "unit", "company", "person.number", "years"}
    assert {name for name in due if f'reply.echo.fields."{name}"' in found} | {
        name for name in due if f"reply.echo.fields.{name}" in found
    } == due


@pytest.mark.parametrize("name", ["inquiry", "inquiry.vin"])
def test_nothing_is_written_into_the_inquiry_that_travels_whole(name):
    """Its echo would repeat what was written over it, and not what was asked (40)."""
    generic = (files("taxgate.adapters") / "profiles" / "generic.toml").read_text(encoding="utf-8")
    document = generic.replace(
        "[request.body]", f'[request.body]\n"{name}" = {{ is = "1M8GDM9AXKP042788" }}'
    )
    place = f'questions.any.body."{name}"' if "." in name else f"questions.any.body.{name}"
    assert "request.whole" in faults_of(document)[place]


def test_an_empty_file_names_all_that_is_missing():
    """Every table that has to be there is named at once."""
    assert set(faults_of("")) == {
        "format", "title", "to_confirm", "request", "reply", "questions", "signer",
    }  # fmt: skip


FAULTS = [
    ("format = 1", "format = 2", "format", "must be 1"),
    ('zh = "示例"', 'fr = "exemple"', "title", "en and zh"),
    ('"reply.as_of"', '"reply.as_if"', "to_confirm", "no place"),
    ('encoding = "json"', 'encoding = "xml"', "request.encoding", "one of json, form"),
    ('encoding = "json"', 'charset = "gbk"', "request.charset", "one of utf-8, gb18030"),
    ('encoding = "json"', "timeout = 3", "request.timeout", "not known"),
    ('{ request_id = "hex" }', '{ request_id = "date" }', "request.body.LS.request_id", "uuid"),
    ('{ request_id = "hex" }', '{ is = "a", time = "seconds" }', "request.body.LS", "exactly one"),
    ('{ request_id = "hex" }', "7", "request.body.LS", "a text or a table"),
    ('{ request_id = "hex" }', '{ is = "a" }', "reply.request_id", "no request has"),
    ('{ parameter = "app" }', '"vin"', "request.headers.X-App", "part of the inquiry"),
    ('{ parameter = "app" }', '{ office = "catalogue" }', "request.headers.X-App", "inquiry"),
    ("X-App = { p", '"X App" = { p', 'request.headers."X App"', "no name of a header"),
    ('{ parameter = "app" }', '{ secret = "a b" }', "request.headers.X-App.secret", "a name"),
    ('success = ["0"]', "success = []", "reply.envelopes[0].success", "is empty"),
    ('success = ["0"]', 'success = ["9"]', "reply.envelopes[0].failures.9", "of success"),
    ('9 = "no-record"', '9 = "paid"', "reply.envelopes[0].failures.9", "must be one of"),
    ('9 = "no-record"', '9 = "not-asked"', "reply.envelopes[0].failures.9", "must be one of"),
    ('code = "code"', 'code = "a..b"', "reply.envelopes[0].code", "names with dots"),
    ('code = "code"', 'code = "a b"', "reply.envelopes[0].code", "names with dots"),
    ('form = "rfc3339"', 'form = "date"', "reply.as_of.form", "one of rfc3339"),
    ('form = "rfc3339"', 'form = "rfc3339"\nmax_age_seconds = 86401',
     "reply.as_of.max_age_seconds", "between 1 and 86400"),
    ('from = "SJ"\n', "", "reply.as_of.from", "when it was true"),
    ('from = "SJ"', 'from = "SJ"\nheader = "date"', "reply.as_of.header", "one of the two"),
    ('mode = "required"', 'mode = "sometimes"', "reply.echo.mode", "one of required, absent"),
    ('mode = "required"', 'mode = "absent"', "reply.echo.mode", "something is echoed"),
    ('mode = "required"', 'mode = "required"\nwhole = "x"', "reply.echo.whole", "request.whole"),
    ('vin = "CJH"\nyears', "years", "reply.echo.fields.vin", "has to repeat it"),
    ('years = { from = "ND", joined = true }\n\n', "\n", "reply.echo.fields.years", "repeat it"),
    ('matter = { from = "ZS", codes = "taxes" }\nvin = "CJH"\ny', 'vin = "CJH"\ny',
     "reply.echo.fields.matter", "has to repeat it"),
    ('matter = { from = "ZS", codes = "taxes" }\nvin = "CJH"\ny', 'matter = "ZS"\nvin = "CJH"\ny',
     "reply.echo.fields.matter.codes", "is missing"),
    ('checkpoint = "vehicle"', 'checkpoint = "boats"', "questions.cars.checkpoint", "one of"),
    ('checkpoint = "vehicle"\n', "", "questions.cars.checkpoint", "is missing"),
    ('["vehicle-purchase-tax"]', '["deed-tax"]', "questions.cars.matters", "not asked there"),
    ('["vehicle-purchase-tax"]', "[]", "questions.cars.matters", "is empty"),
    ('"/sysapi/cars"', '"/sysapi/{vin}"', "questions.cars.path", "a plain path"),
    ('"/sysapi/cars"', '"/sysapi/../cars"', "questions.cars.path", "a plain path"),
    ('"/sysapi/cars"', '"/cars?vin="', "questions.cars.path", "a plain path"),
    ('"/sysapi/cars"', '"https://elsewhere.invalid/"', "questions.cars.path", "a plain path"),
    ('CJH = "vin"\nND', "ND", "questions.cars.body", "does not ask about vin"),
    ('CJH = "vin"\nND', 'CJH = "vin"\nLS = "plate"\nND', "questions.cars.body.LS",
     "stands in request.body"),
    ('CJH = "vin"\nND', 'CJH = "owner"\nND', "questions.cars.body.CJH.from", "one of matter"),
    ('at = "list"\n', "", "questions.cars.records.at", "is missing"),
    ('status = { from = "ZT", codes = "statuses" }\n', "", "questions.cars.record.status",
     "is missing"),
    ('status = { from = "ZT", codes = "statuses" }', 'status = { is = "paid" }',
     "questions.cars.record.status.is", "a status is read"),
    ('status = { from = "ZT", codes = "statuses" }', 'status = "ZT"',
     "questions.cars.record.status.codes", "is missing"),
    ('status = { from = "ZT", codes = "statuses" }', 'status = { from = "ZT", codes = "taxes" }',
     "questions.cars.record.status.codes", "unknown here"),
    ('status = { from = "ZT", codes = "statuses" }', 'status = { from = "ZT", codes = "no" }',
     "questions.cars.record.status.codes", "no [codes.no]"),
    ('codes = "statuses" }', 'codes = "statuses", blank = true }', "questions.cars.record.status",
     "never blank"),
    ('codes = "statuses" }', 'codes = "statuses", required = false }',
     "questions.cars.record.status", "always required"),
    ('codes = "statuses" }', 'codes = "statuses", default = "paid" }',
     "questions.cars.record.status.default", "not known"),
    ('0 = "unpaid"', '0 = "issued"', "questions.cars.record.status", "no status of such a record"),
    ('vin = "CJH"\n[questions.cars.amounts]', "[questions.cars.amounts]", "questions.cars.record",
     "has no key"),
    ('vin = "CJH"\n[q', 'vin = "CJH"\ncolour = "YS"\n[q', "questions.cars.record.colour",
     "no field of a record"),
    ('vin = "CJH"\n[q', 'vin = "CJH"\narrears = "QS"\n[q', "questions.cars.record.arrears.codes",
     "true and false"),
    ('vin = "CJH"\n[q', 'vin = "CJH"\ntax_year = { is = "2026" }\n[q',
     "questions.cars.record.tax_year.is", "codes and texts only"),
    ('vin = "CJH"\n[q', 'vin = "CJH"\nbasis = { is = "gift" }\n[q',
     "questions.cars.record.basis.is", "one of new-energy"),
    ('vin = "CJH"\n[q', 'vin = { from = "CJH", codes = "taxes" }\n[q',
     "questions.cars.record.vin.codes", "no use here"),
    ('[["A", "B"]]', '[["A"]]', "questions.cars.amounts.not_above", "two or more"),
    ('[["A", "B"]]', '[["A", "C"]]', "questions.cars.amounts.not_above", "two or more"),
    ('[["A", "B"]]', '["A", "B"]', "questions.cars.amounts.not_above", "a list of lists"),
    ('10115 = "vehicle-purchase-tax"', '10114 = "vehicle-and-vessel-tax"',
     "questions.cars.body.ZS", None),
    ('10115 = "vehicle-purchase-tax"', '10115 = "car-tax"', "request.body.ZS.codes", "unknown"),
    ('1 = "paid"', "1 = 1", "codes.statuses.1", "must be a text"),
    ('kind = "none"', 'kind = "rsa"', "signer.kind", "one of none"),
    ('kind = "none"', 'kind = "none"\nsecret = "hush"', "signer.secret", "not known"),
    ('kind = "none"', 'kind = "hmac-header"\nprefix = "a_b"', "signer.prefix", "letters"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place", "problem"), FAULTS)
def test_each_fault_is_named_with_its_place(old, new, place, problem):
    """One change at a time makes one document that is refused for what was changed."""
    assert old in GOOD
    found = faults_of(GOOD.replace(old, new, 1))
    if problem is None:
        # A code table that lacks a matter is told by the question that asks it.
        assert any("exactly one code" in told for told in found.values())
    else:
        assert problem in found[place]


SIGNED = """
kind = "sorted-params"
algorithm = "sha256"
[signer.names]
key = "a"
signature = "s"
secret = "k"
"""


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ('"sha256"', '"md5"', "signer.weak", "md5 is broken"),
        ('"sha256"', '"sha256"\nweak = true', "signer.weak", "must not be true"),
        ('"sha256"', '"crc32"', "signer.algorithm", "one of sha256, sm3"),
        ('key = "a"\n', "", "signer.names.key", "is missing"),
        ('key = "a"', 'key = "a"\nsalt = "x"', "signer.names.salt", "not known"),
        ('key = "a"', 'key = "s"', "signer.names", "one name"),
        ('key = "a"', 'key = "LS"', "request.body.LS", "by the signature"),
    ],
)
def test_faults_of_signatures(old, new, place, problem):
    """MD5 has to be acknowledged as weak, and parts of a signature have names of their own."""
    document = GOOD.replace('kind = "none"', SIGNED.replace(old, new, 1))
    assert problem in faults_of(document)[place]


GATEWAY = """
kind = "hmac-header"
prefix = "gw"
[signer.exchange]
path = "/auth"
service = "refresh"
signed_with = "app_key"
code = "code"
success = ["0"]
secret = "data.secret"
ends = "data.ends"
unwrap = "none"
"""
BUS = """
kind = "concat-digest"
algorithm = "sha256"
order = ["key", "secret", "time"]
where = "body"
[signer.names]
key = "a"
signature = "s"
time = "t"
"""


@pytest.mark.parametrize(
    ("signer", "old", "new", "place", "problem"),
    [
        (GATEWAY, '"/auth"', '"auth"', "signer.exchange.path", "a plain path"),
        (GATEWAY, '"refresh"', '"a b"', "signer.exchange.service", "a name"),
        (GATEWAY, '"app_key"', '"key"', "signer.exchange.signed_with", "one of"),
        (GATEWAY, 'success = ["0"]\n', "", "signer.exchange.success", "is missing"),
        (GATEWAY, 'secret = "data.secret"\n', "", "signer.exchange.secret", "is missing"),
        (GATEWAY, '"none"', '"rsa"', "signer.exchange.unwrap", "one of"),
        (GATEWAY, '"none"', '"none"\nrenew_before_seconds = -1',
         "signer.exchange.renew_before_seconds", "between"),
        (BUS, '"time"]', '"secret"]', "signer.order", "each once"),
        (BUS, '"body"', '"query"', "signer.where", "one of headers, body"),
        (BUS, 'time = "t"\n', "", "signer.names.time", "is missing"),
    ],
)  # fmt: skip
def test_faults_of_exchanges_and_buses(signer, old, new, place, problem):
    """Where a secret comes from, and what is digested in which order, is said in full."""
    document = GOOD.replace('kind = "none"', signer)
    read_profile(document.encode(), "example")
    assert old in signer
    changed = GOOD.replace('kind = "none"', signer.replace(old, new, 1))
    assert problem in faults_of(changed)[place]


def test_what_the_configuration_has_to_give_follows_from_the_signer():
    """Parameters, secrets and numbers of services, by the names of the profile."""
    gateway = read_profile(GOOD.replace('kind = "none"', GATEWAY).encode(), "example")
    assert gateway.parameters == {"app", "requester"}
    assert gateway.secrets == {"app_key"}
    assert gateway.services == {"cars", "refresh"}
    bus = read_profile(GOOD.replace('kind = "none"', BUS).encode(), "example")
    assert bus.parameters == {"app", "app_id"}
    assert bus.secrets == {"app_secret"}
    assert bus.services == frozenset()
    assert not bus.signing.in_headers


def test_a_weak_digest_can_be_acknowledged():
    """A bureau that knows nothing else can be asked, and the profile says so."""
    weak = SIGNED.replace('"sha256"', '"md5"\nweak = true')
    assert read_profile(GOOD.replace('kind = "none"', weak).encode(), "example").signing.weak


def test_sorted_parameters_need_a_flat_body():
    """What is nested or a list cannot be sorted and signed."""
    document = GOOD.replace('kind = "none"', SIGNED)
    document = document.replace('CJH = "vin"\nND = { from = "years", joined = true }',
                                '"a.b" = "vin"\nND = "years"')  # fmt: skip
    document = document.replace('to_confirm = ["reply.as_of", "questions.cars.body.CJH"]',
                                "to_confirm = []")  # fmt: skip
    found = faults_of(document)
    assert set(found) == {'questions.cars.body."a.b"', "questions.cars.body.ND"}


def test_two_questions_may_not_ask_the_same():
    """Which of two would be asked must not depend on their order in the file."""
    second = GOOD[GOOD.index("[questions.cars]") : GOOD.index("[codes.taxes]")]
    document = GOOD.replace("[codes.taxes]", second.replace(".cars", ".more") + "[codes.taxes]")
    assert "asks already" in faults_of(document)["questions.more"]


def test_every_fault_is_named_at_once():
    """Three mistakes in three tables are three faults."""
    document = GOOD.replace("format = 1", "format = 3").replace('"/sysapi/cars"', '"cars"')
    document = document.replace('kind = "none"', 'kind = "rsa"')
    assert set(faults_of(document)) == {"format", "questions.cars.path", "signer.kind"}


def test_the_name_of_a_profile_is_plain():
    """It stands in errors and in records of decisions."""
    with pytest.raises(ConfigError, match="lower-case"):
        read_profile(GOOD.encode(), "Our Bureau")
