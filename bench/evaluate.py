"""Read every page of a corpus with `ingest parse --json` and score it with the corpus's own score.py.

usage: evaluate.py CORPUS [--scramble] [--glued] [--general] [--jobs N] [--out DIR] [--line TEXT]

CORPUS is a folder with roundups/, comments/, negatives/ and articles/, and a score.py beside them.
  --scramble  rename every class and id attribute at random before reading (seeded)
  --glued     read the roundups as plain text with run boundaries glued, as a flattened dump is
  --general   read comments with the general reader alone (platform modules off)
  --out DIR   where the readings and the list of misses go (default: a new temporary folder)

Besides the scores it prints conservation (pages where claimed + dropped + left over differ from the page's
visible words), the share of words left over inside the article, crashes, the slowest pages, and how well the
verdict's confidence is calibrated.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from parsers import Bundle, Capture, parse
from parsers.errors import PipelineError
from parsers.page import open_page

ROOT = Path(__file__).resolve().parent.parent
INGEST = [str(Path(sys.executable).parent / "ingest")]
_NAMED = re.compile(rb"""(\s(?:class|id)\s*=\s*)("[^"]*"|'[^']*'|[^\s>"']+)""", re.I)


def main() -> None:
    args = arguments()
    corpus = Path(args.corpus).resolve()
    out = Path(args.out or tempfile.mkdtemp(prefix="evaluate-"))
    out.mkdir(parents=True, exist_ok=True)
    sets = {name: sorted((corpus / name / "html").glob("*")) for name in ("roundups", "comments", "negatives")}
    if args.glued:
        sets = {"roundups": sets["roundups"]}
    if args.scramble or args.glued:
        change = glue if args.glued else scramble
        sets = {name: [change(path, out / "pages" / name) for path in paths] for name, paths in sets.items()}
    readings: list[dict[str, Any]] = []
    for name, paths in sets.items():
        started = time.monotonic()
        file = out / f"{name}.jsonl"
        read(paths, file, args.jobs, ["--general-comments"] if args.general else [])
        found = [json.loads(line) for line in file.open()]
        print(f"# {name}: {len(paths)} pages read in {time.monotonic() - started:.1f} s")
        readings += found
    with (out / "all.jsonl").open("w") as whole:
        whole.writelines(json.dumps(reading) + "\n" for reading in readings)
    misses = scores(corpus, out, sets)
    (out / "misses.txt").write_text(misses)
    health(readings)
    slowest([path for paths in sets.values() for path in paths], args.jobs)
    calibration(corpus, out, sets)
    print(f"\nmisses: {out / 'misses.txt'}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    for flag in ("--scramble", "--glued", "--general"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out")
    return parser.parse_args()


def read(paths: list[Path], file: Path, jobs: int, options: list[str]) -> None:
    """One call of the command line for a whole set, as a user would make it."""
    with file.open("w") as output:
        subprocess.run(
            [*INGEST, "parse", "--json", "--quiet", "--jobs", str(jobs), *options, *map(str, paths)],
            stdout=output, check=False, cwd=tempfile.gettempdir(),
        )  # fmt: skip


def scramble(path: Path, folder: Path) -> Path:
    """The page with each class and id token renamed at random, the same token to the same name."""
    folder.mkdir(parents=True, exist_ok=True)
    body = path.read_bytes()
    body = gzip.decompress(body) if path.suffix == ".gz" else body
    names: dict[bytes, bytes] = {}
    dice = random.Random(path.name)

    def rename(match: re.Match[bytes]) -> bytes:
        quote = match[2][:1] if match[2][:1] in b"\"'" else b""
        tokens = match[2].strip(quote).split() if quote else [match[2]]
        fresh = [names.setdefault(token, b"x%08x" % dice.getrandbits(32)) for token in tokens]
        return match[1] + (quote or b'"') + b" ".join(fresh) + (quote or b'"')

    target = folder / re.sub(r"\.gz$", "", path.name)
    target.write_bytes(_NAMED.sub(rename, body))
    return target


def glue(path: Path, folder: Path) -> Path:
    """The page as a flattened dump: a paragraph a block, inline tags and breaks glued without a space."""
    folder.mkdir(parents=True, exist_ok=True)
    body = path.read_bytes()
    page = open_page(Capture(path.name, gzip.decompress(body) if path.suffix == ".gz" else body))
    text, open_block = [], False
    for line in page.lines:
        text.append(("" if open_block else "\n\n") + " ".join("".join(page.texts[line.t0 : line.t1]).split()))
        open_block = line.broken
    target = folder / re.sub(r"\.html?(\.gz)?$", ".txt", path.name)
    target.write_text("".join(text).strip() + "\n")
    return target


def scores(corpus: Path, out: Path, sets: dict[str, list[Path]]) -> str:
    """Print every table of score.py; returns the misses."""
    calls = {
        "roundups": ("roundups/gold", "roundups.jsonl"),
        "comments": ("comments/gold", "comments.jsonl"),
        "negatives": ("negatives/pages.jsonl", "negatives.jsonl"),
        "articles": ("articles/gold", "all.jsonl"),
    }
    misses = []
    for name, (gold, found) in calls.items():
        if name not in sets and not (name == "articles" and "comments" in sets):
            continue
        command = [sys.executable, str(corpus / "score.py"), name, str(corpus / gold), str(out / found), "--misses"]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        rows = [
            line
            for line in printed
            if re.match(r"\S.{22,23} +[\d.-]", line[:34]) or line.startswith(tuple("layout platform kind".split()))
        ]
        print(f"\n## {name}\n" + "\n".join(rows))
        misses.append(f"## {name}\n" + "\n".join(line for line in printed if line not in rows))
    misses.append(bylines(corpus, out))
    return "\n\n".join(misses)


def bylines(corpus: Path, out: Path) -> str:
    """The lines that are and are not bylines, through `read_byline`."""
    from parsers import read_byline

    lines = [
        json.loads(line) for name in ("bylines", "bylines_negative") for line in (corpus / "roundups" / f"{name}.jsonl").open()
    ]
    (out / "lines.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    with (out / "lines-read.jsonl").open("w") as file:
        for line in lines:
            expert = read_byline(line["text"])
            positions = [{"role": p.role, "affiliation": p.affiliation} for p in expert.positions] if expert else []
            file.write(json.dumps({"name": expert.name, "positions": positions} if expert else None) + "\n")
    command = [
        sys.executable,
        str(corpus / "score.py"),
        "bylines",
        str(out / "lines.jsonl"),
        str(out / "lines-read.jsonl"),
        "--misses",
    ]
    head, _, misses = subprocess.run(command, capture_output=True, text=True, check=True).stdout.partition("\n")
    print(f"\n## bylines\n{head}")
    return f"## bylines\n{misses}"


def health(readings: list[dict[str, Any]]) -> None:
    """What no score shows: conservation, what was left over, crashes, the slowest pages."""
    crashed = [r for r in readings if "error" in r]
    sums = [r["words"] for r in readings if "words" in r]
    broken = [r["source"] for r in readings if "words" in r and not conserved(r["words"])]
    inside = [r["words"]["left_in_article"] for r in readings if r.get("statements") and r["verdict"]["kind"] == "roundup"]
    whole = [len(r["article"].split()) for r in readings if r.get("statements") and r["verdict"]["kind"] == "roundup"]
    print(f"\n## health\nconservation broken on {len(broken)} of {len(sums)} pages {broken[:5]}")
    print(f"left over inside the article of roundups: {sum(inside) / max(1, sum(whole)):.4f} of the words")
    print(f"left over on all pages: {sum(w['left_over'] for w in sums) / max(1, sum(w['visible'] for w in sums)):.4f}")
    print(f"crashed or unreadable: {len(crashed)} {[r['source'] + ': ' + r['error'] for r in crashed[:5]]}")


def slowest(paths: list[Path], jobs: int) -> None:
    """Each page once more, timed inside the worker; CPU seconds."""
    with ProcessPoolExecutor(jobs) as pool:
        seconds = sorted(zip(pool.map(cpu_seconds, paths, chunksize=8), paths, strict=True), reverse=True)
    print(f"slowest: {', '.join(f'{path.name} {time:.3f} s' for time, path in seconds[:5])}")
    print(f"median {seconds[len(seconds) // 2][0] * 1000:.1f} ms a page")


def cpu_seconds(path: Path) -> float:
    body = path.read_bytes()
    start = time.process_time()
    with contextlib.suppress(PipelineError):
        parse(Bundle(Capture(path.as_uri(), gzip.decompress(body) if path.suffix == ".gz" else body)))
    return time.process_time() - start


def conserved(words: dict[str, int]) -> bool:
    return words["claimed"] + words["dropped"] + words["left_over"] == words["visible"]


def calibration(corpus: Path, out: Path, sets: dict[str, list[Path]]) -> None:
    """Expected calibration error of the verdict's confidence, ten bins, over roundups, negatives and our own pages."""
    if "negatives" not in sets:
        return
    doubtful = doubtful_in(corpus)
    pairs = []
    for name, truth in (("roundups", 1), ("negatives", 0)):
        for reading in map(json.loads, (out / f"{name}.jsonl").open()):
            stem = re.sub(r"\.(html?|txt)(\.gz)?$", "", Path(reading["source"]).name)
            if "verdict" in reading and not (truth and stem in doubtful):
                pairs.append((reading["verdict"]["confidence"], truth))
    own = sorted((ROOT / "tests" / "fixtures" / "roundups").rglob("page.*"))
    if own:
        read(own, out / "own.jsonl", 2, [])
        pairs += [
            (r["verdict"]["confidence"], own_truth(path))
            for path, r in zip(own, map(json.loads, (out / "own.jsonl").open()), strict=True)
            if "verdict" in r
        ]
    print("\n## calibration\nconfidence      pages  mean confidence  roundups")
    error = 0.0
    for low in range(10):
        held = [(p, t) for p, t in pairs if low <= min(9, int(p * 10)) < low + 1]
        if held:
            mean, share = sum(p for p, _ in held) / len(held), sum(t for _, t in held) / len(held)
            error += len(held) / len(pairs) * abs(mean - share)
            print(f"{low / 10:.1f} to {low / 10 + 0.1:.1f} {len(held):10} {mean:16.3f} {share:9.3f}")
    print(f"expected calibration error {error:.4f} over {len(pairs)} pages")


def doubtful_in(corpus: Path) -> set[str]:
    """The roundups of which even a person is not sure."""
    golds = map(json.loads, (file.read_text() for file in (corpus / "roundups" / "gold").glob("*.json")))
    return {gold["id"] for gold in golds if gold.get("doubtful")}


def own_truth(path: Path) -> int:
    """1 where our own fixture is a roundup, by the answer beside it."""
    answer = path.parent / "expected.json"
    return int(json.loads(answer.read_text()).get("verdict", "roundup") == "roundup") if answer.exists() else 1


if __name__ == "__main__":
    main()
