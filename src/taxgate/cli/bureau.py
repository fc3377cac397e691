"""`taxgate bureau` (沙箱税务机关): a local tax bureau to try everything against; Ctrl-C ends it.

Exit codes: 0 it was ended; 2 the command was used wrongly; 30 records, a profile or the secret
cannot be used; 1 the port cannot be listened on.
"""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ..errors import ConfigError
from ..secret import Secret
from ..wording import Text
from .documents import MisuseError
from .phrases import filled
from .screen import Screen
from .session import (
    BAD_INPUT,
    FAILED,
    LanguageOption,
    leave_misused,
    screen_for,
)

if TYPE_CHECKING:
    from ..bureau import SandboxBureau

__all__ = ["HELP", "bureau"]

HELP: Final = (
    "启动本机沙箱税务机关 / run a local tax bureau to try everything against"
    "\n\n数据均为虚构；--magic 列出测试标识。仅供调试，不得用于办理登记。/"
    " All data is invented; --magic lists the identifiers that cause faults. Never for real cases."
)

_FAULTY: Final = Text("沙箱无法启动：", "The sandbox cannot start:")
_NO_PORT: Final = Text(
    "无法监听 {host}:{port}（{why}）。", "Cannot listen on {host}:{port} ({why})."
)
_CREATE_WHAT: Final = Text(
    "--create 需要用 --records 指定路径。", "--create needs a path given with --records."
)
_RUNNING: Final = Text(
    "沙箱税务机关已启动：{url}（Ctrl-C 结束）。数据均为虚构，仅供调试。",
    "The sandbox bureau is running at {url} (Ctrl-C ends it). All data is invented.",
)
_OPEN: Final = Text(
    "注意：监听地址不限于本机，局域网内的任何人都可以访问。",
    "Note: it does not listen on this machine only; anybody in the network can reach it.",
)
_SPOKEN: Final = Text("接口：", "Interfaces:")
_SETTING: Final = Text(
    "将下列内容保存为 taxgate.toml 即可查验（接口 {profile}）：",
    "Save this as taxgate.toml to ask it (interface {profile}):",
)
_OTHERS: Final = Text(
    "其他接口的配置：用 --profile 单独指定该接口启动。",
    "For another interface's configuration start with that --profile alone.",
)
_EXPORT: Final = Text("并设置环境变量：", "and set the environment variable:")
_MAGIC: Final = Text(
    "测试标识：taxgate bureau --magic", "Magic identifiers: taxgate bureau --magic"
)
_ENDED: Final = Text("沙箱已结束。", "The sandbox has ended.")
_LOCAL: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def bureau(  # noqa: PLR0913 - a command has as many options as it has
    context: typer.Context,
    *,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="端口 / port; 0: any that is free")
    ] = 8080,
    host: Annotated[str, typer.Option("--host", help="监听地址 / address")] = "127.0.0.1",
    profile: Annotated[
        list[str] | None,
        typer.Option(
            "--profile", help="接口名称、文件或 all，可重复 / name, file or all; repeatable"
        ),
    ] = None,
    records: Annotated[
        Path | None,
        typer.Option("--records", help="SQLite 文件或 JSON 文件夹 / SQLite file or folder of JSON"),
    ] = None,
    create: Annotated[
        bool,
        typer.Option("--create", help="先用示例数据创建 --records / create it from the examples"),
    ] = False,
    secret_file: Annotated[
        Path | None, typer.Option("--secret-file", help="密钥文件 / file that holds the secret")
    ] = None,
    magic: Annotated[
        bool, typer.Option("--magic", help="列出测试标识 / list the magic identifiers, and end")
    ] = False,
    lang: LanguageOption = None,
) -> None:
    """Run the sandbox bureau until it is interrupted, or show its magic identifiers."""
    # Here, as it brings requests, which no other command needs to start.
    from ..bureau import SandboxBureau, opened, shipped, write  # noqa: PLC0415
    from ..bureau.tabulating import heading, rows  # noqa: PLC0415

    screen = screen_for(context, lang)
    if magic:
        screen.grid(
            [(heading(screen.language), "bold"), *((row, "") for row in rows(screen.language))]
        )
        return
    if create and records is None:
        leave_misused(screen, MisuseError(_CREATE_WHAT))
    try:
        if records is not None and create:
            write(records, shipped())
        running = SandboxBureau(
            list(dict.fromkeys(profile or ["generic"])),
            records=opened(records) if records is not None else None,
            host=host,
            port=port,
            secret=_secret(secret_file),
            report=screen.complain,
        )
    except ConfigError as error:
        screen.complain(_FAULTY)
        for place, problem in error.faults:
            screen.complain(f"  - {place}: {problem}")
        raise typer.Exit(BAD_INPUT) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        screen.complain(filled(_NO_PORT, host=host, port=str(port), why=why))
        raise typer.Exit(FAILED) from None
    with running:
        _introduce(screen, running, secret_file)
        with _interrupted() as ended:
            ended.wait()
    screen.say(_ENDED)


def _secret(path: Path | None) -> Secret | None:
    if path is None:
        return None
    try:
        text = path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        problem = f"cannot be read: {type(error).__name__}"
        raise ConfigError(((str(path), problem),)) from None
    if not text:
        raise ConfigError(((str(path), "is empty"),))
    return Secret(text)


def _introduce(screen: Screen, running: SandboxBureau, secret_file: Path | None) -> None:
    """Say where the bureau is and how to ask it."""
    from ..bureau import SECRET  # noqa: PLC0415 - as above
    from ..bureau.setting_up import VARIABLE  # noqa: PLC0415

    screen.say(filled(_RUNNING, url=running.url), "bold")
    host = running.url.partition("://")[2].rpartition(":")[0].strip("[]")
    if host not in _LOCAL:
        screen.say(_OPEN, "yellow")
    screen.say(_SPOKEN)
    for name in running.profiles:
        screen.say(f"  - {running.url_of(name)}")
    first = running.profiles[0]
    place = None
    if secret_file is not None:
        place = f"{{ file = {json.dumps(str(secret_file.absolute()), ensure_ascii=False)} }}"
    text = running.snippet(first, place)
    screen.blank()
    screen.say(filled(_SETTING, profile=first))
    screen.blank()
    screen.block(text.rstrip("\n"))
    screen.blank()
    if VARIABLE in text:
        screen.say(_EXPORT)
        screen.say(f"export {VARIABLE}={SECRET}")
    if len(running.profiles) > 1:
        screen.say(_OTHERS)
    screen.say(_MAGIC)


@contextmanager
def _interrupted() -> Iterator[threading.Event]:
    """Return what is set when somebody wants the program to end."""
    ended = threading.Event()
    previous = {
        number: signal.signal(number, lambda *_: ended.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield ended
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
