"""Who speaks in a text, and how an editor says that people were asked."""

from __future__ import annotations

import pytest

from parsers import Capture, Expert
from parsers.blocks import Blocks
from parsers.blocks.cues import counts, says
from parsers.page import open_page
from parsers.questions import find_questions
from parsers.voices import first_person, is_about

MIRA = Expert("Mira Okafor")


@pytest.mark.parametrize(
    "text",
    [
        "I would plant oaks.",
        "Will it last? I doubt it.",
        "Mira, you asked me, and I say no.",  # addressed
        "Hers is the best hedge in the county.",
    ],
)
def test_not_about(text: str) -> None:
    assert not is_about(MIRA, text)


@pytest.mark.parametrize(
    "text",
    ["Mira joined us in May.", "Mira’s hedges are famous.", "She leads the nursery.", "is a hedger.", "Dr Okafor lays hedges."],
)
def test_about(text: str) -> None:
    """Named at the beginning, by pronoun, or gone on from the name."""
    assert is_about(MIRA, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("hu", "Tavaly hármat ültettünk."),
        ("id", "Menurut saya hujan itu penting."),
        ("vi", "Tôi trồng ba cây sồi."),
        ("hi", "हमने तीन पेड़ लगाए।"),
        ("fa", "به نظر من باران مهم است."),
        ("ca", "Crec que plourà."),
        ("hr", "Sadimo hrastove."),
        ("pl", "Posadziłem trzy dęby."),
        ("tr", "Her yıl meşe dikiyoruz."),
        ("ja", "雨が大切だと思います。"),
        ("it", "Piantiamo querce."),
    ],
)
def test_first_person(language: str, text: str) -> None:
    """A verb's ending says who speaks, where the pronoun is left out."""
    assert first_person(language).search(text)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "The item was drunk."), ("hr", "Hrast je visok."), ("hu", "A tölgy magas.")]
)
def test_no_first_person(language: str, text: str) -> None:
    """Endings of one language prove nothing in another."""
    assert not first_person(language).search(text)


@pytest.mark.parametrize(
    "text",
    [
        "We rang four growers.",
        "Four readers wrote in.",
        "Vier Gärtner haben uns geschrieben.",
        "Kami bertanya kepada empat pakar.",
        "Chúng tôi hỏi bốn chuyên gia.",
        "از چهار کارشناس پرسیدیم.",
        "Ho hem preguntat a quatre experts.",
        "Négy kertészt kérdeztünk.",
        "Vi frågade fyra odlare.",
        "四人に聞いてみました。",
    ],
)
def test_asked(text: str) -> None:
    assert says("asked", text)
    assert 4 in counts(text)


@pytest.mark.parametrize("text", ["In 2024 it rained.", "40% of it", "At 4.5 metres", "Page 4/12"])
def test_no_count(text: str) -> None:
    """Years, shares and measures count no people."""
    assert counts(text) == frozenset()


@pytest.mark.parametrize(
    ("title", "lede", "expected"),
    [
        ("Six growers answer: will it last?", "Will it last? We asked six growers.", "Will it last?"),
        ("Will it last? Six experts answer", "Rain again.", "Will it last?"),
        ("Will it last?", "Rain again.", "Will it last?"),
        ("Water or wine: will it last?", "Rain again.", "Water or wine: will it last?"),  # part of the question
    ],
)
def test_question_beside_other_words(title: str, lede: str, expected: str) -> None:
    """Who answers is no part of the question; a lede that repeats it bare is preferred."""
    page = open_page(Capture("https://b.example/", f"<p>{lede}</p>".encode(), headers=(("content-type", "text/html"),)))
    asked = find_questions(page, title, Blocks(lede=tuple(page.lines)))
    assert [question.text for question in asked.questions] == [expected]
