"""`taxgate log` (审查日志): make, verify, read, count, replay and hand over the decision log.

    taxgate log init              make a log and its keys
    taxgate log keygen            make newer keys
    taxgate log head [--sign]     the end of the chain; sign it, hand it to witnesses
    taxgate log verify            is every entry what was written, and is any missing?
    taxgate log show              entries, redacted; --clear records who read and why
    taxgate log export            CSV, JSON Lines or Parquet, redacted
    taxgate log stats             counts
    taxgate log dashboard OUT     the same on one HTML page with plots
    taxgate log replay            decide again, asking nobody
    taxgate log what-if           which decisions another reading would change
    taxgate log evidence SEQ OUT  the evidence file of one decision
    taxgate log erase             erase sealed evidence under a retention rule

Which log: `--config` with a configuration, of which only the table [log] is read, or `--url` and
`--keys`. Commands that only read bodies need no key.
"""

from __future__ import annotations

from typing import Final

import typer

from . import log_making, log_reading, log_replaying

__all__ = ["HELP", "app"]

HELP: Final = "审查日志 / the decision log: make, verify, read, count, replay, hand over"

app: Final = typer.Typer(
    help=HELP,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command("init", help="建立日志和密钥 / make an empty log, and keys where there are none")(
    log_making.init
)
app.command("keygen", help="生成新密钥 / make newer keys")(log_making.keygen)
app.command("head", help="查看或签署链头 / show the end of the chain, or sign it")(log_making.head)
app.command("verify", help=log_making.VERIFY_HELP)(log_making.verify)
app.command("show", help=log_reading.SHOW_HELP)(log_reading.show)
app.command("export", help="导出条目，已打码 / write entries, redacted: CSV, JSON Lines, Parquet")(
    log_reading.export
)
app.command("stats", help="统计 / count decisions, reasons, outages, times to clear, acts")(
    log_reading.stats
)
app.command("dashboard", help="生成统计看板网页 / write one HTML page with figures and plots")(
    log_reading.dashboard
)
app.command("replay", help=log_replaying.REPLAY_HELP)(log_replaying.replay)
app.command("what-if", help=log_replaying.WHAT_IF_HELP)(log_replaying.what_if)
app.command("evidence", help="生成一个结论的证据包 / write the evidence file of one decision")(
    log_reading.evidence
)
app.command(
    "erase",
    help="按保存期限规则永久清除证据 / erase sealed evidence under a retention rule, for good",
)(log_making.erase)
