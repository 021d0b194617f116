"""Our whole parse beside trafilatura and beside a bare walk of the tree, on the same pages, in one run.

usage: speed.py FOLDER [--pages N] [--rounds N] [--no-trafilatura]

FOLDER holds pages (.html or .html.gz, searched below it). Each round times every contender on every page, in CPU time of one
core; the median round is printed. A contender reads some pages in a row, as a worker does, and then it is the next one's turn,
so that a machine whose speed drifts drifts for all.
  ours        decode, parse, walk, comments, furniture, article, blocks, verdict: `parsers.parse`
  trafilatura bare_extraction with comments and metadata
  bare walk   parse with Lexbor, then every node's tag, text and attributes once
"""

from __future__ import annotations

import argparse
import gzip
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from parsers import Bundle, Capture, parse
from parsers.page import decode

TURN = 20  # pages


def bare_walk(text: str) -> int:
    root = LexborHTMLParser(text).root
    seen = 0
    for node in root.traverse(include_text=True) if root else ():
        seen += bool(node.tag) + bool(node.text_content) + bool(node.attributes)
    return seen


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-trafilatura", action="store_true")
    args = parser.parse_args()
    files = sorted(p for p in args.folder.rglob("*") if p.name.endswith((".html", ".html.gz")))
    random.Random(1).shuffle(files)
    captures = [
        Capture(f"https://bench.example/posts/{p.name}", gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes())
        for p in files[: args.pages]
    ]
    texts = [decode(capture)[1] for capture in captures]
    contenders: dict[str, list[Callable[[], object]]] = {
        "ours": [lambda c=c: parse(Bundle(c)) for c in captures],  # type: ignore[misc]
        "bare walk": [lambda t=t: bare_walk(t) for t in texts],  # type: ignore[misc]
    }
    if not args.no_trafilatura:
        from trafilatura import bare_extraction

        contenders["trafilatura"] = [
            lambda c=c: bare_extraction(c.body, include_comments=True, with_metadata=True) for c in captures
        ]  # type: ignore[misc]
    rounds: dict[str, list[float]] = {name: [] for name in contenders}
    for works in contenders.values():  # one page each, so that nobody pays for imports and tables
        works[0]()
    for _ in range(args.rounds):
        sums = dict.fromkeys(contenders, 0.0)
        for start in range(0, len(captures), TURN):
            for name, works in contenders.items():
                sums[name] += sum(timed(work) for work in works[start : start + TURN])
        for name, seconds in sums.items():
            rounds[name].append(seconds)
    print(
        f"{len(captures)} pages of {sum(map(len, texts)) // len(texts) // 1000} KB on the mean, {args.rounds} rounds, one core"
    )
    ours = statistics.median(rounds["ours"])
    for name, seconds in rounds.items():
        middle = statistics.median(seconds)
        print(
            f"{name:12} {len(captures) / middle:8.1f} pages/s {1000 * middle / len(captures):8.2f} ms a page   {middle / ours:6.2f} times ours"
        )


if __name__ == "__main__":
    main()
