"""The worked example of docs/reading.md. `python -m tests.reading` writes its blocks anew; tests/test_reading.py holds them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from ingest.shown.document import document
from parsers.article import article_text, find_article
from parsers.blocks import find_blocks
from parsers.boilerplate import drop_furniture, drop_phrases
from parsers.comments.reading import read_comments
from parsers.facts import read_facts
from parsers.ledger import Ledger
from parsers.model import Bundle, Capture, Expert
from parsers.page import open_page
from parsers.questions import find_questions
from parsers.reading import read

ROOT = Path(__file__).parent.parent
DOC = ROOT / "docs" / "reading.md"
PAGE = ROOT / "tests" / "fixtures" / "reading" / "page.html"
MOST = 62  #: characters of a line that are shown

_BLOCK = re.compile(r"(<!-- step: (?P<name>[a-z]+) -->\n```[a-z]+\n)(?P<shown>.*?)(```\n)", re.DOTALL)


def steps() -> dict[str, str]:
    """What each step of `parsers/reading.py` makes of the page, by the name that the document gives it."""
    bundle = Bundle(Capture("https://weirpost.example/will-the-old-bridge-hold/", PAGE.read_bytes()))
    page = open_page(bundle.page)
    found = {"lines": _text(f"{line.ordinal + 1:2} {line.el.tag:6} {_short(line.text)}" for line in page.lines)}
    ledger = Ledger(page)

    def new(before: list[str]) -> str:
        return _text(
            f"{mark.line + 1:2} {mark.mark:24} {_short(mark.text)}" for mark in ledger.spans() if mark.mark and not before[mark.t0]
        )

    before = ledger.marks[:]
    read_comments(bundle, page, ledger)
    found["comments"], before = new(before), ledger.marks[:]
    drop_furniture(page, ledger)
    found["furniture"], before = new(before), ledger.marks[:]
    facts = read_facts(page, ledger)
    drop_phrases(page, ledger, page.lines)
    found["facts"] = new(before)
    body = find_article(page, ledger)
    article_text(page, ledger, body)
    blocks = find_blocks(page, body.lines, facts.title)
    found["article"] = _text([f"<{body.el.tag}>, lines {', '.join(str(line.ordinal + 1) for line in body.lines)}"])
    found["blocks"] = _text(
        [f"layout: {blocks.layout}", *(f"lede: {_short(line.text)}" for line in blocks.lede)]
        + [f"{n}. {b.expert.name} | {_places(b.expert)} | {_short(b.paragraphs[0], 34)}" for n, b in enumerate(blocks.blocks, 1)]
    )
    found["bylines"] = _text(f"{b.expert.how:10} {b.expert.byline}" for b in blocks.blocks)
    asked = find_questions(page, facts.title, blocks)
    found["question"] = _text(f"{q.key} from {q.source}: {q.text}" for q in asked.questions)
    parsed = read(bundle).parsed
    found["verdict"] = _text([f"{parsed.verdict.kind} {parsed.verdict.confidence:.2f}", *parsed.verdict.reasons[:4]])
    words = parsed.words
    found["sum"] = _text([f"{words.claimed} claimed + {words.dropped} dropped + {words.left_over} left over = {words.visible}"])
    third = document("", parsed)["statements"][2] if len(parsed.roundup.statements) > 2 else None
    found["statement"] = json.dumps(third, indent=1, ensure_ascii=False) + "\n"
    return found


def _places(expert: Expert) -> str:
    return "; ".join(f"{p.role} @ {p.affiliation}" if p.affiliation else p.role for p in expert.positions)


def _short(text: str, most: int = MOST) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def _text(rows: Iterable[str]) -> str:
    return "".join(f"{row.rstrip()}\n" for row in rows)


def shown() -> dict[str, str]:
    """The blocks as the document has them."""
    return {found["name"]: found["shown"] for found in _BLOCK.finditer(DOC.read_text(encoding="utf-8"))}


def main() -> None:
    """Put what the program does into the document."""
    found = steps()
    text = DOC.read_text(encoding="utf-8")
    DOC.write_text(_BLOCK.sub(lambda m: m[1] + found[m["name"]] + m[4], text), encoding="utf-8")


if __name__ == "__main__":
    main()
