"""The house stands: imports point one way, in no circle, and what says that it is pure touches nothing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .imports import LAYERS, ROOT, circles, floors, graph, imported, run_time, sources

# What a pure module may not reach for: clock, chance, network, disk, database, processes, terminal.
EFFECTS = frozenset(
    """time random secrets uuid socket ssl select selectors socketserver http.client http.server urllib.request urllib.error ftplib smtplib
    sqlite3 dbm shelve os shutil tempfile pathlib glob fileinput subprocess multiprocessing threading concurrent asyncio signal sched
    getpass locale platform sys.stdin sys.stdout sys.stderr sys.argv logging httpx requests aiohttp sqlite_utils datasette apscheduler typer
    rich pydantic filelock pebble""".split()
)
# What a pure module may use that is not of the standard library.
LIBRARIES = frozenset({"selectolax", "w3lib", "feedparser"})
CALLS = frozenset({"open", "print", "input", "exec", "eval", "compile", "breakpoint"})
CLOCKS = frozenset({"now", "today", "utcnow"})
# Outside parsers/ a module that says "Pure." is held to it; these must say so, since reparse and replay depend on it.
MUST_BE_PURE = frozenset({"archive.diff", "archive.identity", "ingest.web.politeness"})

MODULES = sources()
TREES = {module: run_time(path) for module, path in MODULES.items()}
IMPORTS = graph(MODULES)  # arrows and circles count for the type checker, too: a reader follows them
NEEDS = graph(MODULES, run_time)


def says_pure(module: str) -> bool:
    """The first line of the docstring holds "Pure." or "Pure: ..."."""
    first = (ast.get_docstring(TREES[module]) or "").partition("\n")[0]
    return re.search(r"\bPure[.:]", first) is not None


PURE = sorted(module for module in MODULES if module.split(".")[0] == "parsers" or says_pure(module))


def effects(module: str, tree: ast.AST, *, package: bool = False) -> list[str]:
    """What a pure module does all the same, as "time" or "open() in line 3"."""
    names = set(imported(module, tree, package=package))
    found = [name for name in names if any(name == bad or name.startswith(bad + ".") for bad in EFFECTS)]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in CALLS:
            found.append(f"{called.id}() in line {node.lineno}")
        if isinstance(called, ast.Attribute) and called.attr in CLOCKS:
            found.append(f".{called.attr}() in line {node.lineno}")
    return sorted(found)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import re\nfrom datetime import datetime\nre.compile('a')", []),
        ("from importlib.resources import files", []),
        ("from urllib.parse import urljoin", []),
        ("import time", ["time"]),
        ("def f():\n    from urllib import request", ["urllib.request"]),
        ("import os.path as p", ["os.path"]),
        ("from datetime import datetime\ndatetime.now()", [".now() in line 2"]),
        ("open('x')", ["open() in line 1"]),
    ],
)
def test_effects_are_seen(source: str, expected: list[str]) -> None:
    """The watchman sees what he is to see, and leaves the rest alone."""
    assert effects("parsers.x", ast.parse(source)) == expected


def test_circles_are_seen() -> None:
    """A circle is found, and a diamond is not one."""
    assert circles({"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("a"), "d": frozenset("a")}) == [("a", "b", "c")]
    assert circles({"a": frozenset("bc"), "b": frozenset("d"), "c": frozenset("d"), "d": frozenset()}) == []


def test_arrows_point_one_way() -> None:
    """parsers ← archive ← ingest."""
    rank = {layer: number for number, layer in enumerate(LAYERS)}
    wrong = [f"{a} → {b}" for a, below in IMPORTS.items() for b in below if rank[b.split(".")[0]] > rank[a.split(".")[0]]]
    assert wrong == []


def test_no_circle() -> None:
    """No module imports itself by way of others, so each can be read after what it stands on."""
    assert circles(IMPORTS) == []
    assert sum(map(len, floors(IMPORTS))) == len(MODULES) > 20


@pytest.mark.parametrize("module", PURE)
def test_pure_is_pure(module: str) -> None:
    """parsers/ and whatever says "Pure." has no clock, chance, network, disk or SQL."""
    assert effects(module, TREES[module], package=MODULES[module].name == "__init__.py") == []


@pytest.mark.parametrize("module", PURE)
def test_pure_stands_on_pure(module: str) -> None:
    """A pure module imports only pure modules of ours, and of others' only the listed libraries."""
    ours = {name for name in NEEDS[module] if name not in PURE and MODULES[name].name != "__init__.py"}
    names = {name.split(".")[0] for name in imported(module, TREES[module], package=MODULES[module].name == "__init__.py")}
    others = {name for name in names if name not in sys.stdlib_module_names | LIBRARIES | set(LAYERS)}
    assert (ours, others) == (set(), set())


def test_what_must_stay_pure_says_so() -> None:
    """Nobody takes the word off a module that replay depends on."""
    assert {module for module in MUST_BE_PURE if module in MODULES and says_pure(module)} == MUST_BE_PURE


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"archive", "ingest"}))
def test_a_module_says_what_it_is(module: str) -> None:
    """Each module has a first line that tells its law; a package's own file may be empty."""
    empty = MODULES[module].name == "__init__.py" and not MODULES[module].read_bytes().strip()
    assert empty or ast.get_docstring(TREES[module])


def test_rooms_form_no_circle() -> None:
    """Not only modules: the folders of ingest/ and the modules beside them import one another in one direction, too."""
    room = {module: ".".join(module.split(".")[:2]) for module in MODULES if module.startswith("ingest.")}
    arrows: dict[str, set[str]] = {name: set() for name in room.values()}
    for module, home in room.items():
        arrows[home] |= {room[other] for other in IMPORTS[module] if other in room} - {home}
    assert circles({name: frozenset(others) for name, others in arrows.items()}) == []


def test_only_the_archive_speaks_sql() -> None:
    """sqlite3 and sqlite_utils are imported in archive/ alone, httpx in one module of ingest/."""
    users = {bad: {m for m, tree in TREES.items() if bad in {n.split(".")[0] for n in imported(m, tree)}} for bad in ("sqlite3", "sqlite_utils", "httpx")}
    assert {module.split(".")[0] for module in users["sqlite3"] | users["sqlite_utils"]} <= {"archive"}
    assert users["httpx"] == {"ingest.web.fetch"}


DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# `parsers/page.py` in backquotes, or a Markdown link to a file here.
_NAMED = re.compile(r"`((?:parsers|archive|ingest|tests|docs|bench|demo|\.ci)/[\w./-]*)`|\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_docs_name_files_that_are_there(doc: Path) -> None:
    """A path in the docs leads somewhere."""
    named = [(quoted, linked) for quoted, linked in _NAMED.findall(doc.read_text(encoding="utf-8"))]
    paths = [ROOT / quoted if quoted else doc.parent / linked for quoted, linked in named]
    assert [str(path) for path in paths if not path.exists() and not _ignored(path)] == []


def _ignored(path: Path) -> bool:
    """Made by a run, like demo/work/: git would not track it."""
    return subprocess.run(["git", "check-ignore", "-q", str(path)], cwd=ROOT, check=False).returncode == 0
