"""Fit the verdict's weights by logistic regression, and say how well they do on pages that they were not fitted on.

usage: fit_verdict.py CORPUS [--ridge L] [--own DIR ...]

Roundups beyond doubt are the ones, negatives the noughts, and so are our own fixtures by the answer beside them,
and pages that we wrote to be hard (`--own`: folders laid out as a corpus).
Newton's method with a ridge; five-fold cross-validation by page. Prints the weights as parsers/verdict.py holds them.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from dataclasses import astuple, fields
from pathlib import Path

from evaluate import doubtful_in, own_truth

from parsers.blocks import find_blocks
from parsers.model import Bundle, Capture
from parsers.page import open_page
from parsers.reading import lay_out
from parsers.verdict import Features, features

OWN = 0.3  # what a page that we wrote ourselves counts: they are many, of a few hands, and easier than what others write
# What we believe before we have seen a page; the ridge pulls towards it, so that a feature which few pages have keeps its sense.
PRIOR = {
    "few": -4, "coverage": 3, "uneven": -3, "asking": 2, "answers": 1, "experts": 1, "selling": -2, "same_org": -2, "linked": -2,
    "about": -3, "own": 2, "praise": -1, "teasers": -5, "priced": -1, "precision": 2, "dense": 2, "led": 2, "forum": -1,
    "counted": 1, "other": -2, "authored": -3,
}  # fmt: skip
FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "roundups"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--ridge", type=float, default=0.3)
    parser.add_argument("--own", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    rows, truth, names = gather(args.corpus, args.own)
    shares = [OWN if name.startswith("own ") else 1.0 for name in names]
    order = list(range(len(rows)))
    random.Random(3).shuffle(order)
    held = [0.0] * len(rows)
    for fold in range(5):
        test = order[fold::5]
        train = [n for n in order if n not in set(test)]
        weights = fit([rows[n] for n in train], [truth[n] for n in train], args.ridge, [shares[n] for n in train])
        for n in test:
            held[n] = probability(weights, rows[n])
    report(held, truth, names)
    weights = fit(rows, truth, args.ridge, shares)
    print("\nWEIGHTS = (" + ", ".join(f"{w:.2f}" for w in weights) + ")")
    for name, weight in zip(["constant", *(f.name for f in fields(Features))], weights, strict=True):
        print(f"  {name:10} {weight:6.2f}")


def gather(corpus: Path, own: list[Path]) -> tuple[list[list[float]], list[int], list[str]]:
    rows, truth, names = [], [], []
    doubtful = doubtful_in(corpus)
    pages = [
        (path, int(name == "roundups"))
        for folder in (corpus, *own)
        for name in ("roundups", "negatives")
        for path in sorted((folder / name / "html").glob("*"))
    ]
    pages = [(path, y) for path, y in pages if not (y and re.sub(r"\.html.*$", "", path.name) in doubtful)]
    for path in sorted(FIXTURES.rglob("page.*")):
        pages.append((path, own_truth(path)))
    for path, y in pages:
        bundle = Bundle(Capture(path.as_uri(), path.read_bytes()))
        sheet = lay_out(open_page(bundle.page), bundle, (), True)
        lines = [line for line in sheet.body.lines if not sheet.ledger.taken(line)]
        blocks = find_blocks(sheet.page, lines, sheet.facts.title)
        if blocks.blocks:
            rows.append([1.0, *astuple(features(sheet.page, sheet.facts, lines, blocks, sheet.thread))])
            truth.append(y)
            ours = not path.is_relative_to(corpus)
            names.append(f"own {path.parent.name} {path.stem}" if ours else path.name)
        elif y:
            print("no blocks:", path)
    return rows, truth, names


def probability(weights: list[float], row: list[float]) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(w * x for w, x in zip(weights, row, strict=True))))))


def fit(rows: list[list[float]], truth: list[int], ridge: float, shares: list[float]) -> list[float]:
    size = len(rows[0])
    prior = [0.0, *(float(PRIOR.get(f.name, 0)) for f in fields(Features))]
    weights = [0.0] * size
    for _ in range(30):
        gradient = [-ridge * (w - prior[k]) if k else 0.0 for k, w in enumerate(weights)]
        curve = [[ridge if j == k and k else 0.0 for j in range(size)] for k in range(size)]
        curve[0][0] += 1e-6
        for row, y, share in zip(rows, truth, shares, strict=True):
            p = probability(weights, row)
            slope = p * (1 - p) * share
            for k in range(size):
                gradient[k] += (y - p) * row[k] * share
                for j in range(size):
                    curve[k][j] += slope * row[k] * row[j]
        step = solve(curve, gradient)
        weights = [w + s for w, s in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return weights


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for k in range(size):
        pivot = max(range(k, size), key=lambda n: abs(rows[n][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for n in range(k + 1, size):
            factor = rows[n][k] / rows[k][k]
            rows[n] = [a - factor * b for a, b in zip(rows[n], rows[k], strict=True)]
    found = [0.0] * size
    for k in reversed(range(size)):
        found[k] = (rows[k][size] - sum(rows[k][j] * found[j] for j in range(k + 1, size))) / rows[k][k]
    return found


def report(held: list[float], truth: list[int], names: list[str]) -> None:
    real = [n for n, name in enumerate(names) if not name.startswith("own ")]
    held, truth, names = [held[n] for n in real], [truth[n] for n in real], [names[n] for n in real]
    print(f"{len(held)} pages of others with blocks, {sum(truth)} of them roundups; figures on held-out folds")
    for limit in (0.5, 0.6, 0.7, 0.8, 0.85, 0.9):
        hit = sum(p >= limit for p, y in zip(held, truth, strict=True) if y)
        false = sum(p >= limit for p, y in zip(held, truth, strict=True) if not y)
        print(f"  at {limit:.2f}: {hit}/{sum(truth)} roundups, {false} false")
    wrong = sorted(((p, name) for p, y, name in zip(held, truth, names, strict=True) if not y), reverse=True)[:12]
    print("  surest false: " + ", ".join(f"{name} {p:.2f}" for p, name in wrong))
    missed = sorted((p, name) for p, y, name in zip(held, truth, names, strict=True) if y)[:12]
    print("  least sure roundups: " + ", ".join(f"{name} {p:.2f}" for p, name in missed))


if __name__ == "__main__":
    main()
