"""Site rules: read from TOML, chosen by the page itself, and held to the pages that they are for.

fixtures/sites/HOST/SLUG/ holds a page, fixture.toml (its address; `read`: somebody has compared) and expected.json. Where the
last is missing it is written here, and the test fails until it has been read by a person.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.config import read_config
from ingest.rulebook import own_sites
from ingest.shown.document import answer_of
from ingest.worker import Worker
from parsers.errors import ConfigError, LayoutChanged
from parsers.model import Bundle, Capture
from parsers.page import Page, open_page
from parsers.reading import Reading, read
from parsers.rules import Site, SiteLayout, fits, pick_layout, read_site, shipped_sites

Ingest = Callable[..., "subprocess.CompletedProcess[str]"]
FIXTURES = Path(__file__).parent / "fixtures" / "sites"

RULE = """
hosts = ["blog.example"]
match = ["https://blog.example/tips/"]

[[layout]]
when = "div.old"
expert = "dt"

[[layout]]
when = "main"
root = "main .post"
expert = "h3"
drop = [".share"]
expect = { statements = [3, 80] }
"""


def page_of(html: str, url: str = "https://www.blog.example/tips/") -> Page:
    return open_page(Capture(url, html.encode()))


def test_a_rule_is_read_whole() -> None:
    site = read_site(RULE, "blog.toml")
    assert site.hosts == ("blog.example",)
    assert site.layouts[1] == SiteLayout("main", "h3", "main .post", (".share",), "", (3, 80))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hosts = 1 =", "blog.toml: not valid TOML"),
        ("match = []", "blog.toml: hosts: "),
        ('hosts = "blog.example"', "hosts: this is a list of texts"),
        ('hosts = ["https://blog.example/"]', "hosts: .* no host name"),
        ('hosts = ["a"]\nlayuot = 1', "layuot: no such key; known are hosts"),
        ('hosts = ["a"]', "layout: a site rule needs at least one"),
        ('hosts = ["a"]\nlayout = ["p"]', r"layout\[1\]: a layout is a table"),
        ('hosts = ["a"]\n[[layout]]\nexpert = "h3"', r"layout\[1\].when"),
        ('hosts = ["a"]\n[[layout]]\nwhen = "p"\nexprt = "h3"', r"layout\[1\].exprt"),
        ('hosts = ["a"]\n[[layout]]\nwhen = "p"\n[[layout]]\nwhen = "p["', r"layout\[2\].when: 'p\[' is not a CSS selector"),
        ('hosts = ["a"]\n[[layout]]\nwhen = "p"\nexpert = 3', r"layout\[1\].expert: this is a CSS selector, as text"),
        ('hosts = ["a"]\n[[layout]]\nwhen = "p"\ndrop = ["q", ">>"]', r"layout\[1\].drop\[2\]: .* not a CSS selector"),
        ('hosts = ["a"]\n[[layout]]\nwhen = "p"\nafter = "yes"', r"layout\[1\].after: this is true or false"),
        ('hosts = ["a"]\n[[layout]]\nwhen = "p"\nexpect = { statements = [3] }', r"layout\[1\].expect.statements"),
        ('hosts = ["a"]\n[[layout]]\nwhen = "p"\nexpect = { statements = [9, 3] }', r"layout\[1\].expect.statements"),
        ('hosts = ["a"]\n[[layout]]\nwhen = "p"\nexpect = { comments = [3, 9] }', r"layout\[1\].expect.comments"),
    ],
)
def test_a_bad_rule_names_the_key(text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_site(text, "blog.toml")


def test_the_first_layout_that_matches_the_page_is_chosen() -> None:
    sites = (read_site(RULE, "blog.toml"),)
    chosen = pick_layout(page_of("<main><div class=post><h3>A</h3></div></main>"), sites)
    assert chosen is not None
    assert (chosen.layout.expert, chosen.root.get("class")) == ("h3", "post")
    assert pick_layout(page_of("<p>nothing of it</p>"), sites) is None
    assert pick_layout(page_of("<main>", url="https://other.example/"), sites) is None


def test_a_skipped_page_is_read_the_general_way() -> None:
    sites = [read_site(RULE.replace("\n[[layout]]", 'skip = ["*/about/"]\n[[layout]]', 1), "blog.toml")]
    assert pick_layout(page_of("<main>", url="https://blog.example/about/"), sites) is None
    assert pick_layout(page_of("<main>", url="https://blog.example/about/us/"), sites) is not None


@pytest.mark.parametrize(
    ("url", "pattern", "expected"),
    [
        ("https://a.example/x", "https://a.example/x", True),
        ("https://a.example/x#top", "https://a.example/x", True),
        ("https://a.example/x/", "https://a.example/x", False),
        ("https://a.example/xx", "https://a.example/x*x", True),
        ("https://a.example/x", "https://a.example/x*x", False),  # the two ends do not share a letter
        ("https://a.example/1/2/3", "*/1/*/3", True),
        ("https://a.example/?p=1", "https://a.example/?p=1", True),  # a question mark is a question mark
        ("https://a.example/ap=1", "https://a.example/?p=1", False),
        ("a" * 5000, "*a" * 40 + "b", False),  # and soon
    ],
)
def test_address_patterns(url: str, pattern: str, expected: bool) -> None:
    assert fits(url, [pattern]) is expected


PAGE = (
    "<h1>Best tips</h1><main><div class=post><p>We asked three people.</p><p class=share>Tell your friends</p>"
    + "".join(
        f"<h3>{name}</h3><p>{'My own long answer about gardens and what I would plant there this year. ' * 3}</p>"
        for name in ("The Shed", "Ann Lee, Editor, Foo", "Bo Ek")
    )
    + "</div></main>"
)


def test_a_rule_says_what_a_byline_is_and_the_general_way_is_held_against_it() -> None:
    reading = read(Bundle(Capture("https://blog.example/tips/", PAGE.encode())), sites=[read_site(RULE, "blog.toml")])
    parsed = reading.parsed
    assert [s.expert.name for s in parsed.roundup.statements] == ["The Shed", "Ann Lee", "Bo Ek"]
    assert ("site/blog.example", "Tell your friends") in [(d.rule, d.text) for d in parsed.dropped]
    assert any("only the rule: The Shed" in note for note in parsed.notes)


def test_too_few_statements_mean_that_the_layout_has_changed() -> None:
    page = Capture("https://blog.example/tips/", b"<main><div class=post><h3>Ann Lee</h3><p>Words.</p></div></main>")
    with pytest.raises(LayoutChanged, match="finds 1 statements, expected 3 to 80"):
        read(Bundle(page), sites=[read_site(RULE, "blog.toml")])


def test_a_rule_ties_statements_to_the_questions_above_them() -> None:
    rule = 'hosts = ["blog.example"]\n[[layout]]\nwhen = "main"\nexpert = "h3"\nquestion = "h2"'
    body = "".join(
        f"<h2>{question}</h2>"
        + "".join(f"<h3>{name}</h3><p>{name} answers {question} at some length.</p>" for name in ("Ann Lee", "Bo Ek"))
        for question in ("What grows?", "What wilts?")
    )
    reading = read(
        Bundle(Capture("https://blog.example/tips/", f"<main>{body}</main>".encode())), sites=[read_site(rule, "blog.toml")]
    )
    asked = {question.key: question.text for question in reading.parsed.roundup.questions}
    assert [(s.expert.name, asked[s.question]) for s in reading.parsed.roundup.statements] == [
        ("Ann Lee", "What grows?"), ("Bo Ek", "What grows?"), ("Ann Lee", "What wilts?"), ("Bo Ek", "What wilts?"),
    ]  # fmt: skip


def people(reading: Reading) -> list[tuple[str, str, str]]:
    return [
        (s.expert.name, ", ".join(p.role for p in s.expert.positions), s.text) for s in reading.parsed.roundup.statements
    ]


@pytest.mark.parametrize(
    ("keys", "body", "expected"),
    [
        (  # a name with its role below, each an element of its own
            'expert = "b"\nrole = "i"',
            "<p><b>Ann Lee</b></p><p><i>editor</i></p><p>One.</p><p>Two.</p><p><b>Bo Ek</b></p><p><i>mason</i></p><p>Three.</p>",
            [("Ann Lee", "editor", "One.\n\nTwo."), ("Bo Ek", "mason", "Three.")],
        ),
        (  # the byline behind the words, and a lede that is nobody's
            'expert = "p.by"\nafter = true\nlede = "p.in"',
            "<p class=in>We asked.</p><p>One.</p><p class=by>Ann Lee, editor</p><p>Two.</p><p class=by>Bo Ek, mason</p><p>Bye.</p>",
            [("Ann Lee", "editor", "One."), ("Bo Ek", "mason", "Two.")],
        ),
        (  # the byline inside the line, and what is printed of it behind its element
            'expert = "p > b:first-child"',
            "<p><b>Ann Lee</b>, editor: One <b>is</b> enough.</p><p>Two.</p><p><b>Bo Ek</b>: Three.</p>",
            [("Ann Lee", "editor", "One is enough.\n\nTwo."), ("Bo Ek", "", "Three.")],
        ),
        (  # one person's answers to several questions
            'expert = "h2"\nquestion = "h3"',
            "<h2>Ann Lee, editor</h2><h3>What?</h3><p>One.</p><h3>Why?</h3><p>Two.</p><h2>Bo Ek, mason</h2><h3>What?</h3><p>Three.</p>",
            [("Ann Lee", "editor", "One."), ("Ann Lee", "editor", "Two."), ("Bo Ek", "mason", "Three.")],
        ),
    ],
)
def test_what_a_layout_can_say(keys: str, body: str, expected: list[tuple[str, str, str]]) -> None:
    site = read_site(f'hosts = ["blog.example"]\n[[layout]]\nwhen = "main"\n{keys}', "x")
    reading = read(Bundle(Capture("https://blog.example/", f"<h1>Tips</h1><main>{body}</main>".encode())), sites=[site])
    assert people(reading) == expected
    words = reading.parsed.words
    assert words.claimed + words.dropped + words.left_over == words.visible


@pytest.mark.parametrize(("match", "error"), [("[]", False), ('["https://blog.example/*"]', True)])
def test_a_page_where_nobody_speaks(match: str, error: bool) -> None:
    """Any other post of the blog is no roundup, unless the rule says that it is sure: then its layout has changed."""
    rule = f'hosts = ["blog.example"]\nmatch = {match}\n[[layout]]\nwhen = "main"\nexpert = "h3"\nexpect = {{ statements = [3, 9] }}'
    bundle = Bundle(Capture("https://blog.example/news/", b"<h1>News</h1><main><p>The office is closed on Monday.</p></main>"))
    if error:
        with pytest.raises(LayoutChanged):
            read(bundle, sites=[read_site(rule, "x")])
    else:
        parsed = read(bundle, sites=[read_site(rule, "x")]).parsed
        assert (parsed.verdict.kind, parsed.roundup.statements) == ("not_roundup", ())
        assert parsed.roundup.article == "The office is closed on Monday."


def test_another_rule_is_another_parser() -> None:
    """So that what a rule changes in a reading never looks like an author's edit; pages without a rule keep the label."""
    bundle = Bundle(Capture("https://blog.example/tips/", PAGE.encode()))
    plain, ruled, other = (
        read(bundle, sites=[read_site(text, "x")] if text else []).parsed.parser for text in ("", RULE, RULE.replace(".share", ".x"))
    )
    assert ruled.startswith(f"{plain} blog.example+") and other.startswith(f"{plain} blog.example+") and ruled != other
    elsewhere = Bundle(Capture("https://other.example/", PAGE.encode()))
    assert read(elsewhere, sites=[read_site(RULE, "x")]).parsed.parser == plain


# A user's own rules, from the config to the worker


def config_with(folder: Path, rule: str) -> Path:
    (folder / "sites").mkdir()
    (folder / "sites" / "blog.example.toml").write_text(rule)
    (folder / "config.toml").write_text('[read]\nsites = "sites"\n')
    (folder / "page.html").write_text(f'<link rel=canonical href="https://blog.example/tips/">{PAGE}')
    return folder / "config.toml"


def test_own_rules_lie_beside_the_config(tmp_path: Path) -> None:
    assert own_sites(read_config(None)) == ()
    assert own_sites(read_config(config_with(tmp_path, RULE))) == (read_site(RULE, ""),)
    (tmp_path / "config.toml").write_text('[read]\nsites = "nowhere"\n')
    with pytest.raises(ConfigError, match=r"nowhere: there is no such folder"):
        own_sites(read_config(tmp_path / "config.toml"))


def test_own_rules_survive_the_way_to_a_worker() -> None:
    sites: tuple[Site, ...] = (read_site(RULE, ""),)
    assert pickle.loads(pickle.dumps(sites)) == sites
    bundle = Bundle(Capture("https://blog.example/tips/", PAGE.encode()))
    with Worker(sites=sites) as worker:
        assert asyncio.run(worker.read(bundle)) == read(bundle, sites=sites).parsed


@pytest.mark.parametrize("words", [("parse", "--json"), ("parse", "--json", "--jobs", "2"), ("explain", "--json"), ("file", "--json")])
def test_commands_read_by_own_rules(ingest: Ingest, tmp_path: Path, words: tuple[str, ...]) -> None:
    """The box that the rule drops is dropped, and its own expert is one."""
    config = config_with(tmp_path, RULE)
    done = ingest(*words, "--config", str(config), str(tmp_path / "page.html"))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    if words[0] == "parse":
        assert [s["expert"]["name"] for s in found["statements"]] == ["The Shed", "Ann Lee", "Bo Ek"]
    elif words[0] == "explain":
        assert [x["mark"] for x in found["lines"] if x["text"] == "Tell your friends"] == ["site/blog.example"]
    else:
        assert {change["label"] for change in found["changes"] if change["item"] == "statement"} == {"The Shed", "Ann Lee", "Bo Ek"}


@pytest.mark.parametrize("command", ["parse", "explain", "file", "url", "run", "new-site"])
def test_a_broken_rule_stops_a_command(ingest: Ingest, tmp_path: Path, command: str) -> None:
    """One sentence with the file and the key, exit code 2, and nothing was done. `new-site` does not read by rules."""
    config = config_with(tmp_path, 'hosts = ["a"]\n[[layout]]\nwhen = 3\n')
    config.write_text(config.read_text() + "[fetch]\ncontact = 'a@b.example'\n[[source]]\nname = 'a'\nkind = 'url'\nurl = 'http://127.0.0.1:9/'\n")
    source = {"url": ["http://127.0.0.1:9/"], "run": []}.get(command, [str(tmp_path / "page.html")])
    done = ingest(command, "--config", str(config), *source)
    if command == "new-site":
        assert done.returncode == 0
    else:
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{tmp_path}/sites/blog.example.toml: layout[1].when: this is a CSS selector" in done.stderr
        assert not (tmp_path / "archive.db").exists()


# The rules that come with the program


def check_fixture(folder: Path) -> None:
    """Hold one fixture against the shipped rules. Fails where there is nothing to hold it against yet."""
    about = tomllib.loads((folder / "fixture.toml").read_text(encoding="utf-8"))
    reading = read(Bundle(Capture(about["url"], (folder / "page.html").read_bytes())))
    answer, file = answer_of(reading.parsed), folder / "expected.json"
    if not file.exists():
        file.write_text(json.dumps(answer, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"{file} is written: compare it with the page, then set `read = true` in fixture.toml")
    assert about["read"] is True, f"{folder}: compare expected.json with the page, then set `read = true` in fixture.toml"
    assert answer == json.loads(file.read_text(encoding="utf-8"))


FOLDERS = sorted(path.parent for path in FIXTURES.glob("*/*/fixture.toml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_site_fixture(folder: Path) -> None:
    check_fixture(folder)


@pytest.mark.parametrize("site", shipped_sites(), ids=lambda site: site.hosts[0])
def test_a_shipped_rule_is_held_to_its_lists(site: Site) -> None:
    """Each of `match` and `skip` has a page among the fixtures; the rule is chosen for the former and not for the latter."""
    pages = {}
    for folder in FOLDERS:
        url = tomllib.loads((folder / "fixture.toml").read_text())["url"]
        pages[url] = open_page(Capture(url, (folder / "page.html").read_bytes()))
    assert site.match
    for pattern in site.match:
        found = [url for url in pages if fits(url, [pattern]) and not fits(url, site.skip)]
        assert found and all(pick_layout(pages[url]) for url in found)
    for pattern in site.skip:
        found = [url for url in pages if fits(url, [pattern])]
        assert found and not any(pick_layout(pages[url]) for url in found)


def test_every_fixture_has_a_rule() -> None:
    assert {folder.parent.name for folder in FOLDERS} == {site.hosts[0] for site in shipped_sites()}


def test_a_fixture_nobody_has_read_fails(tmp_path: Path) -> None:
    """First expected.json is written, then somebody must say that they have read it."""
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "fixture.toml").write_text('url = "https://blog.example/"\nread = false\n')
    with pytest.raises(pytest.fail.Exception, match="is written: compare it"):
        check_fixture(tmp_path)
    assert json.loads((tmp_path / "expected.json").read_text())["title"] == "Best tips"
    with pytest.raises(AssertionError, match="set `read = true`"):
        check_fixture(tmp_path)
    (tmp_path / "fixture.toml").write_text('url = "https://blog.example/"\nread = true\n')
    check_fixture(tmp_path)
    (tmp_path / "page.html").write_text(PAGE.replace("Best tips", "Worst tips"))
    with pytest.raises(AssertionError):
        check_fixture(tmp_path)
