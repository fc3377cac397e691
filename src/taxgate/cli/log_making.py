"""`taxgate log init`, `keygen`, `head`, `verify` and `erase` (建立、密钥、链头、核验、清除)."""

from __future__ import annotations

from enum import StrEnum
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from ..evidence import CHINA
from ..sources import system_clock
from ..wording.printing import moment
from . import log_phrases as phrases
from .documents import MisuseError
from .log_opening import (
    ConfigOption,
    JsonOption,
    KeysOption,
    Stamps,
    UrlOption,
    instant,
    opened_log,
    opened_store,
    place_of,
    progress,
    telling,
    witnesses,
)
from .phrases import filled
from .screen import Screen
from .session import (
    FAILED,
    HELD_BACK,
    REFUSED,
    LanguageOption,
    leave_misused,
    screen_for,
)

if TYPE_CHECKING:
    from ..log.chain import Verification
    from ..log.heads import Head

__all__ = ["erase", "head", "init", "keygen", "verify"]

VERIFY_HELP: Final = (
    "核验日志 / verify the log from its first entry to its last"
    "\n\n退出码 / exit code: 0 sound, and a witness fixes every entry; 10 nothing wrong was found,"
    " but something cannot be known, which is said; 20 a fault was found; 2 usage, 30 configuration"
)


class KeyChoice(StrEnum):
    """Kinds of keys, known without loading the log."""

    TOKEN = "token"
    SEAL = "seal"
    SIGN = "sign"


WitnessOption = Annotated[
    list[str] | None,
    typer.Option("--witness", metavar="FILE|URL", help="见证方，可重复 / witness, repeatable"),
]
StampsOption = Annotated[
    Path | None,
    typer.Option("--stamps", metavar="FOLDER", help="时间戳文件夹 / folder of RFC 3161 stamps"),
]
RootOption = Annotated[
    list[Path] | None,
    typer.Option("--tsa-root", metavar="PEM", help="时间戳根证书 / the authority's root"),
]


def init(
    context: typer.Context,
    *,
    config: ConfigOption = None,
    url: UrlOption = None,
    keys: KeysOption = None,
    lang: LanguageOption = None,
) -> None:
    """Make an empty log, and one key of each kind that the folder does not have."""
    screen = screen_for(context, lang)
    with telling(screen):
        from ..log import KeyKind, KeyRing, Store  # noqa: PLC0415 - an extra, and heavy

        place = place_of(screen, config, url, keys)
        if place.keys is None:
            leave_misused(screen, MisuseError(phrases.NO_KEYS))
        ring = KeyRing.from_folder(place.keys) if place.keys.is_dir() else KeyRing({})
        for kind in KeyKind:
            if not ring.ids(kind):
                _make_key(screen, place.keys, kind.value, None)
        made = Store.create(place.url, password=place.password)
        screen.say(filled(phrases.LOG_MADE, log=made.log_id))
        screen.say(phrases.KEY_CARE)
        made.close()


def keygen(
    context: typer.Context,
    *,
    config: ConfigOption = None,
    keys: KeysOption = None,
    kind: Annotated[
        KeyChoice | None, typer.Option("--kind", help="种类，默认各一 / default: one of each")
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--id", help="密钥编号，按编号排序，最后的启用 / the last id is used"),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Make keys; they are used from the next start of whoever writes to the log."""
    screen = screen_for(context, lang)
    with telling(screen):
        if keys is None and config is None:
            leave_misused(screen, MisuseError(phrases.NO_KEYS))
        folder = keys or place_of(screen, config, None, None).keys
        assert folder is not None  # noqa: S101 - a configuration has one
        for one in KeyChoice if kind is None else [kind]:
            _make_key(screen, folder, one, name)
        screen.say(phrases.KEY_CARE)


def _make_key(screen: Screen, folder: Path, kind: str, name: str | None) -> None:
    from ..log import KeyKind, new_key  # noqa: PLC0415 - an extra, and heavy

    if name is None:
        day = f"{system_clock().astimezone(CHINA):%Y-%m-%d}"
        taken = len(list(folder.glob(f"{kind}-{day}*.key"))) if folder.is_dir() else 0
        # Ids sort by age: a second one of the day sorts after the first.
        name = f"{day}-{taken + 1:02}" if taken else day
    try:
        path = new_key(folder, KeyKind(kind), name)
    except OSError as error:
        _cannot_write(screen, folder, error)
    screen.say(filled(phrases.KEY_MADE, path=str(path)))


def _cannot_write(screen: Screen, path: Path, error: OSError) -> NoReturn:
    why = error.strerror or type(error).__name__
    screen.complain(filled(phrases.CANNOT_WRITE, name=str(path), why=why))
    raise typer.Exit(FAILED) from None


def head(  # noqa: PLR0913 - a command has as many options as it has
    context: typer.Context,
    *,
    config: ConfigOption = None,
    url: UrlOption = None,
    keys: KeysOption = None,
    sign: Annotated[bool, typer.Option("--sign", help="签署链头 / sign the head now")] = False,
    witness: WitnessOption = None,
    stamps: StampsOption = None,
    tsa: Annotated[
        str | None, typer.Option("--tsa", metavar="URL", help="时间戳机构 / authority to ask")
    ] = None,
    tsa_root: RootOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Show the end of the chain and the last head signed; or sign it and hand it to witnesses."""
    screen = screen_for(context, lang)
    if (witness or stamps) and not sign:
        leave_misused(screen, MisuseError(phrases.WITNESS_WHAT))
    if [stamps, tsa, tsa_root or None].count(None) not in {0, 3}:
        leave_misused(screen, MisuseError(phrases.STAMPS_WHAT))
    with opened_store(screen, config, url, keys) as (store, ring):
        from ..log.heads import sign_head, stored_heads  # noqa: PLC0415 - an extra, and heavy

        last = store.head()
        if last is None:
            screen.say(phrases.EMPTY)
            raise typer.Exit(HELD_BACK if sign else 0)
        if sign:
            if ring is None:
                leave_misused(screen, MisuseError(phrases.NO_KEYS))
            keepers = witnesses(witness, Stamps(stamps, tuple(tsa_root or ()), tsa))
            made = sign_head(store, ring, system_clock())
            assert made is not None  # noqa: S101 - there is an entry
            for keeper in keepers:
                keeper.keep(made)
            names = [*(witness or ()), *([tsa] if tsa else ())]
            _show_signed(screen, made, names, as_json=as_json)
            return
        found = max(stored_heads(store, store.log_id), key=lambda item: item.seq, default=None)
        if as_json:
            value = {
                "log_id": store.log_id,
                "seq": last.seq,
                "digest": last.digest,
                "at": last.body.get("at"),
                "signed": None if found is None else found.value,
            }
            screen.machine(f"{dumps(value, ensure_ascii=False)}\n")
            return
        screen.say(
            filled(phrases.LAST, seq=str(last.seq), digest=last.digest, at=str(last.body.get("at")))
        )
        if found is None:
            screen.say(phrases.NEVER_SIGNED)
        else:
            at = moment(found.at, screen.language)
            screen.say(filled(phrases.LAST_SIGNED, seq=str(found.seq), key=found.key_id, at=at))


def _show_signed(screen: Screen, made: Head, names: list[str], *, as_json: bool) -> None:
    if as_json:
        screen.machine(f"{dumps(made.value, ensure_ascii=False)}\n")
        return
    screen.say(filled(phrases.SIGNED, seq=str(made.seq), key=made.key_id))
    for name in names:
        screen.say(filled(phrases.HANDED, witness=name))


def verify(  # noqa: PLR0913 - as above
    context: typer.Context,
    *,
    config: ConfigOption = None,
    url: UrlOption = None,
    keys: KeysOption = None,
    witness: WitnessOption = None,
    stamps: StampsOption = None,
    tsa_root: RootOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Verify the whole log; name the first entry that is not as it was, and what is not known."""
    screen = screen_for(context, lang)
    if bool(stamps) != bool(tsa_root):
        leave_misused(screen, MisuseError(phrases.STAMPS_WHAT))
    with opened_store(screen, config, url, keys) as (store, ring):
        from ..log.chain import verify as verified  # noqa: PLC0415 - an extra, and heavy

        last = store.head()
        with progress(screen, phrases.VERIFYING, last.seq if last else 0) as told:
            keepers = witnesses(witness, Stamps(stamps, tuple(tsa_root or ())))
            found = verified(store, ring, keepers, progress=told)
    if as_json:
        screen.machine(f"{dumps(_verification_value(found), ensure_ascii=False)}\n")
    else:
        _show_verification(screen, found)
    if not found.sound:
        raise typer.Exit(REFUSED)
    raise typer.Exit(HELD_BACK if found.doubts else 0)


def _verification_value(found: Verification) -> dict[str, object]:
    fault = found.fault
    return {
        "entries": found.entries,
        "sound": found.sound,
        "fault": None if fault is None else {"seq": fault.seq, "problem": fault.problem},
        "anchored": found.anchored,
        "signed": found.signed,
        "doubts": [doubt.value for doubt in found.doubts],
    }


def _show_verification(screen: Screen, found: Verification) -> None:
    if found.fault is None:
        screen.say(filled(phrases.SOUND, count=str(found.entries)), "green")
    else:
        problem = phrases.problem(found.fault.problem).to(screen.language)
        fault = filled(phrases.FAULT, seq=str(found.fault.seq), problem=problem)
        screen.say(fault, "bold red")
    if found.signed:
        screen.say(filled(phrases.OWN, seq=str(found.signed)))
    if found.anchored:
        screen.say(filled(phrases.ANCHORED, seq=str(found.anchored)))
    if found.doubts:
        screen.say(phrases.CANNOT_KNOW, "yellow")
        for doubt in found.doubts:
            screen.say(f"  - {phrases.DOUBTS[doubt].to(screen.language)}")


def erase(
    context: typer.Context,
    *,
    before: Annotated[
        str, typer.Option("--before", metavar="DATE", help="该日之前的 / made before that day")
    ],
    rule: Annotated[str, typer.Option("--rule", help="保存期限规则代码 / code of the rule")],
    config: ConfigOption = None,
    url: UrlOption = None,
    keys: KeysOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="确认 / do it")] = False,
    lang: LanguageOption = None,
) -> None:
    """Erase sealed evidence under a retention rule, for good; that is recorded."""
    screen = screen_for(context, lang)
    limit = instant(screen, before)
    assert limit is not None  # noqa: S101 - of a text, never None
    if not yes:
        screen.complain(filled(phrases.WOULD_ERASE, before=moment(limit, screen.language)))
        raise typer.Exit(HELD_BACK)
    with opened_log(screen, config, url, keys) as log:
        entry = log.erase(before=limit, rule=rule, at=system_clock())
        if entry is None:
            screen.say(phrases.NOTHING_TO_ERASE)
            return
        count = str(len(entry.body["entries"]))
        screen.say(filled(phrases.ERASED, rule=rule, count=count, seq=str(entry.seq)))
