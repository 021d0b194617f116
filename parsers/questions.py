"""What was asked: from headings where several questions are put, else from title or lede; the title as fallback. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .blocks import Blocks
from .cues import says
from .model import Question
from .page import BOLD, ITALIC, QUOTE, Line, Page
from .template import asks

_SENTENCE = re.compile(r"(?<=[.!?。！？…])[\"'”’»)」』]*\s+(?=[\"'“‘«„¿¡(「『]*[^\W\d_a-z])|(?<=[。！？])(?=\S)")
_LABEL = re.compile(
    r"^(?:q|question|frage|pregunta|domanda|pergunta|vraag|pytanie|вопрос|pitanje|soru)\s?\d{0,2}\s?[:.)]\s+|^\d{1,2}\s?[.)]\s+",
    re.IGNORECASE,
)
#: lines of the lede, from its end, that are looked at
MOST_LINES = 12


class Asked(NamedTuple):
    """The questions of a post, and beside its blocks the key of the one that each answers."""

    questions: tuple[Question, ...]
    ties: tuple[str, ...]


def find_questions(page: Page, title: str, blocks: Blocks) -> Asked:
    """The question or questions; `ties` is beside `blocks.blocks`, empty strings where there is only one question."""
    printed = list(dict.fromkeys(block.question for block in blocks.blocks if block.question))
    if len(printed) > 1:
        keys = {text: f"q{n}" for n, text in enumerate(printed, 1)}
        questions = tuple(Question(key, _bare(text), "heading") for text, key in keys.items())
        return Asked(questions, tuple(keys.get(block.question, "") for block in blocks.blocks))
    if printed:
        question = Question("q1", _bare(printed[0]), "heading")
    elif asks(title):
        question = Question("q1", title, "title")
    else:
        text = _from_lede(page, blocks.lede) if blocks.blocks else ""
        question = Question("q1", text, "lede") if text else Question("q1", title, "title")
    return Asked((question,), ("",) * len(blocks.blocks))


def _bare(text: str) -> str:
    """A question without number and label.

    >>> _bare("2. What would you plant?")
    'What would you plant?'
    """
    return _LABEL.sub("", text)


def _from_lede(page: Page, lede: Sequence[Line]) -> str:
    """The best sentence: one that asks, the better for its style, the nearer to the answers and after "we asked"."""
    best, found = 0.0, ""
    lines = [line for line in lede[-MOST_LINES:] if len(line.text) < 3000]
    for place, line in enumerate(lines):
        styled = bool(line.el.marks & QUOTE) or all(page.homes[t].marks & (BOLD | ITALIC) for t in range(line.t0, line.t1))
        for sentence in sentences(line.text):
            worth = 2.0 * asks(sentence) + 1.6 * says("asked", sentence) + 1.0 * says("answers", sentence)
            if not worth or len(sentence) < 8:
                continue
            worth += styled + 0.5 * (place + 1) / len(lines)
            if worth >= best and worth >= 1.4:
                best, found = worth, sentence
    return found


def sentences(text: str) -> list[str]:
    """A paragraph's sentences, as printed.

    >>> sentences("We asked four growers. Will it last? They said yes.")
    ['We asked four growers.', 'Will it last?', 'They said yes.']
    """
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]
