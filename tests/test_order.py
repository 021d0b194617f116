"""Who is named first: the person, the role, the organisation, the family; and the small words between them."""

from __future__ import annotations

import pytest

from .bylined import Positions, positions

#: what stands where: the role before the name, the organisation behind a small word, a full stop between
ORDERS: list[tuple[str, str, Positions]] = [
    ("CEO of Halbe Optics, Abigail Marsh", "Abigail Marsh", [("CEO", "Halbe Optics")]),
    ("Geschäftsführerin der Halbe GmbH, Sabine Koch", "Sabine Koch", [("Geschäftsführerin", "Halbe GmbH")]),
    ("Directora de Banco Ordesa, Inés Robledo", "Inés Robledo", [("Directora", "Banco Ordesa")]),
    ("Director, Lennox Trust: Moira Lennox", "Moira Lennox", [("Director", "Lennox Trust")]),
    ("Chief economist Ann Lee, Acme Bank", "Ann Lee", [("Chief economist", "Acme Bank")]),
    ("Former treasurer Doreen Marsh, Harbour Mutual:", "Doreen Marsh", [("Former treasurer", "Harbour Mutual")]),
    ("Shop owner Zadie Orlock:", "Zadie Orlock", [("Shop owner", "")]),
    ("Conny Albers von Obst & Laune:", "Conny Albers", [("", "Obst & Laune")]),
    ("Sabine Koch von der Halbe GmbH", "Sabine Koch", [("", "Halbe GmbH")]),
    ("Basti Krüger von werkbank-berg.de:", "Basti Krüger", [("", "werkbank-berg.de")]),
    ("Sabine Koch, von Apfelzeit", "Sabine Koch", [("", "Apfelzeit")]),
    ("Pilar Montes, de El Huerto a Pie", "Pilar Montes", [("", "El Huerto a Pie")]),
    ("Marie Dupont chez Verger Bleu", "Marie Dupont", [("", "Verger Bleu")]),
    ("Jan Nowak z Fundacji Sad", "Jan Nowak", [("", "Fundacji Sad")]),
    ("Anna Berg hos Vinterbo", "Anna Berg", [("", "Vinterbo")]),
    ("Tamsin Ward from Oak Words", "Tamsin Ward", [("", "Oak Words")]),
    ("Ann Lee from Chicago", "Ann Lee", []),
    ("Karl Maria von Weber", "Karl Maria von Weber", []),
    ("Luis Pérez de Castro", "Luis Pérez de Castro", []),
    ("Jan Peter van der Berg", "Jan Peter van der Berg", []),
    ("Inés Robledo. Directora de Banco Ordesa", "Inés Robledo", [("Directora", "Banco Ordesa")]),
    ("Sabine Koch. Gründerin, Halbe GmbH", "Sabine Koch", [("Gründerin", "Halbe GmbH")]),
    ("Zara Lyle – zaralyle.com", "Zara Lyle", [("", "zaralyle.com")]),
    ("Joost ’t Hart\ndirecteur, Appelclub", "Joost ’t Hart", [("directeur", "Appelclub")]),
    ("Jacobus van 't Hoff, chemist", "Jacobus van 't Hoff", [("chemist", "")]),
    ("Jeanne d’Aubigny, fondatrice, Verger Bleu", "Jeanne d’Aubigny", [("fondatrice", "Verger Bleu")]),
    ("Jeanne d'Aubigny, fondatrice, Verger Bleu", "Jeanne d'Aubigny", [("fondatrice", "Verger Bleu")]),
    ("Sean O’Neil, founder, Acme", "Sean O’Neil", [("founder", "Acme")]),
    ("ANNE AND PAUL KESSLER", "ANNE AND PAUL KESSLER", []),
    ("Economist Sibyl Harrison, Harbour Institute:", "Sibyl Harrison", [("Economist", "Harbour Institute")]),
    ("ANA Y LUIS GÓMEZ", "ANA Y LUIS GÓMEZ", []),
    ("PETRA & JENS KOHL", "PETRA & JENS KOHL", []),
]


@pytest.mark.parametrize(("text", "name", "told"), ORDERS)
def test_orders_and_small_words(text: str, name: str, told: Positions) -> None:
    """Which of the parts is the name does not hang on where it stands."""
    assert positions(text) == (name, told)


@pytest.mark.parametrize(
    "text",
    [
        "Head of Marketing, Oak Bank",  # two organisations, or a role and one
        "Minister of Health, Care and Sports",
        "Tales from Oak Words",
        "Thoughts of Ann Lee",
        "Live from Oakhurst",
        "TERMS AND CONDITIONS",
        "FISH & CHIPS",
        "Ann Lee. The director of the film said no",
    ],
)
def test_orders_that_name_nobody(text: str) -> None:
    """The same shapes without a person in them."""
    assert positions(text) is None
