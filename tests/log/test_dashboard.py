"""The dashboard is one page that runs nothing, loads nothing and shows what was counted."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from log_cases import log_in
from log_story import HOSTILE, NOW, PAID, SCRIPT, Story, told
from taxgate.errors import MissingExtraError
from taxgate.log.dashboard import COLUMNS, page
from taxgate.log.reporting import count
from taxgate.terms import Language

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
WIDTH, HEIGHT = 900, 600


@pytest.fixture(scope="module")
def counts(tmp_path_factory):
    """Return the counts of a log some offices of which have hostile names."""
    with told(tmp_path_factory.mktemp("log")) as log:
        return count(log.entries())


def page_of(counts, language="zh-CN"):
    """Return the page about *counts*."""
    return page(counts, language, log_id="ab" * 16, head=(26, "cd" * 32), at=NOW)


class Seen(HTMLParser):
    """Everything a page consists of."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note the element and its attributes."""
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data):
        """Note what is shown."""
        self.text.append(data)


@pytest.mark.parametrize("language", list(Language))
def test_nothing_runs_and_nothing_is_loaded(counts, language):
    """No script, no handler, no address of anything; and a policy that forbids all of it."""
    text = page_of(counts, language)
    seen = Seen(text)
    names = {name for name, _ in seen.attributes}
    assert not {"script", "link", "iframe", "img", "object", "form", "base"} & set(seen.tags)
    assert not [name for name in names if name.startswith("on") or name in {"src", "href", "style"}]
    assert ("content", POLICY) in seen.attributes
    assert "url(" not in text
    assert "@import" not in text
    assert not re.findall(r"https?://(?!example\.invalid)", text)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_printed_literally(counts, name):
    """Markup, formulas and templates in a name are shown as they are (faults 61 and 62)."""
    text = page_of(counts)
    assert name in Seen(text).text
    assert SCRIPT not in text
    assert "49" not in Seen(text).text


def test_the_page_shows_what_was_counted(counts):
    """Figures, shares, times and acts, in both languages."""
    zh, en = page_of(counts), page_of(counts, "en")
    assert '<html lang="zh-CN">' in zh
    assert '<html lang="en">' in en
    for text in (zh, en):
        shown = " ".join(Seen(text).text)
        assert "24" in shown
        assert "70.8%" in shown
        assert "6.67%" in shown
        assert "V-01" in shown
    assert "90分钟" in zh
    assert "90 min" in en
    assert "契税：税务机关记录为未缴纳" in zh


def test_an_empty_log_has_a_page_too(tmp_path):
    """Nothing recorded is said, and no plot is drawn."""
    with log_in(tmp_path) as log:
        text = page(count(log.entries()), "en", log_id=log.store.log_id, head=None, at=NOW)
    assert "Nothing was recorded." in text
    assert "<svg" not in text


def test_long_times_are_drawn_in_weeks_and_months(tmp_path):
    """However long the log, the plot has no more columns than can be read, and loses nothing."""
    story = Story(tmp_path)
    body = story.decide(PAID).logged and next(story.log.entries()).body
    counts = count(story.log.entries())
    (first, effect), *_ = counts.days
    assert body["effect"] == effect
    story.log.close()
    for length in (40, 300, 1500):
        counts.days.clear()
        counts.days.update({(first + timedelta(days=day), effect): 1 for day in range(length)})
        text = page_of(counts, "en")
        numbers = [int(number) for number in re.findall(r"may proceed (\d+) ·", text)]
        assert len(numbers) <= COLUMNS
        assert sum(numbers) == length


def test_without_its_extra_it_says_what_to_install(counts, monkeypatch):
    """The message names the extra."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match=r"taxgate\[reports\]"):
        page_of(counts)


def browsed(folder, text, *options):
    """Return what headless Chromium prints for a page."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    (folder / "page.html").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={folder / 'profile'}",
            f"--window-size={WIDTH},{HEIGHT}",
            *options,
            (folder / "page.html").as_uri(),
        ],
        capture_output=True,
        check=True,
        timeout=60,
    )
    return done.stdout.decode("utf-8")


def test_a_browser_shows_it(counts, tmp_path):
    """Headless Chromium draws the page from the file alone."""
    browsed(tmp_path, page_of(counts), f"--screenshot={tmp_path / 'page.png'}")
    picture = (tmp_path / "page.png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (WIDTH, HEIGHT)
    # A blank page of that size takes far less.
    assert len(picture) > 20_000


def test_a_browser_runs_nothing(counts, tmp_path):
    """The title stays the page's own: no hostile name runs, nor a script past the escaping."""
    text = page_of(counts).replace("</main>", f"{SCRIPT}</main>")
    dom = browsed(tmp_path, text, "--dump-dom")
    assert "<title>先税后证查验日志</title>" in dom
    # Without the policy the same script runs, so the test would notice.
    dom = browsed(tmp_path, text.replace(POLICY, "img-src data:"), "--dump-dom")
    assert "<title>ran</title>" in dom
