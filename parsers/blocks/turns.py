"""Interviews: several questions, each answered by several people, or several answered by each. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from .drafts import Draft
from .rows import Row
from .template import asks

_LED = re.compile(
    r"^\W*(?:q|f|question|frage|pregunta|domanda|pergunta|vraag|pytanie|вопрос|pitanje|soru)\s?\d{0,2}\s?[:.)]\s?\S",
    re.IGNORECASE,
)
#: fewest words of an answer in front of the first question of a block
FEWEST = 12


def tie(rows: Sequence[Row], drafts: list[Draft], *, first: bool) -> list[Draft]:
    """Give each draft the question that it answers; `first` where bylines stand before their statements."""
    drafts = _without_asker(rows, drafts)
    if first:
        _plain_questions(rows, drafts)
    asked, level = "", 0
    for draft in drafts:
        for n in draft.leads:
            if _is_question(rows[n]):
                asked, level = rows[n].text, rows[n].level
            elif 0 < rows[n].level <= level:
                asked = ""
        draft.question = draft.question or asked
        asked = draft.question
    if not any(draft.question for draft in drafts):
        drafts = _answers(rows, drafts)
    return drafts


def _is_question(row: Row) -> bool:
    return asks(row.text) or bool(_LED.match(row.text))


def _without_asker(rows: Sequence[Row], drafts: list[Draft]) -> list[Draft]:
    """Take the one whose turns open with questions, where the others' do not, for the interviewer."""
    turns: dict[str, list[Draft]] = {}
    names = {draft.byline.expert.name for draft in drafts}
    for draft in drafts:
        name = draft.byline.expert.name
        turns.setdefault(name.split()[0] if name.split()[0] in names else name, []).append(draft)
    shares = {name: sum(_opens(rows, draft) for draft in own) / len(own) for name, own in turns.items() if len(own) > 1}
    asker = max(shares, key=lambda name: shares[name], default="")
    others = [share for name, share in shares.items() if name != asker]
    if not asker or shares[asker] < 0.5 or (others and sum(others) > 0.34 * len(others)):
        return drafts
    asking = {id(draft) for draft in turns[asker]}
    kept: list[Draft] = []
    question, pending = "", list[int]()
    for draft in drafts:
        if id(draft) in asking:
            question = _opening(rows, draft)
            pending = [*draft.leads, *range(draft.byline.first, draft.byline.last + 1), *([] if draft.own else draft.said[:1])]
        else:
            draft.question = question
            draft.leads = [*pending, *draft.leads]
            pending = []
            kept.append(draft)
    return kept or drafts


def _opening(rows: Sequence[Row], draft: Draft) -> str:
    """The first line that a turn says."""
    if draft.own:
        return rows[draft.byline.first].text[draft.byline.slot.cut :].strip(" :>»*")
    return rows[draft.said[0]].text if draft.said else ""


def _opens(rows: Sequence[Row], draft: Draft) -> float:
    """How far a turn opens with a question."""
    text = _opening(rows, draft)
    return 1.0 if asks(text) else 0.6 if ("?" in text or "？" in text or "؟" in text) and len(text) < 400 else 0.0


def _plain_questions(rows: Sequence[Row], drafts: Sequence[Draft]) -> None:
    """Where names come again, a question right before a byline belongs to it, in whatever style it is printed."""
    names = Counter(draft.byline.expert.name for draft in drafts)
    if len(names) > 0.75 * len(drafts):
        return
    for before, draft in pairwise(drafts):
        last = rows[before.said[-1]] if len(before.said) > 1 - before.own else None
        if last is not None and _is_question(last) and last.words <= 60:
            draft.leads.insert(0, before.said.pop())
    start = drafts[0].byline.first - 1
    asked = any(_is_question(rows[n]) for draft in drafts for n in draft.leads)
    if asked and not drafts[0].leads and start >= 0 and _is_question(rows[start]):
        drafts[0].leads = [start]


def _answers(rows: Sequence[Row], drafts: list[Draft]) -> list[Draft]:
    """One person, several questions: a draft for each answer, where the questions stand out and come again."""
    inner = [[n for n in draft.said[:-1] if _is_question(rows[n])] for draft in drafts]
    counts = Counter(rows[n].text for own in inner for n in own)
    inner = [[n for n in own if rows[n].marks or rows[n].level or counts[rows[n].text] > 1] for own in inner]
    for draft, own in zip(drafts, inner, strict=True):
        looks = {rows[n].look for n in own}
        if len(own) > 1:
            more = [n for n in draft.said[:-1] if _is_question(rows[n]) and rows[n].words <= 25 and rows[n].look in looks]
            own[:] = sorted({*own, *more})
    made: list[Draft] = []
    for draft, own in zip(drafts, inner, strict=True):
        if len(own) < 2 and not any(counts[rows[n].text] > 1 for n in own):
            made.append(draft)
            continue
        made += _cut(rows, draft, own)
    return made


def _cut(rows: Sequence[Row], draft: Draft, questions: Sequence[int]) -> list[Draft]:
    starts = [draft.said.index(n) for n in questions]
    head = draft.said[: starts[0]]
    parts: list[Draft] = []
    if draft.own or sum(rows[n].words for n in head) >= FEWEST:
        parts.append(Draft(draft.byline, head, own=draft.own))
    else:
        draft.asides += head
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(draft.said)
        said = draft.said[start + 1 : end]
        if said:
            n = draft.said[start]
            parts.append(Draft(draft.byline, said, leads=[n], question=rows[n].text, named=not parts))
    if parts:
        parts[0].heads, parts[0].captions, parts[0].asides = draft.heads, draft.captions, draft.asides
        parts[0].leads = [*draft.leads, *parts[0].leads]
        for part in parts[1:]:
            part.named = False
    return parts or [draft]
