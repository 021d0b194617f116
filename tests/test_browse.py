"""A person with a browser finds an expert, what they said, and what they said before, by clicking."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest

from demo.demo import POST, edit_post, write_blog

from . import servers
from .browser import Browser

BLOG = "https://brindlepost.example"


def links(dom: str, base: str) -> list[tuple[str, str]]:
    """(what a link says, where it leads), in page order."""
    found = re.findall(r"<a\b[^>]*?\bhref=\"([^\"]*)\"[^>]*>(.*?)</a>", dom, re.DOTALL)
    return [(seen(inner), urljoin(base, html.unescape(href))) for href, inner in found]


def seen(markup: str) -> str:
    """The words of some markup, white space folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"<(script|style)\b.*?</\1>", " ", markup, flags=re.DOTALL))).split())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo's roundup before and after its edit in an archive that `ingest browse` serves; the address."""
    work = tmp_path_factory.mktemp("browse")
    write_blog(work / "blog", BLOG)
    page, ingest = work / "blog" / POST / "index.html", str(Path(sys.executable).parent / "ingest")
    for at in ("2019-03-13T10:00Z", "2019-03-19T10:00Z"):
        words = ["file", "--archive", str(work / "archive.db"), "--url", f"{BLOG}/{POST}", "--at", at, str(page)]
        subprocess.run([ingest, *words], cwd=work, check=True, timeout=60, capture_output=True)
        if at.startswith("2019-03-13"):
            edit_post(work / "blog", BLOG)
    port = servers.free_port()
    command = [ingest, "browse", "--archive", str(work / "archive.db"), "--port", str(port)]
    with servers.running(command, f"http://127.0.0.1:{port}/", cwd=work):
        yield f"http://127.0.0.1:{port}/"


def follow(browser: Browser, url: str, words: str) -> str:
    """Click the first link on a page that says this; where it leads."""
    found = links(browser.dom(url), url)
    where = next((href for text, href in found if words in text), None)
    assert where is not None, f"{url} has no link that says {words!r}: {[text for text, _ in found]}"
    return where


def test_from_the_start_to_an_earlier_version(site: str, browser: Browser, tmp_path: Path) -> None:
    """Start page, experts, one expert, one statement with both versions: by clicking, each page a picture worth looking at."""
    start = seen(browser.dom(site))
    assert ("expert" in start.lower(), "roundup" in start.lower()) == (True, True)
    expert = follow(browser, follow(browser, site, "experts"), "Owen Pritchard")
    page = seen(browser.dom(expert))
    assert ("Insurance Adviser" in page, "Harbour Mutual" in page) == (True, True)
    statement = follow(browser, expert, "2 versions")
    versions = seen(browser.dom(statement))
    assert ("a test every spring" in versions, "two tests" in versions) == (True, True)
    for name, url in (("start", site), ("expert", expert), ("statement", statement)):
        picture = browser.shot(url, tmp_path / f"{name}.png")
        assert (picture[:8], len(picture) > 10_000) == (b"\x89PNG\r\n\x1a\n", True)


def test_a_new_expert_and_a_new_comment_are_there(site: str, browser: Browser) -> None:
    """What the edit added is found like the rest."""
    assert "Ingrid Sollers" in seen(browser.dom(follow(browser, site, "experts")))
    assert "twenty-one minutes" in seen(browser.dom(follow(browser, site, "7 comments")))


def test_search(site: str, browser: Browser) -> None:
    """A word of an old version is found, since search covers every version."""
    found = seen(browser.dom(f"{site}archive/statement_version?_search=spring"))
    assert "every spring" in found
