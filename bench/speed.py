"""Our whole parse beside trafilatura and beside a bare walk of the tree, on the same pages, in one run.

usage: speed.py FOLDER [--pages N] [--rounds N] [--no-trafilatura]

FOLDER holds pages (.html or .html.gz, searched below it). Each round times every contender on every page, in CPU time of one
core; the median round is printed. Each contender is a process of its own, for what one leaves in memory costs the others; it
reads some pages in a row, as a worker does, and then it is the next one's turn, so that a machine whose speed drifts drifts for all.
  ours        decode, parse, walk, comments, furniture, article, blocks, verdict: `parsers.parse`
  trafilatura bare_extraction with comments and metadata
  bare walk   parse with Lexbor, then every node's tag, text and attributes once
"""

from __future__ import annotations

import argparse
import gzip
import multiprocessing
import random
import statistics
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
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


def captures_in(folder: Path, pages: int) -> list[Capture]:
    """So many pages of a folder, always the same ones."""
    files = sorted(p for p in folder.rglob("*") if p.name.endswith((".html", ".html.gz")))
    random.Random(1).shuffle(files)
    bodies = [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in files[:pages]]
    return [Capture(f"https://bench.example/posts/{n}/", body) for n, body in enumerate(bodies)]


def works_of(name: str, captures: list[Capture]) -> list[Callable[[], object]]:
    """What a contender does with each page."""
    if name == "ours":
        return [lambda c=c: parse(Bundle(c)) for c in captures]  # type: ignore[misc]
    if name == "bare walk":
        texts = [decode(capture)[1] for capture in captures]
        return [lambda t=t: bare_walk(t) for t in texts]  # type: ignore[misc]
    from trafilatura import bare_extraction

    return [lambda c=c: bare_extraction(c.body, include_comments=True, with_metadata=True) for c in captures]  # type: ignore[misc]


def contend(name: str, folder: Path, pages: int, orders: Connection) -> None:
    """In a process of its own: time the pages that are asked for, until nothing is asked for."""
    works = works_of(name, captures_in(folder, pages))
    works[0]()  # imports and tables are nobody's page
    orders.send(0.0)
    while (span := orders.recv()) is not None:
        orders.send(sum(timed(work) for work in works[span[0] : span[1]]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-trafilatura", action="store_true")
    args = parser.parse_args()
    sizes = [len(capture.body) for capture in captures_in(args.folder, args.pages)]
    names = ["ours", "bare walk", *([] if args.no_trafilatura else ["trafilatura"])]
    rounds: dict[str, list[float]] = {name: [] for name in names}
    spawn = multiprocessing.get_context("spawn")
    lines: dict[str, Connection] = {}
    for name in names:
        lines[name], theirs = spawn.Pipe()
        spawn.Process(target=contend, args=(name, args.folder, args.pages, theirs), daemon=True).start()
        lines[name].recv()
    for _ in range(args.rounds):
        sums = dict.fromkeys(names, 0.0)
        for start in range(0, len(sizes), TURN):
            for name, line in lines.items():
                line.send((start, start + TURN))
                sums[name] += line.recv()
        for name, seconds in sums.items():
            rounds[name].append(seconds)
    for line in lines.values():
        line.send(None)
    print(f"{len(sizes)} pages of {sum(sizes) // len(sizes) // 1000} KB on the mean, {args.rounds} rounds, one core")
    ours = statistics.median(rounds["ours"])
    for name, told in rounds.items():
        middle = statistics.median(told)
        print(
            f"{name:12} {len(sizes) / middle:8.1f} pages/s {1000 * middle / len(sizes):8.2f} ms a page   {middle / ours:6.2f} times ours"
        )


if __name__ == "__main__":
    main()
