"""A first guess at a site's rule: it reads the same page again, finds the same people, and overwrites nothing."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.newsite import guess
from parsers.model import Bundle, Capture
from parsers.reading import Reading, read
from parsers.rules import read_site

Ingest = Callable[..., "subprocess.CompletedProcess[str]"]
PAGE = Path(__file__).parent / "fixtures" / "reading" / "page.html"
URL = "https://www.blog.example/2024/03/will-it-rain/"

PEOPLE = (
    ("Ann Lee", "Senior Lecturer in Law", "Troy University", "I would not carry an umbrella, and I have never owned one that lasted a year."),
    ("Bo Ek", "meteorologist", "Harbour Weather Office", "My models say that it will, and my knee says so too. I would trust the knee."),
    ("Mira Okafor", "Professor of Hydrology", "University of Brindle", "The ground wants it. We have measured the driest spring in forty years."),
    ("Petra Voss", "director", "Lakeside Museum", "I hope so, since our roof was mended in May and nobody has tried it yet."),
    ("Jonas Wieland", "chief engineer", "Wieland Pumps", "It will rain on the day that we take our pumps apart. It always has."),
)


def page(block: Callable[[str, str, str, str], str], before: str = "") -> bytes:
    said = "\n".join(block(*person) for person in PEOPLE)
    return (
        f"<!doctype html><title>Will it rain? | Quad</title><div class=top><a href=/>Quad</a></div><h1>Will it rain?</h1>{before}"
        f'<div class="entry-content e2"><p>We asked five experts whether it will rain. Here is what they said.</p>\n{said}\n</div>'
        "<div class=foot>Quad is printed on Fridays.</div>"
    ).encode()


def reading_of(body: bytes, url: str = URL) -> Reading:
    return read(Bundle(Capture(url, body)))


def people(reading: Reading) -> list[tuple[str, object, str]]:
    return [(s.expert.name, s.expert.positions, s.text) for s in reading.parsed.roundup.statements]


@pytest.mark.parametrize(
    ("block", "expert"),
    [
        (lambda name, role, org, text: f"<h3>{name}, {role}, {org}</h3><p>{text}</p>", "h3"),
        (lambda name, role, org, text: f"<h3 class=who>{name}, {role}, {org}</h3><p>{text}</p>", "h3.who"),
        (lambda name, role, org, text: f"<p><strong>{name}, {role}, {org}</strong></p><p>{text} {text}</p>", "strong"),
        (lambda name, role, org, text: f"<p><b>{name}, {role}, {org}:</b> {text}</p>", "b"),
        (lambda name, role, org, text: f"<dl><dt>{name}, {role}, {org}</dt><dd>{text}</dd></dl>", "dt"),
    ],
)
def test_the_guess_reads_the_page_again(block: Callable[[str, str, str, str], str], expert: str) -> None:
    """The selector is the plainest that finds the bylines and nothing else; by it the same people say the same."""
    body = page(block)
    general = reading_of(body)
    assert [name for name, _, _ in people(general)] == [person[0] for person in PEOPLE]
    site = guess(general)
    rule = read_site(site.rule, "guess")
    assert site.same and rule.layouts[0].expert == expert
    ruled = read(Bundle(Capture(URL, body)), sites=[rule])
    assert people(ruled) == people(general)
    assert (ruled.parsed.verdict.reasons[0], ruled.parsed.notes) == ("the site's rule reads it as one", ())


def test_what_is_written() -> None:
    site = guess(reading_of(page(lambda name, role, org, text: f"<h3>{name}, {role}, {org}</h3><p>{text}</p>")))
    assert (site.host, site.slug) == ("blog.example", "2024-03-will-it-rain")
    assert tomllib.loads(site.rule) == {
        "hosts": ["blog.example"],
        "match": [URL],
        "skip": [],
        "layout": [{"when": "div.entry-content", "expert": "h3", "drop": [], "expect": {"statements": [2, 20]}}],
    }
    assert tomllib.loads(site.fixture) == {"url": URL, "read": False}
    expected = json.loads(site.expected)
    assert (expected["verdict"], expected["title"]) == ("roundup", "Will it rain?")
    assert [s["expert"]["name"] for s in expected["statements"]] == [person[0] for person in PEOPLE]


def test_a_number_names_only_this_post() -> None:
    """`id="post-4711"` would find no other post of the site."""
    body = page(lambda name, role, org, text: f"<h3>{name}, {role}, {org}</h3><p>{text}</p>")
    body = body.replace(b'<div class="entry-content e2">', b'<div id="post-4711">').replace(b"<h1>", b"<main><h1>")
    assert read_site(guess(reading_of(body)).rule, "x").layouts[0].when == "main"


def test_a_page_without_experts() -> None:
    """Nothing is guessed where nothing was seen: the rule is left for a person to fill in, and reads as before."""
    site = guess(reading_of(b"<title>About us</title><p>We are a small paper.</p>"))
    assert not site.same and '# expert = "h3"' in site.rule
    assert read_site(site.rule, "x").layouts[0].expert == ""


@pytest.mark.parametrize(
    ("url", "host", "slug"),
    [
        ("file:///tmp/page.html", "blog.example", "page"),
        ("https://Blog.Example:8080/../../etc/passwd?x=1", "blog.example", "etc-passwd-x-1"),
        ("https://blog.example/" + "long-" * 100, "blog.example", "long-long-long-long-long-long-long-long-long-long-long-long"),
        ('https://blog.example/"];evil=1/', "blog.example", "evil-1"),
    ],
)
def test_addresses_stay_in_their_place(url: str, host: str, slug: str) -> None:
    """No address leads out of the folder or breaks the TOML."""
    site = guess(reading_of(b"<p>Words.</p>", url))
    assert (site.host, site.slug) == (host, slug)
    assert read_site(site.rule, "x").hosts == (host,)
    assert isinstance(tomllib.loads(site.fixture)["url"], str)


def test_command(ingest: Ingest, tmp_path: Path) -> None:
    """The rule and the fixture lie where the docs say, and by the rule the page is read as before."""
    into = tmp_path / "rules"
    done = ingest("new-site", "--into", str(into), str(PAGE))
    assert done.returncode == 0, done.stderr
    folder = into / "fixtures" / "weirpost.example" / "will-the-old-bridge-hold"
    assert sorted(path.name for path in folder.iterdir()) == ["expected.json", "fixture.toml", "page.html"]
    assert (folder / "page.html").read_bytes() == PAGE.read_bytes()
    (tmp_path / "config.toml").write_text('[read]\nsites = "rules"\n')
    plain = json.loads(ingest("parse", "--json", str(PAGE)).stdout)
    ruled = json.loads(ingest("parse", "--json", "--config", str(tmp_path / "config.toml"), str(PAGE)).stdout)
    assert ruled["parser"].startswith(plain["parser"] + " weirpost.example+")
    assert ruled["statements"] == plain["statements"] != []
    assert json.loads((folder / "expected.json").read_text())["statements"] == plain["statements"]


def test_nothing_is_overwritten(ingest: Ingest, tmp_path: Path) -> None:
    """A second time it says so, with exit code 2, and every file is as it was."""
    into = tmp_path / "sites"
    assert ingest("new-site", "--into", str(into), str(PAGE)).returncode == 0
    rule = into / "weirpost.example.toml"
    rule.write_text(rule.read_text() + "# mine\n")
    before = {path: path.read_bytes() for path in into.rglob("*") if path.is_file()}
    done = ingest("new-site", "--into", str(into), str(PAGE))
    assert done.returncode == 2 and f"{rule} is there already" in done.stderr
    rule.rename(tmp_path / "kept.toml")
    done = ingest("new-site", "--into", str(into), str(PAGE))
    assert done.returncode == 2 and "will-the-old-bridge-hold is there already" in done.stderr and not rule.exists()
    (tmp_path / "kept.toml").rename(rule)
    assert {path: path.read_bytes() for path in into.rglob("*") if path.is_file()} == before


def test_a_file_that_does_not_say_where_it_comes_from(ingest: Ingest, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<title>t</title><p>Words.</p>")
    done = ingest("new-site", "--empty", "--into", str(tmp_path / "sites"), str(tmp_path / "page.html"))
    assert done.returncode == 0 and "does not say where it comes from" in done.stderr
    assert f"{tmp_path / 'sites' / 'blog.example.toml'}: it is empty until you fill it in" in done.stderr and "a guess" not in done.stderr
    assert (tmp_path / "sites" / "blog.example.toml").exists()


def test_where_nobody_speaks_nothing_is_written(ingest: Ingest, tmp_path: Path) -> None:
    """The way out is named: another page, or an empty rule."""
    (tmp_path / "t.txt").write_text("word")
    done = ingest("new-site", "--into", str(tmp_path / "sites"), str(tmp_path / "t.txt"))
    assert (done.returncode, done.stdout, (tmp_path / "sites").exists()) == (2, "", False)
    assert done.stderr.startswith("nobody is seen to speak on this page") and done.stderr.endswith("take an empty rule to fill in: --empty\n")
