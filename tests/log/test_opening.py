"""A log that cannot be trusted or does not fit is not opened (faults 93, 94)."""

from __future__ import annotations

import asyncio

import pytest

from gate_cases import Bureau, clock_of, purpose_of, shipped
from log_cases import PAID, keys_in, log_in, sqlite_url, tampered
from taxgate import AsyncGate, Gate
from taxgate.database import addresses
from taxgate.errors import ConfigError, LogKeyError
from taxgate.log import DecisionLog, KeyKind, KeyRing, Store, new_key


@pytest.mark.parametrize("shape", ["0", "2", "x"])
def test_a_log_of_another_shape_is_not_opened(tmp_path, shape):
    """Neither an older nor a newer one is written to."""
    log_in(tmp_path).close()
    tampered(tmp_path, ("UPDATE taxgate_log_meta SET value = ? WHERE name = 'schema'", (shape,)))
    with pytest.raises(ConfigError, match=f"holds a log of shape {shape}; this needs 1"):
        Store(sqlite_url(tmp_path))


def test_a_log_on_a_network_drive_is_not_opened(tmp_path, monkeypatch):
    """SQLite loses rows there; made or opened, it is refused."""
    monkeypatch.setattr(addresses, "network_file_system", lambda _: "nfs4")
    for way in (Store, Store.create):
        with pytest.raises(ConfigError, match=r"network file system \(nfs4\)"):
            way(sqlite_url(tmp_path))


def test_a_gate_is_made_with_its_log_from_a_configuration(tmp_path, monkeypatch):
    """The table [log] names database and keys; a fault in it stands among the others."""
    keys_in(tmp_path / "keys")
    Store.create(sqlite_url(tmp_path)).close()
    path = tmp_path / "taxgate.toml"
    text = f'[gate]\n[gate.sources]\n[sources]\n[log]\nurl = "{sqlite_url(tmp_path)}"\n'
    path.write_text(text + 'keys = "keys"\nacts = "yes"\ncolour = 1\n')
    with pytest.raises(ConfigError) as refused:
        Gate.from_config(path)
    assert dict(refused.value.faults) == {
        "gate.sources": "names no source",
        "log.acts": "must be true or false",
        "log.colour": "is not known here: see the page of this source",
    }
    path.write_text(text + 'keys = "nowhere"\n')
    with pytest.raises(ConfigError) as refused:
        Gate.from_config(path)
    assert "cannot be read" in str(refused.value)


def test_keys_that_others_can_read_are_refused(tmp_path):
    """A key file is its owner's alone, and every bad file is named."""
    keys_in(tmp_path)
    (tmp_path / "seal-2026-01.key").chmod(0o640)
    (tmp_path / "sign-2026-01.key").write_text("!!!")
    (tmp_path / "token-2026-01.key").write_text("c2hvcnQ=")
    with pytest.raises(ConfigError) as refused:
        KeyRing.from_folder(tmp_path)
    told = dict(refused.value.faults)
    assert {path.rpartition("/")[2] for path in told} == {
        "seal-2026-01.key", "sign-2026-01.key", "token-2026-01.key",
    }  # fmt: skip


def test_a_key_is_never_overwritten(tmp_path):
    """A second key of the same name is an error, and the first stays what it was."""
    path = new_key(tmp_path, KeyKind.SEAL, "a")
    before = path.read_bytes()
    with pytest.raises(LogKeyError, match="give the new key an id of its own"):
        new_key(tmp_path, KeyKind.SEAL, "a")
    with pytest.raises(LogKeyError, match="made of ASCII letters"):
        new_key(tmp_path, KeyKind.SEAL, "../x")
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o077 == 0


def test_a_check_cancelled_while_it_is_written_is_found_again(tmp_path):
    """The decision that nobody waited for stands in the log and is given on the next try."""
    case = shipped(PAID)
    log = log_in(tmp_path)
    begun = asyncio.Event()
    record = log.record

    async def run():
        loop = asyncio.get_running_loop()

        def slow(recorded, *, recheck):
            loop.call_soon_threadsafe(begun.set)
            return record(recorded, recheck=recheck)

        log.record = slow
        bureau = Bureau(case)
        async with AsyncGate(bureau, clock=clock_of(case), log=log) as gate:
            check = asyncio.ensure_future(gate.check(case.application, purpose=purpose_of(case)))
            await begun.wait()
            check.cancel()
            with pytest.raises(asyncio.CancelledError):
                await check
            while log.store.head() is None:  # noqa: ASYNC110 - written in another thread
                await asyncio.sleep(0.01)
            again = await gate.check(case.application, purpose=purpose_of(case))
            assert (again.logged.seq, again.logged.replayed) == (1, True)
            assert len(bureau.asked) == 2

    asyncio.run(run())


def test_without_keys_there_is_no_log(tmp_path):
    """A missing key is found out at start, not at the first decision."""
    Store.create(sqlite_url(tmp_path)).close()
    with pytest.raises(LogKeyError, match="there is none: make one"):
        DecisionLog(Store(sqlite_url(tmp_path)), KeyRing({}))
