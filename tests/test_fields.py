"""What stands around a name in other forms than a byline's: labelled fields, lines of links, sentences about the person."""

from __future__ import annotations

import pytest

from parsers import Capture, Position
from parsers.blocks import Blocks, find_blocks
from parsers.blocks.fields import field_of
from parsers.page import open_page

A = "The trees will be fine, and so shall we, if somebody remembers to water them in June."
B = "Nobody who has carried a ladder up that slope believes in machines any longer."
C = "We planted twelve, lost nine, and learned more from the nine than from the three."
PEOPLE = (
    ("Hannah Whitlock", "Grower", "Fen Nursery", A),
    ("Tobias Renwick", "Cidermaker", "Weir Press", B),
    ("Clara Dornfeld", "Editor", "Hedge Post", C),
)


def blocks_of(line: str) -> Blocks:
    """A page with a piece of markup for each of three people: {0} name, {1} role, {2} organisation, {3} words."""
    body = "".join(line.format(*person) for person in PEOPLE)
    return read(body)


def read(body: str) -> Blocks:
    page = open_page(Capture("https://b.example/", body.encode(), headers=(("content-type", "text/html; charset=utf-8"),)))
    return find_blocks(page, page.lines)


@pytest.mark.parametrize("line", ["Soil: turn it.", "Name:", "Ann Lee", "My name is short: Lee"])
def test_no_field(line: str) -> None:
    """A colon alone makes no field, and neither does a label alone."""
    assert field_of(line) == ("", "")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Nom : Claire Aubin", ("name", "Claire Aubin")),
        ("Beruf: Gärtnerin", ("role", "Gärtnerin")),
        ("Организация: Театр", ("org", "Театр")),
        ("氏名：山田太郎", ("name", "山田太郎")),
        ("Website: fen.example", ("more", "fen.example")),
    ],
)
def test_field(line: str, expected: tuple[str, str]) -> None:
    """Labels of many languages are known, whatever stands around the colon."""
    assert field_of(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "<p>Name: {0}<br>Title: {1}<br>Company: {2}</p><p>{3}</p>",
        "<p><b>Company:</b> {2}</p><p><b>Name:</b> {0}</p><p><b>Job title:</b> {1}</p><p>{3}</p>",
        "<div>Nombre: {0}</div><div>Cargo: {1}</div><div>Empresa: {2}</div><div>Ciudad: Troy</div><p>{3}</p>",
        "<h3>{0}</h3><p><a href=/t>Twitter</a> | <a href=/l>LinkedIn</a></p><p><b>{1}, {2}</b></p><p>{3}</p>",
    ],
)
def test_fields_and_links(line: str) -> None:
    """Labels in any order, and links between name and role, leave name, role, organisation and words as they are."""
    found = blocks_of(line).blocks
    assert [block.expert.name for block in found] == [person[0] for person in PEOPLE]
    assert [block.expert.positions for block in found] == [(Position(role, org),) for _, role, org, _ in PEOPLE]
    assert [block.paragraphs for block in found] == [(words,) for *_, words in PEOPLE]


def test_name_above_sentence() -> None:
    """A sentence about each person below their name is no byline, and it is not said."""
    found = blocks_of("<h3>{0}</h3><p><i>{0} is {1} at {2}. Reads on trains.</i></p><p>{3}</p>").blocks
    assert [block.expert.name for block in found] == [person[0] for person in PEOPLE]
    assert [block.paragraphs for block in found] == [(words,) for *_, words in PEOPLE]


def test_quotation_inside() -> None:
    """A quotation with the speaker's own words on both sides leaves these in the statement."""
    found = blocks_of(
        "<h3>{0}, {1}</h3><p>{3}</p><blockquote><p>{1} and rain.</p></blockquote><p>{2} is where I learned it.</p>"
    )
    assert [block.paragraphs for block in found.blocks] == [
        (words, f"{role} and rain.", f"{org} is where I learned it.") for _, role, org, words in PEOPLE
    ]


def test_editor_before_quotation() -> None:
    """An editor's line before the quotation is still none of the speaker's words."""
    found = blocks_of("<h3>{0}, {1}</h3><p>We met in a shed.</p><blockquote><p>{3}</p></blockquote>")
    assert [block.paragraphs for block in found.blocks] == [(words,) for *_, words in PEOPLE]


@pytest.mark.parametrize(
    "line",
    ["Happy reading!", "Viel Spaß beim Lesen!", "Bonne lecture !", "What would you add?", "Jó olvasást!", "いかがでしたか？"],
)
def test_closing_line(line: str) -> None:
    """What an editor says to the reader behind the last answer is no part of it."""
    body = "".join(f"<p><b>{name}, {role}</b></p><p>{words}</p>" for name, role, _, words in PEOPLE)
    assert read(f"{body}<p>{line}</p>").blocks[-1].paragraphs == (C,)
