"""The parts of the block finder, each by small claims; and what must hold for any page."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parsers import Bundle, Capture, Expert, Position, parse
from parsers.blocks import Blocks, find_blocks
from parsers.blocks.align import aligned, split, weak_expert
from parsers.blocks.cues import asks_for, closes, says
from parsers.blocks.rows import core, rows_of
from parsers.blocks.template import asks
from parsers.page import open_page
from parsers.questions import find_questions, put


def blocks_of(body: str, kind: str = "text/html") -> Blocks:
    """Every line of a page, as if all of it were the post."""
    page = open_page(Capture("https://blog.example/", body.encode(), headers=(("content-type", f"{kind}; charset=utf-8"),)))
    return find_blocks(page, page.lines)


def said(body: str, kind: str = "text/html") -> list[tuple[str, str]]:
    return [(block.expert.name, " ".join(block.paragraphs)) for block in blocks_of(body, kind).blocks]


A = "The trees will be fine, and so shall we, if somebody remembers to water them in June."
B = "Nobody who has carried a ladder up that slope believes in machines any longer."
C = "We planted twelve, lost nine, and learned more from the nine than from the three."


@pytest.mark.parametrize(
    "body",
    [
        f"<h2>Soil</h2><p>{A}</p><h2>Water</h2><p>{B}</p><h2>Light</h2><p>{C}</p>",  # topics, not people
        f"<h2>1. Cordless drill</h2><p>{A}</p><h2>2. Garden hose</h2><p>{B}</p>",  # a list of things
        f"<p>{A}</p><p>{B}</p><p>{C}</p>",  # prose
        f"<p>“{A}” said Hannah Whitlock, a grower.</p><p>{B} Tobias Renwick, a cidermaker, disagrees.</p>",  # quoted in prose
        "<ul><li>Hannah Whitlock</li><li>Tobias Renwick</li><li>Priya Ramanathan</li></ul>",  # names that say nothing
        "<p></p>",
    ],
)
def test_nobody_speaks(body: str) -> None:
    """Headings that are no people, quotations in prose, and bare lists of names give no blocks."""
    assert said(body) == []


@pytest.mark.parametrize(
    "line",
    [
        "<h3>{}</h3><p>{}</p>",
        "<p><b>{}</b></p><p>{}</p>",
        "<p><b>{}:</b> {}</p>",
        "<p><b>{}</b>: {}</p>",
        "<p><strong>{}</strong> – {}</p>",
        "<li><a href='/x'>{}</a>: {}</li>",
        "<dt>{}</dt><dd>{}</dd>",
        "<tr><th>{}</th><td>{}</td></tr>",
        "<div><div>{}</div><div><p>{}</p></div></div>",
        '<p><span style="font-weight:bold">{}</span></p><p>{}</p>',
        "<h2>Water early – {}</h2><p>{}</p>",  # a headline in front
        "<h3>{}: “Water early”</h3><p>{}</p>",  # and behind
        "<h3>Water early (by {})</h3><p>{}</p>",
        "<p><b>{}</b> (<a href='/x'>@grower</a>)</p><p>{}</p>",
        "<p><em>{}, Gardener</em></p><p>{}</p>",
        "<p><font color='red'>{}, grower:</font> {}</p>",
        "<p><strong>{}</strong>, a gardener at Fen Nursery, says:</p><p>{}</p>",
        "<figure><img src='/x'><figcaption>{}, Gardener</figcaption></figure><h3>A headline</h3><p>{}</p>",
        "<h4>{}</h4><h5>Gardener, Fen Nursery</h5><p>{}</p>",
        "<tr><td>{}</td><td>Gardener</td><td>{}</td></tr>",
    ],
)
def test_byline_before(line: str) -> None:
    """One look, whatever it is, and the words that follow it."""
    people = [("Hannah Whitlock", A), ("Tobias Renwick", B), ("Priya Ramanathan", C)]
    rows = "".join(line.format(name, text) for name, text in people)
    wrap = {"<dt": "<dl>{}</dl>", "<tr": "<table>{}</table>", "<li": "<ul>{}</ul>"}.get(line[:3], "{}")
    assert said("<p>We asked three growers.</p>" + wrap.format(rows)) == people


@pytest.mark.parametrize(
    "line",
    [
        "<blockquote><p>{1}</p></blockquote><p>{0}, Grower</p>",
        "<p>{1}</p><p>— {0}</p>",
        "<p>{1} — {0}</p>",
        "<p>{1}</p><p><b>{0}, Grower</b></p><hr>",
        "<blockquote><p>{1}</p><cite>{0}</cite></blockquote>",
        "<figure><p>{1}</p><figcaption>{0}, Grower</figcaption></figure>",
        "<li>“{1}” – {0}, Grower</li>",
        "<blockquote>{1}</blockquote><h4>{0}</h4><p>Grower, Fen Nursery</p>",
        "<p>{1} ({0}, Gardener, Fen Nursery)</p>",
        "<p>{1}<br>{0}, Gardener</p>",
        "<p>{1}</p><p>– <a href='/x'>{0}</a></p>",
    ],
)
def test_byline_after(line: str) -> None:
    """Who ends a statement has said it."""
    people = [("Hannah Whitlock", A), ("Tobias Renwick", B), ("Priya Ramanathan", C)]
    body = "<p>We asked three growers:</p>" + "".join(line.format(name, text) for name, text in people)
    assert [(name, text.strip("“”")) for name, text in said(body)] == people


@pytest.mark.parametrize(
    ("name", "link", "org"),
    [
        ("Hannah Whitlock", "from", "Rootstock Weekly"),
        ("Jürgen Roth", "von", "Apfelzeit"),
        ("Jürgen Roth", "von", "apfelzeit-blog.de"),
        ("Camille Verdier", "de", "Verger Bleu"),
        ("Anna Berg", "hos", "Vinterbo"),
    ],
)
def test_a_small_word_leads_on_from_a_bold_name(name: str, link: str, org: str) -> None:
    """The style says where the name ends, so that "von" is no part of it."""
    others = ("Tobias Renwick", "Priya Ramanathan")
    body = "".join(
        f"<p><b>{who}</b> {link} <a href='/'>{org}</a>: {text}</p>"
        for who, text in zip((name, *others), (A, B, C), strict=True)
    )
    found = blocks_of(body).blocks
    assert [block.expert.name for block in found] == [name, *others]
    assert {block.expert.positions for block in found} == {(Position("", org),)}
    assert [" ".join(block.paragraphs) for block in found] == [A, B, C]


@pytest.mark.parametrize(
    ("verb", "role"),
    [
        ("says", "grower at Oakhurst Farm"),
        ("sagt", "Gründer der Halbe GmbH"),
        ("explique", "fondatrice de Verger Bleu"),
        ("explica", "Directora de Banco Ordesa"),
    ],
)
def test_a_verb_before_the_byline_behind(verb: str, role: str) -> None:
    """A paragraph that is a quotation, then who says so."""
    people = ("Hannah Whitlock", "Tobias Renwick", "Priya Ramanathan")
    body = "".join(f"<p>“{text}” {verb} <b>{who}</b>, {role}.</p>" for who, text in zip(people, (A, B, C), strict=True))
    assert [(name, text.strip("“”")) for name, text in said(body)] == list(zip(people, (A, B, C), strict=True))


def test_weak_names_are_believed_in_company() -> None:
    """A nickname, and a trade that no list holds, count where all the others look like them."""
    body = f"<p><b>Hannah&gt;&gt;</b> {A}</p><p><b>Tobias&gt;&gt;</b> {B}</p><p><b>Zbyk&gt;&gt;</b> {C}</p>"
    assert [name for name, _ in said(body)] == ["Hannah", "Tobias", "Zbyk"]
    found = blocks_of(
        f"<h3>Hannah Whitlock, Gardener, Fen Nursery</h3><p>{A}</p><h3>Tobias Renwick, Hedgelayer, Crooked Gate</h3><p>{B}</p>"
        f"<h3>Priya Ramanathan, Economist, Port Ellery University</h3><p>{C}</p>"
    )
    assert [block.expert.positions for block in found.blocks][1] == (Position("Hedgelayer", "Crooked Gate"),)


def test_a_language_that_no_lexicon_holds() -> None:
    """Where every line is a name and something unknown, the order says what it is; nothing is guessed where it stands alone."""
    people = [("Aino Korhonen, hattuntekijä, Kuusamon Paja", A), ("Eero Virtanen, lauttamies, Saaren Lautta", B)]
    people += [("Liisa Mäkelä, köydenpunoja, Rannan Köysi", C)]
    found = blocks_of("".join(f"<h3>{name}</h3><p>{text}</p>" for name, text in people))
    assert [block.expert.name for block in found.blocks] == ["Aino Korhonen", "Eero Virtanen", "Liisa Mäkelä"]
    assert [" ".join(block.paragraphs) for block in found.blocks] == [A, B, C]


@pytest.mark.parametrize(
    ("line", "stranger"),
    [
        ("<div><p><b>{}</b><br>{}<br>{}</p><p>{}</p></div>", ("Sefa Tuilagi", "Dark-sky campaigner", "Pacific Trust")),  # šef
        ("<p><b>{}</b>, {}, {}. {}</p>", ("DES MCARDLE", "Coxswain", "Quay Lifeboat")),  # "of the"
        ("<h3>{}, {}, {}</h3><p>{}</p>", ("Sefa Tuilagi", "lamplighter", "Quay Lane")),
    ],
)
def test_a_name_that_no_list_holds_is_one_where_all_else_is_built_alike(line: str, stranger: tuple[str, str, str]) -> None:
    """Nobody's words go to a neighbour because a name is a word in another language."""
    people = [("Hannah Whitlock", "Gardener", "Fen Nursery"), ("Tobias Renwick", "Farmer", "Crooked Gate"), stranger]
    people.append(("Priya Ramanathan", "Economist", "Port Ellery University"))
    texts = [A, B, C, A.replace("June", "May")]
    found = blocks_of("".join(line.format(*who, text) for who, text in zip(people, texts, strict=True)))
    assert [(block.expert.name, block.paragraphs) for block in found.blocks] == [
        (who[0], (text,)) for who, text in zip(people, texts, strict=True)
    ]


def test_a_style_of_its_own_says_where_an_unknown_name_ends() -> None:
    """Name and trade are run together but for their elements; the last neighbour's box holds no second person."""
    people = [("Hannah Whitlock", "Nurse", A), ("Tobias Renwick", "Baker", B), ("Priya Ramanathan", "Student", C)]
    people.append(("Old Tom Weathers", "Retired docker", A))
    body = "".join(f"<div><b>{who}</b><i>{role}</i><p>{text}</p></div>" for who, role, text in people)
    assert said(body) == [(who, text) for who, _, text in people]


def test_fields_below_a_name() -> None:
    """ "Title: ..." and "Company: ..." under a heading that is a name are its byline."""
    people = (("Hannah Whitlock", "Gardener", "Fen Nursery", A), ("Tobias Renwick", "Hedgelayer", "Crooked Gate", B))
    body = "".join(
        f"<h2>Expert #{n}: {who}</h2><ul><li><b>Title:</b> {role}</li><li><b>Company:</b> {org}</li></ul><p>{text}</p>"
        for n, (who, role, org, text) in enumerate(people, 1)
    )
    blocks = blocks_of(body).blocks
    assert [(b.expert.name, b.expert.positions, b.paragraphs) for b in blocks] == [
        (who, (Position(role, org),), (text,)) for who, role, org, text in people
    ]


def test_a_quotation_below_a_picture_is_no_caption() -> None:
    """A picture stands between one answer and the next; a short paragraph of a quotation is still said."""
    people = (
        ("Hannah Whitlock", "It rained until the end of May.", A),
        ("Tobias Renwick", "My answer is that we wait.", B),
        ("Priya Ramanathan", "Nobody asked the pickers about it.", C),
    )
    body = "".join(
        f"<blockquote><p>{short}</p><p>{text}</p></blockquote><p>– <i>{who}, grower</i></p><p><img src=x></p>"
        for who, short, text in people
    )
    assert said(body) == [(who, f"{short} {text}") for who, short, text in people]


def test_a_sentence_ends_as_its_script_ends_it() -> None:
    """A short paragraph under a name is no further line of the byline."""
    people = (("राकेश वर्मा, निदेशक", "पुल बनेगा पर चुनाव के बाद।"), ("सुनीता देवी, किसान", "स्कूल को शिक्षक चाहिए।"))
    body = "".join(f"<h3>{who}</h3><p>{text}</p><p>हमने तीन साल तक झील को नापा और वह हर साल घटी है।</p>" for who, text in people)
    assert [block.paragraphs[0] for block in blocks_of(body).blocks] == [text for _, text in people]


def test_a_counter_is_not_said() -> None:
    """ "1 / 4" over the picture of a gallery is the gallery's."""
    people = (("Hannah Whitlock", A), ("Tobias Renwick", B), ("Priya Ramanathan", C))
    body = "".join(f"<div><p>{n} / 3</p><h3>{who}</h3><p>{text}</p></div>" for n, (who, text) in enumerate(people, 1))
    assert said(body) == list(people)


@pytest.mark.parametrize(
    "entry", ["{}:00 – {}, Professor of Botany, Port Ellery University", "1{}.30 {}, Port Ellery University"]
)
def test_a_programme_is_no_roundup(entry: str) -> None:
    """Who stands behind a time of day will speak then."""
    people = enumerate((("Hannah Whitlock", A), ("Tobias Renwick", B), ("Priya Ramanathan", C)), 1)
    assert said("".join(f"<h3>{entry.format(n, who)}</h3><p>{text}</p>" for n, (who, text) in people)) == []


def test_a_label_among_bylines_is_nobody() -> None:
    """What is built like a byline and made of common words alone stays what it is."""
    body = "".join(
        f"<h3>{line}</h3><p>{text}</p>"
        for line, text in (
            ("Hannah Whitlock, Gardener, Fen Nursery", A),
            ("Tobias Renwick, Farmer, Crooked Gate", B),
            ("Final Thoughts, Briefly", C),
            ("Priya Ramanathan, Economist, Port Ellery University", C),
        )
    )
    assert [name for name, _ in said(body)] == ["Hannah Whitlock", "Tobias Renwick", "Priya Ramanathan"]


def test_a_full_stop_ends_what_stands_behind_a_bold_name() -> None:
    """The name alone is bold, and its role and organisation end in a full stop before the text."""
    people = [("Hannah Whitlock", "Master Gardener", "Fen Nursery"), ("Tobias Renwick", "Farmer", "Crooked Gate")]
    body = "".join(f"<p><b>{who}</b>, {role}, {org}. {A}</p><p>{B}</p>" for who, role, org in people)
    blocks = blocks_of(body).blocks
    assert [(b.expert.name, b.expert.positions, b.paragraphs) for b in blocks] == [
        (who, (Position(role, org),), (A, B)) for who, role, org in people
    ]
    prose = f"<p><b>Hannah Whitlock</b>, who grows pears, has a word of warning. {A}</p>"
    assert [block.paragraphs[0][:5] for block in blocks_of(prose + body).blocks][-2:] == [A[:5], A[:5]]


def test_two_dashes_around_a_position() -> None:
    """ "**Name** – role, organisation – text": the second dash ends the byline; a dash inside the text does not."""
    people = [("Hannah Whitlock", "Gardener", "Fen Nursery", A), ("Tobias Renwick", "Farmer", "Crooked Gate", B)]
    body = "".join(f"<p><b>{who}</b> – <i>{role}, {org}</i> – “{text}”</p>" for who, role, org, text in people)
    assert [(b.expert.positions, b.paragraphs) for b in blocks_of(body).blocks] == [
        ((Position(role, org),), (f"“{text}”",)) for _, role, org, text in people
    ]
    dashed = "".join(f"<p><b>{who}</b> – It may rain – or snow. {text}</p>" for who, _, _, text in people)
    assert said(dashed) == [(who, f"It may rain – or snow. {text}") for who, _, _, text in people]


def test_a_work_below_the_name_is_no_organisation() -> None:
    """What a critic picks stands under her name, and is hers."""
    people = (("Hannah Whitlock", "Low Tide", A), ("Tobias Renwick", "Salt Year", B), ("Priya Ramanathan", "Nine Doors", C))
    body = "".join(f"<h3>{who}</h3><p><b>{work} by The Small Hours</b></p><p>{text}</p>" for who, work, text in people)
    assert said(body) == [(who, f"{work} by The Small Hours {text}") for who, work, text in people]


def test_a_role_above_the_name() -> None:
    """A line over each name that says what somebody is belongs to the byline, and to nobody's words."""
    people = [("Economist", "Hannah Whitlock", "Larch Capital"), ("Broker", "Tobias Renwick", "Crooked Gate")]
    people.append(("Professor", "Priya Ramanathan", "Port Ellery University"))
    body = "".join(
        f"<div><p>{role}</p><h3>{who}</h3><p>{org}</p><p>{text}</p></div>"
        for (role, who, org), text in zip(people, (A, B, C), strict=True)
    )
    blocks = blocks_of(body).blocks
    assert [(b.expert.name, b.expert.positions) for b in blocks] == [(who, (Position(role, org),)) for role, who, org in people]
    assert [b.paragraphs for b in blocks] == [(A,), (B,), (C,)]


def test_a_verdict_before_the_answer_is_said() -> None:
    """An italic line under the name is a bio where it tells of the person, and an answer where it is one."""
    people = (("Hannah Whitlock", "No.", A), ("Tobias Renwick", "Yes, 80 percent.", B), ("Priya Ramanathan", "Hardly.", C))
    body = "".join(f"<h3>{who}</h3><p><i>{verdict}</i></p><p>{text}</p>" for who, verdict, text in people)
    assert said(body) == [(who, f"{verdict} {text}") for who, verdict, text in people]
    bios = body.replace("No.", "A grower of pears.").replace("Hardly.", "Economist in Port Ellery.")
    assert said(bios) == [(who, text) for who, _, text in people]


def test_sentences_about_people_are_not_their_bylines() -> None:
    """Where a heading names somebody and a bio closes the text, the heading is the byline, in any language."""
    people = (
        ("Karin Öst", "är professor i botanik", A),
        ("Lars Hed", "driver en såg", B),
        ("Pontus Wik", "arbetar i skogen", C),
    )
    body = "".join(f"<h2>{who}</h2><p>{text}</p><p><i>{who} {bio}.</i></p>" for who, bio, text in people)
    assert said(body) == [(who, text) for who, _, text in people]
    assert all(not block.expert.positions for block in blocks_of(body).blocks)


def test_a_pulled_quotation_is_said_once() -> None:
    """A line in a box that repeats the text beside it is the layout's; a line that the speaker repeats is hers."""
    pulled = "<div class=pull><p>“Nobody who has carried a ladder up that slope”</p></div>"
    people = (("Hannah Whitlock", A, "", C), ("Tobias Renwick", B, pulled, A), ("Priya Ramanathan", C, "", B))
    body = "".join(f"<h3>{who}</h3><p>{text}</p>{box}<p>{more}</p>" for who, text, box, more in people)
    assert said(body) == [(who, f"{text} {more}") for who, text, _, more in people]


def test_a_quotation_closes_no_byline() -> None:
    """A guillemet that closes a name in quotation marks is no arrow."""
    body = "".join(
        f"<p><b>{name}, архитектор, бюро «Северный фасад»</b></p><p>{text}</p>"
        for name, text in (("Вера Сухомлинова", A), ("Глеб Воротынцев", B))
    )
    assert [block.expert.positions[0].affiliation for block in blocks_of(body).blocks] == ["бюро «Северный фасад»"] * 2


def test_what_is_not_said() -> None:
    """Captions, bios in the same place of every block, and the editor's last words stay outside the statements."""
    body = "".join(
        f"<h3>{name}</h3><figure><img src=x><figcaption>Photo: {name}</figcaption></figure><p>{text}</p><p><i>{name} grows pears.</i></p>"
        for name, text in (("Hannah Whitlock", A), ("Tobias Renwick", B), ("Priya Ramanathan", C))
    )
    found = blocks_of(body + "<p>What do you think? Tell us in the comments.</p>")
    assert [block.paragraphs for block in found.blocks] == [(A,), (B,), (C,)]
    assert [len(block.captions) for block in found.blocks] == [1, 1, 1]
    assert [len(block.asides) for block in found.blocks] == [1, 1, 1]
    assert [line.text for line in found.rest] == ["What do you think? Tell us in the comments."]


def test_groups_are_not_people() -> None:
    """A heading over several people opens what follows and belongs to nobody's words."""
    body = (
        f"<h2>Growers</h2><h3>Hannah Whitlock</h3><p>{A}</p><h3>Tobias Renwick</h3><p>{B}</p>"
        f"<h2>Counters</h2><h3>Priya Ramanathan</h3><p>{C}</p><h2>Conclusion</h2><p>{A}</p>"
    )
    assert said(body) == [("Hannah Whitlock", A), ("Tobias Renwick", B), ("Priya Ramanathan", C)]


def test_questions_tie_their_answers() -> None:
    """Each answer knows its question; the interviewer is none of the experts."""
    body = (
        f"<p><b>Mira:</b> What did you plant?</p><p><b>Hannah:</b> {A}</p><p><b>Tobias:</b> {B}</p>"
        f"<p><b>Mira:</b> And what did you lose?</p><p><b>Hannah:</b> {C}</p><p><b>Tobias:</b> {A}</p>"
    )
    page = open_page(Capture("https://blog.example/", body.encode()))
    blocks = find_blocks(page, page.lines)
    asked = find_questions(page, "Two growers", blocks)
    assert [question.text for question in asked.questions] == ["What did you plant?", "And what did you lose?"]
    assert [(b.expert.name, key) for b, key in zip(blocks.blocks, asked.ties, strict=True)] == [
        ("Hannah", "q1"),
        ("Tobias", "q1"),
        ("Hannah", "q2"),
        ("Tobias", "q2"),
    ]


@pytest.mark.parametrize(
    ("title", "lede", "question", "source"),
    [
        ("Will orchards last?", "", "Will orchards last?", "title"),
        ("Of orchards", "", "Of orchards", "title"),  # nobody asks: the title stands in
        ("Of orchards", "Frost came late. Will orchards last? We shall see.", "Will orchards last?", "lede"),
        ("Of orchards", "We asked three growers how they mean to get through the frost.", None, "lede"),
        ("Will orchards last?", "This week's question: Will orchards last?", "Will orchards last?", "title"),
        ("Of orchards", "We asked them: “Will orchards last for ever?”", "Will orchards last for ever?", "lede"),
        (
            "What breaks first?",
            "We asked: What breaks first when the frost is late?",
            "What breaks first when the frost is late?",
            "lede",
        ),
        (
            "إلى أين تتجه الأسعار؟",
            "سألنا أربعة خبراء: إلى أين تتجه الأسعار؟",
            "إلى أين تتجه الأسعار؟",
            "title",
        ),  # a mark of its own
        ("Πού πάνε τα επιτόκια;", "Ρωτήσαμε τέσσερις: πού πάνε τα επιτόκια;", "Πού πάνε τα επιτόκια;", "title"),
        ("識者に聞く「書店は残せるか」", "書店は残せるか。四人の識者に聞いた。", "書店は残せるか。", "lede"),  # none at all
        (
            "Will orchards last?",
            "Frost came late. Who is to blame? We rang three growers.",
            "Will orchards last?",
            "title",
        ),  # musing
        (
            "Second frost of spring: will orchards last?",
            "Looking back from the first frost, do you think that most orchards of the valley can last another spring, and why? Read on.",
            "Looking back from the first frost, do you think that most orchards of the valley can last another spring, and why?",
            "lede",
        ),  # what the title asks, at length
        ("Will orchards last? Two growers answer", "We spoke to each of them in May.", "Will orchards last?", "title"),
        ("Will orchards last?", "We asked: what would you plant instead?", "what would you plant instead?", "lede"),
        ("Of orchards", "Is there a spring without frost? I wrote to growers and asked what they would plant.", None, "lede"),
        ("Sind Obstwiesen zu retten?", "Wir sprachen mit drei Bauern, die viel wissen.", "Sind Obstwiesen zu retten?", "title"),
        ("O sadach", "Chcieliśmy się dowiedzieć od sadowników, co by posadzili.", None, "lede"),
    ],
)
def test_question(title: str, lede: str, question: str | None, source: str) -> None:
    """From the lede where it asks, else from the title."""
    body = f"<p>{html.escape(lede)}</p><h3>Hannah Whitlock</h3><p>{A}</p><h3>Tobias Renwick</h3><p>{B}</p>"
    page = open_page(Capture("https://blog.example/", body.encode()))
    asked = find_questions(page, title, find_blocks(page, page.lines))
    assert (asked.questions[0].text, asked.questions[0].source) == (question or put(lede)[-1], source)
    assert set(asked.ties) == {""}


def test_a_question_that_is_quoted_stays_whole() -> None:
    """What a reader tells before asking is part of the question, where the editor quotes both."""
    asked = "My hedge leans over the lane. Must I cut it?"
    page = open_page(
        Capture(
            "https://blog.example/",
            f"<blockquote><p>{asked}</p></blockquote><h3>Hannah Whitlock</h3><p>{A}</p><h3>Tobias Renwick</h3><p>{B}</p>".encode(),
        )
    )
    assert find_questions(page, "From the postbag", find_blocks(page, page.lines)).questions[0].text == asked


def test_aligned() -> None:
    """What no lexicon knows is read as its neighbours are printed; what is alone stays empty."""
    raws = ["Ann Lee, Editor, The Fen", "Bob Roy, Reeve, Wold Estate", "Cy Dunn, Owner, Cy's"]
    known = [
        Expert("Ann Lee", positions=(Position("Editor", "The Fen"),)),
        Expert("Bob Roy"),
        Expert("Cy Dunn", positions=(Position("Owner", "Cy's"),)),
    ]
    assert aligned(known, raws)[1].positions == (Position("Reeve", "Wold Estate"),)
    assert aligned([Expert("Bob Roy")], ["Bob Roy, Reeve"]) == [Expert("Bob Roy")]


def test_small_tools() -> None:
    assert split("Ann LeeSenior Baker, Fen Mill") == ("Ann Lee", "Senior Baker, Fen Mill")
    assert weak_expert("all about pears", single=True) is None
    assert asks("Is it?”") and not asks("It is.")
    assert put("Will it last? And why?") == ["Will it last? And why?"]
    assert says("asked", "Nous avons demandé à quatre boulangers") and not says("asked", "They baked.")
    assert asks_for("Pytaliśmy ogrodników, co sadzą") and not asks_for("We asked four of them")
    assert not asks_for("We spoke to a dozen of them")  # "of" opens a question in Dutch
    assert closes("（责任编辑：吴静）") and not closes("（我在农村长大。）")
    assert closes("Was meinen Sie?") and not closes("Ich meine, dass es geht.")


def test_a_dump_is_read_where_its_prose_is() -> None:
    """Menus around the post of a text dump are outside."""
    menu = "\n\n".join(["Home", "About", "Contact", "Search", "Shop"] * 3)
    text = f"{menu}\n\nHannah Whitlock, Grower\n\n{A}\n\nTobias Renwick, Grower\n\n{B}\n\n{menu}"
    page = open_page(Capture("https://blog.example/", text.encode(), headers=(("content-type", "text/plain"),)))
    rows = rows_of(page, page.lines)
    inside = core(rows)
    assert len(inside) < 12 < len(rows)
    assert [block.expert.name for block in find_blocks(page, page.lines).blocks] == ["Hannah Whitlock", "Tobias Renwick"]


def test_signals() -> None:
    """Three people under headings of their own, after "we asked": sure of itself on every count."""
    body = "<p>We asked three growers.</p>" + "".join(
        f"<h3>{name}</h3><p>{text}</p>"
        for name, text in (("Hannah Whitlock", A), ("Tobias Renwick", B), ("Priya Ramanathan", C))
    )
    signals = blocks_of(body).signals
    assert (signals.precision, signals.strong, signals.dense, signals.cue, signals.marked) == (1.0, 1.0, 1.0, 1.0, 1.0)
    assert 0.8 < signals.even <= 1.0
    assert blocks_of("<p>Nothing.</p>").signals.precision == 0.0


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<b>", "</b>", "<h3>", "</h3>", "<li>", "<ul>", "</ul>", "<br>", "<hr>", "<blockquote>", "</blockquote>",
        "<td>", "<tr>", "<table>", "</table>", "<div>", "</div>", "<i>", "</i>", "<img>", "— ", ": ", "Hannah Whitlock", "Tobias Renwick",
        "Priya Ramanathan, Economist, Port Ellery University", "What comes next?", "Mira:", A, B, C, "Photo: me", "1. ", "»", "专家：", "\n",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60), st.booleans())
@example(["<ul>", "Hannah Whitlock", "<ul>", "Hannah Whitlock", "<p>", "What comes next?"], False)  # a list in a list is no box
@settings(max_examples=150, deadline=None)
def test_any_soup(pieces: list[str], plain: bool) -> None:
    """Whatever the page: each line is in one place, and no word of a statement is made up."""
    body = "x" + "".join(pieces)
    if plain:
        body = re.sub(r"<[^>]*>", "\n\n", body)
    page = open_page(
        Capture("https://blog.example/", body.encode(), headers=(("content-type", "text/plain" if plain else "text/html"),))
    )
    found = find_blocks(page, page.lines)
    spans = [(line.t0, line.t1) for line in (*found.lede, *found.rest)]
    for block in found.blocks:
        spans += [
            *block.byline_spans,
            *block.statement_spans,
            *block.heading_spans,
            *block.captions,
            *block.asides,
            *block.leads,
        ]
        whole = " ".join(page.text_between(*span) for span in block.statement_spans)
        assert all(paragraph in whole for paragraph in block.paragraphs)
    assert len({block.byline_spans for block in found.blocks if block.byline_spans}) == sum(
        bool(block.byline_spans) for block in found.blocks
    )
    pieces_taken = [t for t0, t1 in spans for t in range(t0, t1)]
    assert len(pieces_taken) == len(set(pieces_taken))
    assert len(pieces_taken) == len(page.texts)
    assert len(find_questions(page, "t", found).ties) == len(found.blocks)


@pytest.mark.parametrize(
    "form",
    ["<h4><strong>{0}</strong><br>{1}</h4>", "<h4>{0}<br>{1}</h4>", "<h4>{0}<br><em>{1}</em></h4>", "<h3>{0}</h3><h4>{1}</h4>"],
)
def test_a_heading_may_hold_the_role_behind_a_break(form: str) -> None:
    """A role on the heading's second line carries on the byline: no heading of its own, and no stranger."""
    people = (
        ("Ann Lee", "Head Gardener, Foo Park"),
        ("Bo Ek", "Lecturer, Bar University"),
        ("Cy Hall", "Writer"),
        ("Dora Moor", "Botanist, Baz Institute"),
    )
    said = "I think that we will see my own plots dry out sooner than before, and plant other things. "
    page = "<p>We asked four gardeners.</p>" + "".join(form.format(*person) + f"<p>{said * 3}</p>" for person in people)
    parsed = parse(Bundle(Capture("https://blog.example/x/", page.encode())))
    assert [
        f"{s.expert.name}, {', '.join(filter(None, (p.role, p.affiliation)))}"
        for s in parsed.roundup.statements
        for p in s.expert.positions
    ] == [f"{name}, {role}" for name, role in people]


def test_what_is_told_about_people_is_not_for_a_person_to_look_at() -> None:
    """Clean blocks, roles and all: still no page on which anybody speaks."""
    people = ("Hannah Whitlock", "Tobias Renwick", "Priya Ramanathan", "Agnes Moorcroft", "Leon Abiola")
    body = "".join(
        f"<h3>{who}</h3><p><i>Founder, Fen Nursery</i></p><p>{who.split()[0]} planted the first row in 2019 and now sells "
        f"to forty shops. The jury admired how {who.split()[0]} turned down two offers.</p>"
        for who in people
    )
    page = f"<title>Five to watch</title><h1>Five to watch</h1><p>Our jury picks some people every spring.</p>{body}"
    verdict = parse(Bundle(Capture("https://blog.example/five/", page.encode()))).verdict
    assert verdict.kind == "not_roundup"
