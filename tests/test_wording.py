"""Wording: whatever can reach a reader has a text in Chinese and another in English."""

from __future__ import annotations

import ast
import pickle
import string
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations, pairwise, product
from pathlib import Path

import pytest

from expect import ByHand, by_hand
from taxgate import evidence, findings, parties, proceedings, terms
from taxgate.findings import Finding, Obligation, Outcome, Standing, Weighed
from taxgate.proceedings import Obstacle
from taxgate.tables import Action, Row, when
from taxgate.terms import Addressee, Checkpoint, Language, Matter, ObstacleKind, State, Step
from taxgate.wording import MissingTextError, Text, common, forms, steps
from taxgate.wording.actions import NOBODY
from taxgate.wording.printing import free_text, one_line
from vehicle_cases import OWNER, VPT, VVT, record

BOTH = tuple(Language)
TELLERS = {
    terms.Checkpoint: common.checkpoint,
    terms.Verdict: common.verdict,
    terms.Effect: common.effect,
    terms.Matter: common.matter,
    terms.RecordStatus: common.status,
    terms.State: common.state,
    terms.Reach: common.reach,
    terms.Basis: common.basis,
    terms.Reading: common.reading,
    terms.Flag: common.flag,
    terms.ObstacleKind: common.obstacle,
    terms.Actor: common.actor,
    terms.Addressee: common.addressee,
    terms.Language: common.language_name,
    evidence.OutageKind: common.outage_kind,
    evidence.OutageCause: common.outage_cause,
    evidence.Channel: common.channel,
    evidence.Provenance: common.provenance,
    evidence.Reservation: common.reservation,
    findings.Outcome: common.outcome,
    findings.Standing: common.standing,
    parties.IdType: common.id_type,
    proceedings.SuspicionKind: common.suspicion,
}
TOLD_OTHERWISE = {terms.Step}
"""Steps are told by `common.step`, which has tests of its own."""
NEVER_TOLD = {parties.PersonMatch}
"""What a comparison came to is told as a standing and its reason."""


def enums():
    """Return every public enum of the vocabularies a reader may meet."""
    found = set()
    for module in (terms, evidence, findings, parties, proceedings):
        for name, value in vars(module).items():
            if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum:
                assert not name.startswith("_")
                found.add(value)
    return found


def rules():
    """Return the module of every checkpoint that exists."""
    names = (item.value.replace("-", "_") for item in Checkpoint)
    return [
        import_module(f"taxgate.checks.{name}")
        for name in names
        if find_spec(f"taxgate.checks.{name}") and find_spec(f"taxgate.wording.{name}")
    ]


RULES = [pytest.param(module, id=module.CHECKPOINT) for module in rules()]


def wording(module):
    """Return the wording of a checkpoint."""
    return import_module(f"taxgate.wording.{module.CHECKPOINT.replace('-', '_')}")


def placeholders(text):
    """Return the names of the placeholders in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def assert_told(zh, en):
    """Assert that both languages say something, and not the same."""
    assert zh.strip()
    assert en.strip()
    assert zh != en
    assert any("\u4e00" <= character <= "\u9fff" for character in zh)
    assert not any("\u4e00" <= character <= "\u9fff" for character in en)


def test_every_public_enum_is_told_somewhere():
    """A new vocabulary needs a decision: told, told otherwise, or never told."""
    assert enums() == set(TELLERS) | TOLD_OTHERWISE | NEVER_TOLD


@pytest.mark.parametrize(
    ("tell", "member"),
    [pytest.param(tell, m, id=f"{e.__name__}-{m}") for e, tell in TELLERS.items() for m in e],
)
def test_every_member_is_told_in_both_languages(tell, member):
    """Chinese is Chinese, English is English."""
    assert_told(tell(member, Language.ZH_CN), tell(member, Language.EN))


def test_a_member_without_a_text_is_a_named_error():
    """Not an empty line: a fault of this package that names what is missing."""
    with pytest.raises(MissingTextError, match="no text for 'nonsense'"):
        common.flag("nonsense", Language.EN)
    error = MissingTextError("code", "place")
    assert isinstance(error, KeyError)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own error, just written
    assert (again.code, again.where) == ("code", "place")


# Acts, steps --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
def test_every_act_has_a_name(rule):
    """The heading of every notice names the act."""
    for act in rule.Act:
        zh, en = (common.act(rule.CHECKPOINT, act, language) for language in BOTH)
        assert_told(zh, en)
    with pytest.raises(MissingTextError):
        common.act(rule.CHECKPOINT, "nonsense", Language.EN)


@pytest.mark.parametrize("step", Step)
def test_every_step_is_told_to_everybody_about_everything(step):
    """Whatever a row combines, there is a text without a placeholder left over."""
    for matter, where, to in product(Matter, Checkpoint, (None, *Addressee)):
        zh, en = (common.step(step, matter, where, language, to=to) for language in BOTH)
        assert_told(zh, en)
        assert not set("{}") & set(zh + en)
        for language in BOTH:
            asked = common.authority_to_ask(step, matter, where, language)
            assert asked is None or asked.strip()
            proof = common.evidence(step, matter, where, language)
            assert (proof is None) is (step is Step.NONE)


def test_a_step_nobody_worded_is_a_named_error():
    """A step without a text stops the notice instead of leaving a gap in it."""
    with pytest.raises(MissingTextError, match="nonsense"):
        common.step("nonsense", VPT, Checkpoint.VEHICLE, Language.EN)


def test_a_step_that_sends_nobody_names_no_authority():
    """An office that repeats its own question sends nobody anywhere."""
    for step, matter, where in product(steps.NO_AUTHORITY, Matter, Checkpoint):
        assert common.authority_to_ask(step, matter, where, Language.EN) is None


@pytest.mark.parametrize(
    ("matter", "where", "zh"),
    [
        (VPT, Checkpoint.VEHICLE, "车辆登记地"),
        (VVT, Checkpoint.VEHICLE, "保险机构"),
        (Matter.DEED_TAX, Checkpoint.PROPERTY_TITLE, "不动产所在地"),
        (Matter.INDIVIDUAL_INCOME_TAX, Checkpoint.PROPERTY_TITLE, "不动产所在地"),
        (Matter.LAND_APPRECIATION_TAX, Checkpoint.PROPERTY_TITLE, "不动产所在地"),
        (Matter.SEAL, Checkpoint.PROPERTY_TITLE, "查封机关"),
        (Matter.INDIVIDUAL_INCOME_TAX, Checkpoint.EQUITY_TRANSFER, "被投资企业所在地"),
        (Matter.CLEARANCE, Checkpoint.DEREGISTRATION, "本主体"),
    ],
)
def test_the_competent_authority_is_the_one_of_section_6(matter, where, zh):
    """Where the vehicle is registered, the property lies, the company or the entity is."""
    assert zh in common.authority(matter, where, Language.ZH_CN)


def test_an_exemption_is_asked_for_as_a_record_and_not_as_a_payment():
    """V-08, R-04: get the record; nobody is told to pay."""
    text = common.step(
        Step.OBTAIN_EXEMPTION_RECORD, Matter.DEED_TAX, Checkpoint.PROPERTY_TITLE, Language.ZH_CN
    )
    assert "减免税" in text
    assert "缴纳" not in text


def test_an_equity_deal_is_to_be_filed_even_at_price_zero():
    """Section 6: for this deal, even if the price is 0; the agent is told of its own duty."""
    facts = (Step.PAY_OR_FILE, Matter.INDIVIDUAL_INCOME_TAX, Checkpoint.EQUITY_TRANSFER)
    seller = common.step(*facts, Language.EN)
    agent = common.step(*facts, Language.EN, to=Addressee.WITHHOLDING_AGENT)
    assert "even if its price is zero" in seller
    assert "even if its price is zero" in agent
    assert "you are the withholding agent" in agent
    assert "withholding agent" not in seller


@pytest.mark.parametrize("rule", RULES)
def test_every_action_of_every_table_is_told_in_both_languages(rule):
    """A way out nobody has worded would stop a notice; a text no table uses is stale."""
    for table in rule.TABLES:
        for item in table.actions:
            assert_told(*(common.action(item, language) for language in BOTH))
            assert_told(*(common.way((item, item), language) for language in BOTH))


def test_that_nobody_can_do_anything_is_told_too():
    """Where there is no way out the notice says so."""
    assert_told(NOBODY.zh, NOBODY.en)


def test_an_action_without_a_text_is_a_named_error():
    """Not an empty line: a fault of this package that names what is missing."""
    nameless = Action("nonsense", terms.Actor.OFFICE, when(), {"state": State.PAID})
    with pytest.raises(MissingTextError, match="nonsense"):
        common.way((nameless,), Language.EN)


# Reasons ------------------------------------------------------------------------------------------


def rulings(table):
    """Yield every ruling of a table under every set of its readings."""
    switches = sorted(table.readings)
    for size in range(len(switches) + 1):
        for chosen in combinations(switches, size):
            yield from table.rulings(frozenset(chosen)).values()


def concluding(rule):
    """Return the rulings of a checkpoint that conclude an outcome or an obstacle, by code."""
    return {
        ruling.code: ruling
        for table in rule.TABLES
        for ruling in rulings(table)
        if isinstance(ruling.conclusion, (Outcome, ObstacleKind))
    }


@pytest.mark.parametrize("rule", RULES)
def test_every_code_that_concludes_something_is_worded(rule):
    """Outcomes and obstacles of all tables, under all readings, in both languages."""
    for code, ruling in concluding(rule).items():
        assert common.is_worded(ruling), code
        for matter in Matter:
            zh, en = (_reason(ruling, matter, language) for language in BOTH)
            assert_told(zh, en)
            assert not set("{}") & set(zh + en), code


def _reason(ruling, matter, language):
    if isinstance(ruling.conclusion, ObstacleKind):
        return common.obstacle_reason(Obstacle(ruling, (("subject", "***1"),)), language)
    nameless = parties.Person(OWNER.id_type, OWNER.number)
    obligation = Obligation(
        matter=matter, facts=ByHand(), subject="***1", party=nameless, period="2026"
    )
    return common.reason(Finding(ruling, obligation), language)


@pytest.mark.parametrize("rule", RULES)
def test_texts_have_known_placeholders_only_and_no_code_is_stale(rule):
    """Both languages use subject, party and period at most; every worded code still exists."""
    texts = wording(rule)
    codes = {ruling.code for table in rule.TABLES for ruling in rulings(table)}
    for code, text in texts.REASONS.items():
        assert code in codes, code
        assert placeholders(text.zh) == placeholders(text.en) <= {"subject", "party", "period"}
    for code, text in texts.WHYS.items():
        assert_told(text.zh, text.en)
        assert placeholders(text.zh + text.en) == set(), code


def whys(module):
    """Yield every reason an appraisal can give a record: the text after a `Standing` member."""
    root = Path(module.__file__).parent
    for path in sorted(root.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            target.id: node.value.value
            for node in ast.walk(tree)
            if isinstance(node, (ast.Assign, ast.AnnAssign))
            and isinstance(node.value, ast.Constant)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            parts = node.elts if isinstance(node, ast.Tuple) else getattr(node, "args", [])
            if not isinstance(parts, list):
                continue
            for before, after in pairwise(parts):
                if getattr(getattr(before, "value", None), "id", None) != "Standing":
                    continue
                if isinstance(after, ast.Constant):
                    yield after.value
                elif isinstance(after, ast.Name) and after.id in names:
                    yield names[after.id]


@pytest.mark.parametrize("rule", RULES)
def test_every_reason_of_a_record_is_worded(rule):
    """What appraisal writes beside a standing has a text, so that a notice can say what differs."""
    found = set(whys(rule))
    assert found
    for code in found:
        weighed = Weighed(record(), Standing.CONFLICT, code)
        zh, en = (common.why(weighed, rule.CHECKPOINT, language) for language in BOTH)
        assert_told(zh, en)


@pytest.mark.parametrize("name", ["engine-no", "model", "category"])
def test_what_differs_about_a_vehicle_is_worded(name):
    """Codes that appraisal puts together from a field's name."""
    weighed = Weighed(record(), Standing.CONFLICT, f"{name}-differs")
    assert common.why(weighed, Checkpoint.VEHICLE, Language.EN).endswith("differs")


@pytest.mark.parametrize("status", terms.RecordStatus)
def test_a_record_that_speaks_for_itself_is_told_by_its_status(status):
    """Merging's own reasons are worded for every checkpoint."""
    weighed = Weighed(record(), Standing.GOOD, f"status-{status}")
    zh, en = (common.why(weighed, Checkpoint.VEHICLE, language) for language in BOTH)
    assert_told(zh, en)


def test_codes_nobody_worded_are_named_errors():
    """A reason, a record's reason, an obstacle and a code of no checkpoint."""
    weighed = Weighed(record(), Standing.GOOD, "nonsense")
    with pytest.raises(MissingTextError, match="nonsense"):
        common.why(weighed, Checkpoint.VEHICLE, Language.EN)
    for code in ("vehicle/nonsense", "nonsense/none-found"):
        row = Row(("X",), when(), Outcome.NOTIFY, code)
        ruling = by_hand(row, code)
        with pytest.raises(MissingTextError, match="nonsense"):
            common.reason(Finding(ruling, Obligation(matter=VPT, facts=ByHand())), Language.EN)
    row = Row(("X",), when(), ObstacleKind.OTHER_OBJECTION, "vehicle/none-found")
    ruling = by_hand(row, row.code)
    with pytest.raises(MissingTextError, match="none-found"):
        common.obstacle_reason(Obstacle(ruling), Language.EN)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("matter", Matter)
@pytest.mark.parametrize("language", BOTH)
def test_a_code_that_ends_in_a_state_is_told_from_matter_state_and_subject(state, matter, language):
    """The generic text names the matter, and subject and period where asked to."""
    row = Row(("X",), when(), Outcome.NOTIFY, f"vehicle/x/{state}")
    finding = Finding(
        by_hand(row, row.code),
        Obligation(matter=matter, facts=ByHand(), subject="***1\n", period="2026"),
    )
    long = common.reason(finding, language)
    short = common.reason(finding, language, with_subject=False)
    assert common.matter(matter, language).lower() in short.lower()
    assert "***1\\u000a" in long
    assert "2026" in long
    assert "***1" not in short
    bare = Finding(finding.ruling, Obligation(matter=matter, facts=ByHand()))
    assert common.reason(bare, language) == short


@pytest.mark.parametrize("state", [State.SOURCE_UNREACHABLE, State.SOURCE_UNTRUSTED])
@pytest.mark.parametrize("matter", Matter)
def test_the_generic_outage_text_accuses_nobody(state, matter):
    """1.3: the check could not be completed, and that is all."""
    row = Row(("X",), when(), Outcome.CANNOT_VERIFY, f"vehicle/x/{state}")
    finding = Finding(
        by_hand(row, row.code),
        Obligation(matter=matter, facts=ByHand()),
    )
    assert "查验未能完成" in common.reason(finding, Language.ZH_CN)
    assert "could not be completed" in common.reason(finding, Language.EN)


# Forms and printing -------------------------------------------------------------------------------


def test_every_fixed_sentence_is_in_both_languages():
    """Labels, titles, remedies, handling times."""
    found = [value for value in vars(forms).values() if isinstance(value, Text)]
    for value in vars(forms).values():
        if isinstance(value, dict):
            found += [text for text in value.values() if isinstance(text, Text)]
    assert len(found) > 50
    for text in found:
        assert_told(text.zh, text.en)
        assert placeholders(text.zh) == placeholders(text.en)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("plain words, 3 of them", "plain words, 3 of them"),
        ("on 2026-11-23 at 10:00", "on 2026-11-23 at 10:00"),
        ("amount 800000", "amount 800000"),
        ("id 14999919990101000X.", "id **************000X."),
        ("id 1499-9919-9901-0100", "id ***************0100"),
        ("no １４９９９９１９９９０１０１", "no **********０１０１"),
        ("VIN 1M8GDM9AXKP042788 and more", "VIN *************2788 and more"),
        ("phone 0351 0000000", "phone ********0000"),
        ("", ""),
    ],
)
def test_numbers_in_typed_words_are_masked(typed, printed):
    """Long runs with digits go; words, days and amounts stay."""
    assert free_text(typed) == printed


def test_a_name_inside_a_longer_name_does_not_keep_it_readable():
    """The longest known name is masked first."""
    assert free_text("甲乙丙和甲乙", ["甲乙", "甲乙丙"]) == "甲**和甲*"


def test_typed_words_are_masked_in_linear_time():
    """A megabyte of digits and blanks does not stall the office."""
    assert free_text("1 " * 500_000).strip("* ").startswith("1")


def test_one_line_keeps_what_can_be_read():
    """Chinese, accents and ordinary blanks stay; what is invisible is spelled out."""
    assert one_line("山西 é\u3000x") == "山西 é\u3000x"
    assert one_line("\t\u2029\ufeff\U000e0001") == "\\u0009\\u2029\\ufeff\\U000e0001"
