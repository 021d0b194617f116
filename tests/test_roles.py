"""Occupations of every sector, in many languages."""

from __future__ import annotations

import pytest

from .bylined import Positions, positions

OCCUPATIONS: list[tuple[str, Positions]] = [
    ("Anna Berg (Headteacher, Oakhurst School)", [("Headteacher", "Oakhurst School")]),
    ("Anna Berg, crofter at Quillfish", [("crofter", "Quillfish")]),
    ("Anna Berg (Malermeisterin)", [("Malermeisterin", "")]),
    ("Anna Berg (boulangère)", [("boulangère", "")]),
    ("Anna Berg (apicultora)", [("apicultora", "")]),
    ("Anna Berg (pasticciera)", [("pasticciera", "")]),
    ("Anna Berg (padeira)", [("padeira", "")]),
    ("Anna Berg (fietsenmaker)", [("fietsenmaker", "")]),
    ("Anna Berg (listonoszka)", [("listonoszka", "")]),
    ("Anna Berg (pčelarica)", [("pčelarica", "")]),
    ("Anna Berg (arıcı)", [("arıcı", "")]),
    ("Anna Berg (včelařka)", [("včelařka", "")]),
    ("Anna Berg (méhész)", [("méhész", "")]),
    ("Anna Berg (ζαχαροπλάστης)", [("ζαχαροπλάστης", "")]),
    ("Anna Berg (biodlare)", [("biodlare", "")]),
    ("Анна Бергова (пчеловод)", [("пчеловод", "")]),
    ("Олена Шевчук (пасічниця)", [("пасічниця", "")]),
    ("Anna Berg, CEO, Conductor", [("CEO", "Conductor")]),  # a firm whose name is also an occupation
]


@pytest.mark.parametrize(("text", "expected"), OCCUPATIONS)
def test_occupations_of_every_sector(text: str, expected: Positions) -> None:
    """Crafts, farming, care and service are known in each language, not only the office's roles."""
    found = positions(text)
    assert found is not None
    assert found[1] == expected
