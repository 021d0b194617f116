"""Site rules: read from TOML, chosen by the page itself."""

import pytest

from parsers.errors import ConfigError, LayoutChanged
from parsers.model import Bundle, Capture
from parsers.page import open_page
from parsers.parse import read
from parsers.rules import SiteLayout, pick_layout, read_site, shipped_sites

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


def page_of(html: str, url: str = "https://www.blog.example/tips/"):
    return open_page(Capture(url, html.encode()))


def test_a_rule_is_read_whole():
    site = read_site(RULE, "blog.toml")
    assert site.hosts == ("blog.example",)
    assert site.layouts[1] == SiteLayout("main", "h3", "main .post", (".share",), "", (3, 80))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hosts = 1 =", "not valid TOML"),
        ("match = []", "hosts"),
        ('hosts = ["a"]\nlayuot = 1', "layuot"),
        ('hosts = ["a"]\n[[layout]]\nexpert = "h3"', r"layout\[1\].when"),
        ('hosts = ["a"]\n[[layout]]\nwhen = "p"\nexprt = "h3"', r"layout\[1\].exprt"),
    ],
)
def test_a_bad_rule_names_the_key(text, said):
    with pytest.raises(ConfigError, match=said):
        read_site(text, "blog.toml")


def test_the_first_layout_that_matches_the_page_is_chosen():
    sites = (read_site(RULE, "blog.toml"),)
    chosen = pick_layout(page_of("<main><div class=post><h3>A</h3></div></main>"), sites)
    assert chosen is not None
    assert (chosen.layout.expert, chosen.root.get("class")) == ("h3", "post")
    assert pick_layout(page_of("<p>nothing of it</p>"), sites) is None
    assert pick_layout(page_of("<main>", url="https://other.example/"), sites) is None


def test_every_shipped_rule_reads_and_lists_its_pages():
    assert all(site.hosts and site.layouts for site in shipped_sites())


PAGE = (
    "<h1>Best tips</h1><main><div class=post><p>We asked three people.</p><p class=share>Tell your friends</p>"
    + "".join(
        f"<h3>{name}</h3><p>{'My own long answer about gardens and what I would plant there this year. ' * 3}</p>"
        for name in ("The Shed", "Ann Lee, Editor, Foo", "Bo Ek")
    )
    + "</div></main>"
)


def test_a_rule_says_what_a_byline_is_and_the_general_way_is_held_against_it():
    reading = read(Bundle(Capture("https://blog.example/tips/", PAGE.encode())), sites=[read_site(RULE, "blog.toml")])
    parsed = reading.parsed
    assert [s.expert.name for s in parsed.roundup.statements] == ["The Shed", "Ann Lee", "Bo Ek"]
    assert ("site/blog.example", "Tell your friends") in [(d.rule, d.text) for d in parsed.dropped]
    assert any("only the rule: The Shed" in note for note in parsed.notes)


def test_too_few_statements_mean_that_the_layout_has_changed():
    page = Capture("https://blog.example/tips/", b"<main><div class=post><h3>Ann Lee</h3><p>Words.</p></div></main>")
    with pytest.raises(LayoutChanged, match="finds 1 statements, expected 3 to 80"):
        read(Bundle(page), sites=[read_site(RULE, "blog.toml")])


def test_a_rule_ties_statements_to_the_questions_above_them():
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
