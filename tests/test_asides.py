"""What stands among the lines of a statement and is nobody's words, and where the last statement ends."""

from __future__ import annotations

import pytest

from parsers import Capture
from parsers.blocks import Blocks, find_blocks
from parsers.blocks.cues import is_note, says
from parsers.blocks.template import asks
from parsers.page import open_page

NAMES = ("Hannah Whitlock", "Tobias Renwick", "Priya Ramanathan")
A = "The trees will be fine, and so shall we, if somebody remembers to water them in June."
B = "Nobody who has carried a ladder up that slope believes in machines any longer."
C = "We planted twelve, lost nine, and learned more from the nine than from the three."
ENDS = ("I would do it again.", "Ask me in a wet year.", "Then we had lunch.")
WHOLE = list(zip((A, B, C), ENDS, strict=True))


def blocks_of(body: str) -> Blocks:
    page = open_page(Capture("https://blog.example/", body.encode(), headers=(("content-type", "text/html; charset=utf-8"),)))
    return find_blocks(page, page.lines)


def said(extra: tuple[str, str, str], *, between: bool = False, behind: str = "") -> list[tuple[str, ...]]:
    """The paragraphs of three statements, each of two, with something put between or after these."""
    body = "<p>We asked three growers.</p>"
    for name, (text, end), box in zip(NAMES, WHOLE, extra, strict=True):
        body += f"<h3>{name}</h3><p>{text}</p>" + (f"{box}<p>{end}</p>" if between else f"<p>{end}</p>{box}")
    return [block.paragraphs for block in blocks_of(body + behind).blocks]


CALLOUT = '<div class="x1"><span>💡</span><div><b>Remember:</b> {}.</div></div>'


@pytest.mark.parametrize("between", [False, True])
@pytest.mark.parametrize(
    "extra",
    [
        ("", "", ""),
        (CALLOUT.format("one word"), CALLOUT.format("two more words"), CALLOUT.format("and a third")),  # like boxes in each
        ('<div class="x2"><a href="/">Get the planting plan</a></div>', "", ""),  # nothing but a link
        ("", "<div><p>Letters from the orchard, once a month.</p><form><input><button>Yes</button></form></div>", ""),
        ("", "<aside><p>Somebody remembers to water them in June.</p></aside>", ""),
        ("", "<p>[Editor's note: he has moved since.]</p>", ""),
        ("", f'<blockquote class="big">{B[:47]}</blockquote>', ""),  # a line pulled from what is said
        ("", f"<figure><blockquote><p>{B}</p><cite>{NAMES[1]}</cite></blockquote></figure>", ""),
        ("", "<p><img src=x><br><em>The lower orchard in March</em></p>", ""),
        ("", f"<p><i>{NAMES[1]} grows pears on the east slope.</i></p>", ""),  # about who speaks
        ("", "", f"<p>{NAMES[2]} is an economist. Her book is out in May.</p>"),
        ('<div class="x2"><p>Do you like this?</p><a href="/">Get the letter</a></div>', "", ""),
        ("", "<p>Do you agree? Tell us in the comments.</p>", ""),
    ],
)
def test_boxes(extra: tuple[str, str, str], between: bool) -> None:
    """What the page's maker has put between a statement's lines is no part of it, wherever it stands."""
    assert said(extra, between=between) == WHOLE


@pytest.mark.parametrize(
    "extra",
    [
        ('<p><a href="/a">Read the whole answer</a></p>', "", ""),
        ("", '<p>See also: <a href="/b">How we lost the plums</a></p>', ""),
        ("", "", '<p><a href="#top">Back to top ↑</a></p>'),
    ],
)
def test_pointers(extra: tuple[str, str, str]) -> None:
    """A bare link behind a statement leads elsewhere."""
    assert said(extra) == WHOLE


@pytest.mark.parametrize(
    "own",
    [
        '<div class="x3"><pre>prune --hard</pre></div>',  # code in a frame
        "<ul><li>a saw</li><li>a rope</li></ul>",
        '<div class="x3"><p>'
        + "It takes years, and it takes friends, and it takes a hill that nobody else wants. " * 3
        + "</p></div>",
        '<p>Ask <a href="/a">Fen Nursery</a>.</p>',
    ],
)
def test_what_is_said_in_another_form_stays(own: str) -> None:
    """A list, code, a long paragraph in a frame, a sentence with a link are the speaker's."""
    assert [len(paragraphs) for paragraphs in said((own, own, own), between=True)] == [3 + ("<ul>" in own)] * 3


def test_paragraphs_that_are_all_boxes() -> None:
    """Where each paragraph stands in an element of its own, none of these is a box."""
    body = "".join(
        f'<h3>{name}</h3><div class="p">{text}</div><div class="p">{end}</div>'
        for name, (text, end) in zip(NAMES, WHOLE, strict=True)
    )
    assert [block.paragraphs for block in blocks_of(body).blocks] == WHOLE


@pytest.mark.parametrize(
    "behind",
    [
        "<p>As you can see, nobody does it alone.</p>",
        "<p>Three answers, and no two of them alike.</p>",
        "<p>Would you like to be featured? Write to us.</p>",
        "<p>Next month we call on the beekeepers.</p><p>The answers have been edited for length.</p>",
        '<p class="fine">Fen Nursery gave us tea.</p>',  # of a class that no other paragraph has
        "<p><small>Fen Nursery gave us tea.</small></p>",
        "<div><h5>Fen Miller</h5><p>Fen edits this page and keeps two goats.</p></div>",  # a box, where no other statement has one
        "<p>So verschieden die Antworten sind, alle loben den Regen.</p>",
        "<p>Tous s'accordent sur un point : il faut de l'eau.</p>",
    ],
)
def test_the_last_statement_ends(behind: str) -> None:
    """Before what only an editor says, though no heading and no rule parts them."""
    assert said(("", "", ""), behind=behind) == WHOLE


def test_the_last_statement_goes_on() -> None:
    """A last paragraph that counts, or speaks of a team, may be the speaker's."""
    more = "Three things matter, and my team knows them."
    assert said(("", "", ""), behind=f"<p>{more}</p>") == [*WHOLE[:2], (*WHOLE[2], more)]


def test_a_heading_that_links_to_itself() -> None:
    """The sign of that link is no part of the byline, nor of a question."""
    body = "".join(
        f'<h3>{name}, grower, Fen Nursery <a href="#{n}">#</a></h3><p>{text}</p>'
        for n, (name, (text, _)) in enumerate(zip(NAMES, WHOLE, strict=True))
    )
    assert [block.expert.positions[0].affiliation for block in blocks_of(body).blocks] == ["Fen Nursery"] * 3
    assert asks("What would you plant?#") and asks("What would you plant? ¶")


def test_about_the_last_speaker() -> None:
    """Where a byline ends its statement, a note on that person stands at the head of the next statement, and is no part of it."""
    body = "<p>We asked three growers.</p>" + "".join(
        f"<p>{text}</p><p>{end}</p><p>— {name}, grower</p><p>About {name.split()[0]}: {name} has {n} trees.</p>"
        for n, (name, (text, end)) in enumerate(zip(NAMES, WHOLE, strict=True), 7)
    )
    assert [block.paragraphs for block in blocks_of(body).blocks] == WHOLE


def test_a_report_is_not_about_who_speaks() -> None:
    """Where the editor tells of a person all along, what begins with the name is part of it."""
    body = "".join(
        f"<h3>{name}, grower</h3><p>{name} says that {text.lower()}</p><p>{name} {verb} nothing to this.</p>"
        for name, text, verb in zip(NAMES, (A, B, C), ("adds", "will add", "has added"), strict=True)
    )
    assert [len(block.paragraphs) for block in blocks_of(body).blocks] == [2, 2, 2]


def test_a_heading_inside_a_card_is_said() -> None:
    """Where each person has a box, a heading between paragraphs of theirs belongs to what they say."""
    body = "".join(
        f"<section><h3>{name}</h3><p>{text}</p><h4>Why</h4><p>{end}</p></section>"
        for name, (text, end) in zip(NAMES, WHOLE, strict=True)
    )
    assert [block.paragraphs for block in blocks_of(body).blocks] == [(text, "Why", end) for text, end in WHOLE]


def test_names_that_only_their_company_tells() -> None:
    """Four bold lines of one look, with a mark of their own script behind the name: nobody knows these trades, and all four speak."""
    lines = ("秦望舒，箍桶匠", "郝小满，打更人", "骆一鸣，养蜂人", "邬晓舟，摆渡人")
    texts = (
        "雨停了我才去看，看了也没有用。",
        "我父亲说，水退了再说别的事情。",
        "先把门口的沟挖开，别的以后再讲。",
        "船比房子好，船会自己走。",
    )
    body = "<p>我们问了四位邻居。</p>" + "".join(
        f"<p><b>{line}</b></p><p>{text}</p>" for line, text in zip(lines, texts, strict=True)
    )
    assert [block.expert.name for block in blocks_of(body).blocks] == ["秦望舒", "郝小满", "骆一鸣", "邬晓舟"]


def test_phrases() -> None:
    assert is_note("[Anm. d. Red.: sie zog später um.]") and not is_note("Notes from my garden")
    assert says("outro", "In einem sind sich alle einig.") and not says("outro", "Ich bin mir einig.")
