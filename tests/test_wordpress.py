"""A real WordPress from end to end: what it shows is read, and what an editor does to it is found, no more and no less."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from . import servers
from .conftest import Ingest
from .servers import WordPress

TOLD = servers.told()
CONFIG = str(servers.HERE / "wordpress" / "config.toml")
OLDEST, NEWEST = {"default_comments_page": "oldest"}, {"default_comments_page": "newest"}


def shown(text: str) -> str:
    """A comment's words as WordPress prints them: without markup, with its own dots, one line a paragraph or break."""
    return re.sub(r"\n+", "\n", re.sub(r"<[^>]+>", "", text)).replace("...", "…")


def read(ingest: Ingest, site: WordPress) -> dict[str, Any]:
    """What `ingest parse --json` reads at the roundup's address, the further pages that it asks for among it."""
    done = ingest("parse", "--json", "--config", CONFIG, "--allow-host", site.host, site.roundup)
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr
    return dict(json.loads(done.stdout))


def visit(ingest: Ingest, site: WordPress) -> list[tuple[str, str, str]]:
    """One `ingest url`; the changes that it archived, as (kind, item, label)."""
    done = ingest("url", "--json", "--config", CONFIG, "--allow-host", site.host, site.roundup)
    assert done.returncode == 0, done.stderr + done.stdout
    outcome = json.loads(done.stdout)
    return sorted((change["kind"], change["item"], change["label"]) for change in outcome["changes"])


def threads(document: dict[str, Any]) -> list[tuple[str, str, str, str, str, str]]:
    """Each comment as (author, its parent's author, kind, URL, time to the minute, text), sorted."""
    author = {comment["id"]: comment["author"] for comment in document["comments"]}
    return sorted(
        (c["author"], author.get(c["parent"], ""), c["kind"], c["author_url"] or "", (c["posted_at"] or "")[:16], c["text"])
        for c in document["comments"]
    )


def told_threads(*numbers: int) -> list[tuple[str, str, str, str, str, str]]:
    """The same from roundup.json, of the comments with these numbers; of all where none are given. Pings are not among them."""
    author = {one["n"]: one["author"] for one in TOLD["comments"]} | {0: ""}
    return sorted(
        (one["author"], author[one["parent"]], "comment", one["url"], one["at"][:16].replace(" ", "T"), shown(one["text"]))
        for one in TOLD["comments"]
        if not numbers or one["n"] in numbers
    )


def without_pings(found: list[tuple[str, str, str, str, str, str]]) -> list[tuple[str, str, str, str, str, str]]:
    """Only the readers' comments."""
    return [one for one in found if one[2] == "comment"]


def test_the_roundup_is_read(wordpress: WordPress, ingest: Ingest) -> None:
    """Title, date, and seven experts with role, affiliation and every word."""
    page = read(ingest, wordpress)
    experts = [
        (
            " ".join(part for part in (one["expert"]["honorific"], one["expert"]["name"]) if part),
            [(place["role"], place["affiliation"]) for place in one["expert"]["positions"]],
            one["text"],
        )
        for one in page["statements"]
    ]
    assert (page["verdict"]["kind"], page["title"], page["published_at"][:10]) == ("roundup", TOLD["title"], TOLD["at"][:10])
    assert experts == [(one["name"], [(one["role"], one["affiliation"])], one["text"]) for one in TOLD["experts"]]
    assert page["leftover"] == []


@pytest.mark.parametrize("options", [NEWEST, OLDEST], ids=["newest", "oldest"])
def test_the_served_page_alone(wordpress: WordPress, ingest: Ingest, options: dict[str, str], tmp_path: Path) -> None:
    """A page saved by itself: its own comments with their parents, and "paginated", since there are more."""
    wordpress.options(**options)
    saved = tmp_path / "page.html"
    with urllib.request.urlopen(wordpress.roundup) as answer:
        saved.write_bytes(answer.read())
    page = json.loads(ingest("parse", "--json", str(saved)).stdout)
    here = (36, 37) if options is NEWEST else tuple(range(1, 22))
    assert without_pings(threads(page)) == told_threads(*here)
    assert page["comments_status"] == "paginated"


@pytest.mark.parametrize("rest", [True, False], ids=["rest", "pages"])
@pytest.mark.parametrize("options", [NEWEST, OLDEST], ids=["newest", "oldest"])
def test_every_comment_once(wordpress: WordPress, ingest: Ingest, options: dict[str, str], rest: bool) -> None:
    """All 37 over three comment pages and the two pings, each once, with parent, time and words; the held one not."""
    wordpress.options(**options, test_rest_off=0 if rest else 1)
    page = read(ingest, wordpress)
    found = threads(page)
    assert without_pings(found) == told_threads()
    assert sorted((one[2], one[3]) for one in found if one[2] != "comment") == sorted((p["kind"], p["url"]) for p in TOLD["pings"])
    assert page["comments_status"] == "parsed"


def test_a_second_visit_adds_nothing(wordpress: WordPress, ingest: Ingest) -> None:
    """The same page again: no change."""
    first = visit(ingest, wordpress)
    assert [label for kind, item, label in first if item == "statement"] == sorted(one["name"].removeprefix("Dr. ") for one in TOLD["experts"])
    assert visit(ingest, wordpress) == []


def test_an_edited_statement_is_one_change(wordpress: WordPress, ingest: Ingest) -> None:
    """One word in one statement: one edit, of that statement."""
    visit(ingest, wordpress)
    wordpress.replace("A bucket a day in July", "Two buckets a day in July")
    assert visit(ingest, wordpress) == [("edited", "statement", "Jean-Luc Petit")]


def test_what_happens_to_comments(wordpress: WordPress, ingest: Ingest) -> None:
    """Edited, deleted, added, brought back: each is that change and nothing else, and history tells them."""
    visit(ingest, wordpress)
    wordpress.trash_comment(wordpress.comments[35])
    assert visit(ingest, wordpress) == [("removed", "comment", "Emil")]
    wordpress.restore_comment(wordpress.comments[35])
    wordpress.edit_comment(wordpress.comments[33], "The fine should follow the trunk’s girth.")
    wordpress.delete_comment(wordpress.comments[34])
    wordpress.add_comment("The oak and the lime.", author="Walker", parent=wordpress.comments[37])
    four = [("added", "comment", "Walker"), ("edited", "comment", "Surveyor"), ("removed", "comment", "Zoë"), ("restored", "comment", "Emil")]
    assert visit(ingest, wordpress) == four
    history = ingest("history", wordpress.roundup).stdout
    assert [label for _, _, label in four if label not in history] == []
    assert ("trunk’s girth" in history, "oak and the lime" in history) == (True, True)


def test_a_thread_survives_its_parent(wordpress: WordPress, ingest: Ingest) -> None:
    """A comment with replies is deleted: it alone is removed, its replies stay and are not new."""
    visit(ingest, wordpress)
    wordpress.delete_comment(wordpress.comments[36])
    changes = visit(ingest, wordpress)
    assert [change for change in changes if change[0] in ("added", "removed")] == [("removed", "comment", "Walker")]
