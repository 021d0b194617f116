"""What was asked: from headings where several questions are put, else from title or lede; the title as fallback. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .blocks import Blocks
from .blocks.cues import asks_for, counts, says
from .blocks.template import asks
from .model import Question
from .page import BOLD, ITALIC, QUOTE, Line, Page
from .wordcount import count_words

_SENTENCE = re.compile(
    r"(?:(?<=[.!?。！？…؟।])|(?<=[\u0370-\u03ff]);)[\"'”’»)」』]*\s+(?=[\"'“‘«„¿¡(「『]*[^\W\d_a-z])|(?<=[。！？])(?=\S)"
    r"|(?<=[?!])\s+(?=\d)"
)
_LABEL = re.compile(
    r"^(?:q|question|frage|pregunta|domanda|pergunta|vraag|pytanie|вопрос|pitanje|soru)\s?\d{0,2}\s?[:.)]\s+|^\d{1,2}\s?[.)]\s+"
    r"|^(?:moderator|moderatorin|interviewer|host|editor|redaktion|rédaction|redacción|redazione|redação|redactie|redakcja|ведущий)\s?[:>]+\s*",
    re.IGNORECASE,
)
_ASKER = re.compile(r"[^:：>?？]{2,40}(?:[:：]|>>)\s*")
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"[“«„「『]([^“”«»„「」『』]{12,300}[?？؟])[”»“」』]|[「『]([^「」『』]{5,300}[るすたのんうくつ]か)[」』]")
_INTRODUCED = re.compile(r"^[^?？؟:：]{3,160}[:：]\s*(?=[\"“„«¿]*[^\W\d_])")
#: lines of the lede, from its end, that are looked at
MOST_LINES = 12


class Asked(NamedTuple):
    """The questions of a post, and beside its blocks the key of the one that each answers."""

    questions: tuple[Question, ...]
    ties: tuple[str, ...]


def find_questions(page: Page, title: str, blocks: Blocks) -> Asked:
    """The question or questions; `ties` is beside `blocks.blocks`, empty strings where there is only one question."""
    found = blocks.blocks
    printed = list(dict.fromkeys(block.question for block in found if block.question))
    tied = sum(bool(block.question) for block in found)
    asked = {block.expert.name for block in found if block.question}
    whole = _of_post(page, title, blocks) if 2 * len(asked) < len({block.expert.name for block in found}) or not found else None
    if whole is not None and not printed:
        return Asked((whole,), ("",) * len(found))
    if len(printed) == 1 and tied == len(found):
        return Asked((Question("q1", _bare(printed[0]), "heading"),), ("",) * len(found))
    texts = [*([whole.text] if whole is not None else []), *printed]
    keys = {text: f"q{n}" for n, text in enumerate(texts, 1)}
    asker = _common_label(printed)
    rest = keys[whole.text] if whole is not None else ""
    questions = [Question(keys[text], _bare(text[len(asker) :]), "heading") for text in printed]
    ties = tuple(keys.get(block.question, rest) for block in found)
    return Asked((*([whole] if whole is not None else []), *questions), ties)


def _common_label(texts: Sequence[str]) -> str:
    """Who asks, where every question begins with it: "The Hedge Post: "."""
    label = _ASKER.match(texts[0]) if len(texts) > 1 else None
    return label.group() if label is not None and all(text.startswith(label.group()) for text in texts) else ""


def _bare(text: str) -> str:
    """A question without number and label.

    >>> _bare("2. What would you plant?")
    'What would you plant?'
    """
    return _LABEL.sub("", text)


def _of_post(page: Page, title: str, blocks: Blocks) -> Question:
    """The one question of a post: what the lede says that was asked, or the title.

    Where the title puts the question beside other words ("Will it last? Five growers answer"), the lede may repeat it bare.
    """
    part, rest = _parted(title)
    bare = (
        next((s for line in blocks.lede[-MOST_LINES:] for s in put(line.text[:3000]) if _words(s) == _words(part)), "")
        if part
        else ""
    )
    if bare:
        return Question("q1", bare, "lede")
    lede = [line for line in blocks.lede if _says_more(line.text[:3000], title)] if blocks.blocks else []
    titled = bool(part) or asks(title)
    best = _from_lede(page, lede, title if titled else "")
    told = asks(best.text) or says("asked", best.text) or best.text.endswith((":", "："))
    if not best.text or _same(best.text, title) or (not told and says("experts", title)):
        return Question("q1", part if part and _is_around(rest, blocks) else title, "title")
    return Question("q1", best.text, "lede")


#: what a title says beside its question that is no part of it
_AROUND = ("experts", "asked", "answers")


def _is_around(rest: str, blocks: Blocks) -> bool:
    """Whether what stands beside the question in a title is about who answers: it may say how many they are."""
    people = {block.expert.name for block in blocks.blocks}
    return any(says(kind, rest) for kind in _AROUND) or len(people) in counts(rest)


def _parted(title: str) -> tuple[str, str]:
    """The question in a title that holds more than it, and the rest; or empty strings.

    >>> _parted("We asked growers: will it last?"), _parted("Will it last?")
    (('will it last?', 'We asked growers: '), ('', ''))
    """
    found = [sentence for sentence in put(title) if asks(sentence)]
    if len(found) != 1 or found[0] not in title or _words(found[0]) == _words(title):
        return "", ""
    return found[0], title.replace(found[0], "", 1)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _same(text: str, title: str) -> bool:
    """Whether a sentence says little more than the title, when that asks."""
    words, known = _words(text), _words(title)
    return asks(title) and len(known) > 2 and len(words & known) >= 0.8 * len(known) and not _fuller(text, title)


def _fuller(text: str, title: str) -> bool:
    """Whether a sentence puts the title's question at more length: "What breaks first when the frost is late?"."""
    words, known = _words(text), _words(title)
    return asks(text) and len(words) > 1.5 * len(known) and words > known and text[:4].lower() == title[:4].lower()


def _says_more(line: str, title: str) -> bool:
    """Whether a line of the lede says more than the title."""
    return not _same(line, title) or any(_fuller(sentence, title) for sentence in put(line))


class _Put(NamedTuple):
    """A sentence of the lede that may be the question."""

    worth: float
    text: str


def _from_lede(page: Page, lede: Sequence[Line], title: str) -> _Put:
    """The best sentence: one that asks or says "we asked", best in a style of its own and near the answers.

    Where the `title` asks (else it is empty), a lede that asks on muses; only what was plainly put to those who answer counts.
    """
    best = _Put(_LEAST, "")
    lines = [line for line in lede[-MOST_LINES:] if len(line.text) < 3000]
    led = False
    for place, line in enumerate(lines, 1):
        styled = bool(line.el.marks & QUOTE) or all(page.homes[t].marks & (BOLD | ITALIC) for t in range(line.t0, line.t1))
        for sentence in _sentences_of(line):
            worth = _worth(sentence)
            own = line.level > 0 or ((styled or (page.tree is None and sentence == line.text)) and asks(sentence))
            if worth and asks(sentence):
                plain = own or led or _is_introduced(page, line, sentence) or _at_length(sentence, title)
                worth = 0.0 if title and not plain else worth + _PLAIN * plain
            elif title and not _goes_on(sentence, title):
                worth = 0.0
            if worth:
                worth += 0.5 * own + 0.5 * place / len(lines)
            if worth >= best.worth:
                best = _Put(worth, sentence)
            led = says("asked", sentence) and not asks(sentence)
        led = line.text.endswith((":", "："))
    return best


#: least worth of a question in the lede; what it is worth more where it is put in so many words
_LEAST, _PLAIN = 1.3, 0.6
#: words of a question, at least, that is put at length
_LONG = 15
#: words of a quoted question at most
_MOST_QUOTED = 60


def _sentences_of(line: Line) -> list[str]:
    """What a line may put; a reader's question that is quoted stays whole, with what it tells before it asks."""
    if line.el.marks & QUOTE and asks(line.text) and count_words(line.text) <= _MOST_QUOTED:
        return [line.text]
    return put(line.text)


def _is_introduced(page: Page, line: Line, sentence: str) -> bool:
    """Whether a colon leads up to a question, or it alone stands out from its line, or is quoted as what was asked."""
    at = line.text.find(sentence)
    before = line.text[: max(0, at)].rstrip(" \"'“«„‘¿「『")
    if before.endswith((":", "：")) or (at > 0 and line.text[at - 1] in '“«„「『"' and says("asked", line.text)):
        return True
    runs = [run for run in page.runs(line) if run.bold or run.italic] if at > 0 else []
    return any(sentence in run.text for run in runs)


def _goes_on(sentence: str, title: str) -> bool:
    """Whether "We asked them how, and why ..." puts what the title asks and more: it shares its words and has two questions."""
    if asks_for(sentence) < 2:
        return False
    signs = {sign for sign in title if sign > "\u2fff" and sign.isalpha()}
    return _shared(sentence, title) > 1 or len(signs & set(sentence)) >= max(4, 0.7 * len(signs))


def _at_length(sentence: str, title: str) -> bool:
    """Whether a sentence asks what the title asks at far more length: who muses is short."""
    return _shared(sentence, title) > 1 and count_words(sentence) >= max(_LONG, 2 * count_words(title))


def _shared(sentence: str, title: str) -> int:
    """How many words of some length a sentence has from the title."""
    return sum(len(word) > 4 for word in _words(sentence) & _words(title))


def _worth(sentence: str) -> float:
    if len(sentence) < (8 if sentence.isascii() else 5):
        return 0.0
    if asks(sentence):
        return 2.0
    asked = says("asked", sentence)
    if asked and asks_for(sentence):
        return 2.2
    opens = sentence.endswith((":", "：", "…", "...")) or says("experts", sentence)
    answers = says("answers", sentence) * (1.2 if opens else 0.5)
    return max(answers, 1.4 + min(0.5, 0.03 * count_words(sentence))) if asked else answers


def put(text: str) -> list[str]:
    """What a paragraph may put as a question: its sentences, questions in a row as one, and without what introduces them.

    >>> put("This week's question: Will it last? If so, why? We shall see.")
    ['Will it last? If so, why?', 'We shall see.']
    """
    quoted = _QUOTED.search(text)
    if quoted is not None:
        return [quoted.group(1) or quoted.group(2)]
    joined: list[str] = []
    for sentence in sentences(text):
        if joined and asks(joined[-1]) and asks(sentence):
            joined[-1] += " " + sentence
        else:
            joined.append(sentence)
    return [_INTRODUCED.sub("", sentence) if asks(sentence) else sentence for sentence in joined]


def sentences(text: str) -> list[str]:
    """A paragraph's sentences, as printed.

    >>> sentences("We asked four growers. Will it last? They said yes.")
    ['We asked four growers.', 'Will it last?', 'They said yes.']
    """
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]
