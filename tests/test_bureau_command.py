"""`taxgate bureau` as it is started: what it prints, what it refuses, and how it ends."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tomllib
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from taxgate.bureau import MAGICS, SECRET
from taxgate.bureau.setting_up import VARIABLE
from taxgate.cli import run

LONGEST = 20


@pytest.fixture
def command(capsysbinary):
    """Run the command in this process, where it does not stay."""

    def call(*arguments):
        code = run(["bureau", *map(str, arguments)])
        out, err = capsysbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return call


@pytest.fixture
def started():
    """Return a function that starts the command in a process of its own."""
    running = []

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-u", "-W", "error", "-m", "taxgate", "bureau",
             "--port", "0", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )  # fmt: skip
        running.append(process)
        lines = []
        while not lines or "--magic" not in lines[-1]:
            line = process.stdout.readline()
            assert line, process.stderr.read()
            lines.append(line)
        return process, "".join(lines)

    yield start
    for process in running:
        process.kill()
        process.communicate()


def ask(url, vin):
    """Ask the plain interface about a vehicle, and return its records."""
    parts = urlsplit(url)
    body = {"request_id": "1", "inquiry": {"matter": "vehicle-purchase-tax", "vin": vin}}
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)) as connection:
        connection.request(
            "POST",
            f"{parts.path}/inquiries",
            body=json.dumps(body),
            headers={"Content-Type": "application/json"},
        )
        return json.loads(connection.getresponse().read())["data"]["records"]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_runs_until_it_is_interrupted(started, ending):
    """It prints how to ask it, answers, reports one masked line, and ends with code 0."""
    process, printed = started("--lang", "en")
    text = printed[printed.index("[gate]") : printed.index("Magic")]
    url = tomllib.loads(text)["sources"]["bureau"]["url"]
    (record,) = ask(url, "LTX9E5A14TA000019")
    assert record["status"] == "paid"
    process.send_signal(ending)
    out, err = process.communicate(timeout=LONGEST)
    assert process.returncode == 0
    assert "The sandbox has ended." in out
    (line,) = err.splitlines()
    assert re.fullmatch(
        r"200 generic vehicle-purchase-tax \*{13}0019: 1 records \([0-9]+ ms\)", line
    )


def test_all_interfaces_and_records_of_ones_own(started, tmp_path):
    """Records are created from the examples, served, and the secret's place is printed."""
    secret = tmp_path / "secret"
    secret.write_text("of this office\n", encoding="utf-8")
    path = tmp_path / "records.sqlite"
    process, printed = started(
        "--profile", "all", "--records", path, "--create", "--secret-file", secret
    )
    assert path.is_file()
    for name in ("generic", "gjgxjhpt", "gjzwfwpt", "open-gateway", "sorted-params", "city-bus"):
        assert f"/{name}\n" in printed
    url = re.search(r"http://\S+/generic", printed)[0]
    assert len(ask(url, "LTX9E5A14TA000019")) == 1
    assert "of this office" not in printed
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=LONGEST)
    assert process.returncode == 0


@pytest.mark.parametrize("profile", ["gjgxjhpt", "sorted-params"])
def test_the_environment_variable_is_printed_with_the_configuration(started, profile):
    """What is printed is all that is needed, and it is TOML."""
    process, printed = started("--profile", profile)
    assert f"export {VARIABLE}={SECRET}\n" in printed
    text = printed[printed.index("[gate]") : printed.index("export")]
    lines = text.splitlines()[:-1]
    table = tomllib.loads("\n".join(lines))["sources"]["bureau"]
    assert table["profile"] == profile
    assert {"env": VARIABLE} in table["secrets"].values()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=LONGEST)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_magic_identifiers_are_listed(command, language):
    """One line for each, with all four of its numbers."""
    code, out, err = command("--magic", "--lang", language)
    assert (code, err) == (0, "")
    _, *lines = out.splitlines()
    assert len(lines) == len(MAGICS)
    for line, magic in zip(lines, MAGICS, strict=True):
        cells = re.split(r" {2,}", line)
        assert cells[0] == f"{magic.number:02}"
        assert {part.value for part in magic.identifiers} <= set(cells)


def test_what_cannot_be_used_is_named(command, tmp_path):
    """Records, profiles and secrets are read before anybody is served."""
    nothing = tmp_path / "nothing"
    for options, due in (
        (("--records", nothing), "nothing: cannot be read"),
        (("--profile", "no-such"), "no profile no-such"),
        (("--secret-file", nothing), "nothing: cannot be read"),
    ):
        code, out, err = command("--port", "0", *options)
        assert (code, out) == (30, "")
        assert due in err


def test_what_is_there_is_not_written_over(command, tmp_path):
    """A second `--create` at the same place is refused."""
    (tmp_path / "records").mkdir()
    code, _, err = command("--port", "0", "--records", tmp_path / "records", "--create")
    assert code == 30
    assert "is there already" in err


def test_creating_needs_a_place(command):
    """`--create` alone is wrong use."""
    assert command("--create")[0] == 2


def test_a_port_in_use_is_said(command):
    """The exit code is 1, and the message names the port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, err = command("--port", port, "--lang", "en")
    assert code == 1
    assert str(port) in err


def test_starting_other_commands_does_not_load_it():
    """The bureau and its HTTP libraries are loaded by the commands that need them."""
    program = (
        "import sys, taxgate.cli\n"
        "print(sorted({'requests', 'http.server', 'sqlalchemy', 'sqlite3'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ},
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "[]", "")
