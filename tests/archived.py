"""Nouns for the tests of the archive: a small roundup that is easy to change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from parsers import Bundle, Capture, Change, Comment, Dropped, Expert, Parsed, Position, Question, Roundup, Statement, Verdict

URL = "https://blog.example/2019/post/"
START = datetime(2019, 2, 26, 10, tzinfo=UTC)
DAY = timedelta(days=1)

ANN = "We will see some progress this year, though not on the matters that make headlines."
BOB = "I doubt that anything will come of it before both sides have new people at the table."
CHEN = "Look at the border trade instead; it tells you more than any communique ever did."


def said(name: str, text: str, position: int = 1, *, key: str = "", titles: Iterable[tuple[str, str]] = (("Lecturer", "Kettlewick University"),), question: str = "") -> Statement:
    """A statement by somebody."""
    places = tuple(Position(*pair) for pair in titles)
    return Statement(key or name.lower().replace(" ", "-"), Expert(name, positions=places, byline=name), text, question, position)


def wrote(author: str, text: str, key: str = "", *, when: str = "2019-02-27T08:00", parent: str = "") -> Comment:
    """A reader's comment."""
    return Comment(key or author.lower(), text, author, posted_at=when, parent=parent)


STATEMENTS = (said("Ann Lee", ANN, 1), said("Bob Ray", BOB, 2), said("Chen Wei", CHEN, 3))
COMMENTS = (wrote("Joe", "You forgot the carpenters, and they will not forgive it.", "101"), wrote("Eve", "They did not, read it again.", "102", parent="101"))


def read(
    statements: Iterable[Statement] = STATEMENTS, comments: Iterable[Comment] = COMMENTS, *, title: str = "What do you expect?", url: str = URL,
    status: str = "parsed", verdict: str = "roundup", parser: str = "parser 1", article: str = "", left_over: tuple[str, ...] = (),
    dropped: tuple[Dropped, ...] = (Dropped("structure/nav", "Home About", 1),), questions: tuple[Question, ...] = (), lede: str = "We asked three people.",
) -> Parsed:
    """What a parser makes of the page."""
    roundup = Roundup(
        url, title, questions or (Question("q", title),), lede, editor="Hanna", published_at="2019-02-26", statements=tuple(statements),
        comments=tuple(comments), comments_status=status, article=article, language="en", platform="wordpress",
    )
    return Parsed(roundup, Verdict(verdict, 0.9, ("three bylines in one style",)), dropped, left_over, parser=parser)


def capture(number: int = 0, *, url: str = URL, day: float | None = None, body: bytes | None = None, **fields: object) -> Capture:
    """The page's bytes at its n-th visit, a day after the one before."""
    made = f"<html><!-- nonce {number} -->".encode() + b"<p>hello again</p>" * 200
    return replace(Capture(url, body if body is not None else made, START + DAY * (number if day is None else day)), **fields)  # type: ignore[arg-type]


def bundle(number: int = 0, **fields: object) -> Bundle:
    """The same, as what a parser reads."""
    return Bundle(capture(number, **fields))  # type: ignore[arg-type]


def told(changes: Iterable[Change]) -> list[tuple[str, str, str]]:
    """Changes as kind, item and label, in order."""
    return [(change.kind, change.item, change.label) for change in changes]
