"""What a segment of a byline becomes beside its neighbours. All people and organisations are made up."""

from __future__ import annotations

import pytest

from parsers.bylines.context import parted

from .bylined import Positions, positions

BESIDE: list[tuple[str, Positions]] = [
    # two positions joined by "and", each with its comma
    ("Editor, Larch Weekly and Director, Oakhurst Trust", [("Editor", "Larch Weekly"), ("Director", "Oakhurst Trust")]),
    (
        "Professorin, Universität Nordfeld und Leiterin, Institut für Moorkunde",
        [("Professorin", "Universität Nordfeld"), ("Leiterin", "Institut für Moorkunde")],
    ),
    (
        "Founder, Tidewater, Inc. and Chief Strategy Officer, Blue Elm",
        [("Founder", "Tidewater, Inc."), ("Chief Strategy Officer", "Blue Elm")],
    ),
    ("Co-Founder, quarzly.io and Chief Product Officer, Larch", [("Co-Founder", "quarzly.io"), ("Chief Product Officer", "Larch")]),
    ("Inhaberin, Quist Optik und Leiterin, Larch AG", [("Inhaberin", "Quist Optik"), ("Leiterin", "Larch AG")]),
    ("Dean, Troy College & Board Chair, Elm Fund", [("Dean", "Troy College"), ("Board Chair", "Elm Fund")]),
    # which may as well be one role
    ("Retail and Marketing Director, Oakhurst", [("Retail and Marketing Director", "Oakhurst")]),
    # behind a degree, letters are a degree as well, unless they say what somebody is
    ("PhD, CEO, Oakhurst", [("CEO", "Oakhurst")]),
    ("PhD, DACVIM, Oakhurst Clinic", [("", "Oakhurst Clinic")]),
    # what on, between the role and the organisation
    ("CEO, Asset Management, Larch Group", [("CEO, Asset Management", "Larch Group")]),
    ("Director, Basic Science, Northfield University", [("Director, Basic Science", "Northfield University")]),
    (
        "Managing Director, International Initiatives, Elm Conservancy",
        [("Managing Director, International Initiatives", "Elm Conservancy")],
    ),
    ("SVP, IT at Oakhurst", [("SVP, IT", "Oakhurst")]),
    ("President, EMEA at The Larch Companies, Inc.", [("President, EMEA", "The Larch Companies, Inc.")]),
    ("Professor, Department of Statistics, Troy University", [("Professor", "Department of Statistics, Troy University")]),
    ("Travel, Food, and Lifestyle Writer", [("Travel, Food, and Lifestyle Writer", "")]),
    # what was taken for an organisation beside a role, until one follows
    ("ASIC design engineer, Tropic Elm", [("ASIC design engineer", "Tropic Elm")]),
    ("Projektleiterin Brücken, Larch Bau AG", [("Projektleiterin Brücken", "Larch Bau AG")]),
    ("Coordinadora de Eventos, Cámara de Navarredo", [("Coordinadora de Eventos", "Cámara de Navarredo")]),
    ("Head of Digital Assets at BlackElm", [("Head of Digital Assets", "BlackElm")]),
    ("Multimedia Journalist at Beacon", [("Multimedia Journalist", "Beacon")]),
    ("Coordenador de Suporte TI da Lareira", [("Coordenador de Suporte TI", "Lareira")]),
    ("Dyrektor Operacyjny w Dębowy Las", [("Dyrektor Operacyjny", "Dębowy Las")]),
    # roles that a field follows without a preposition
    ("Leiterin Personalstrategie", [("Leiterin Personalstrategie", "")]),
    ("Hoofd Beveiliging, Feest Noord", [("Hoofd Beveiliging", "Feest Noord")]),
    ("Leiter ORLANDO Digitale Medien", [("Leiter", "ORLANDO Digitale Medien")]),
    ("CRM Manager, Oakhurst", [("CRM Manager", "Oakhurst")]),
    # "de" without an article leads to a field, and so do words for bodies that nothing else is said of
    ("Gerente de Toldería, Lareira Norte", [("Gerente de Toldería", "Lareira Norte")]),
    ("Diretora de Amarração, LAREIRA DOCAS", [("Diretora de Amarração", "LAREIRA DOCAS")]),
    ("Gestora de Agência da Lareira", [("Gestora de Agência", "Lareira")]),
    ("Director de Quarzly", [("Director", "Quarzly")]),
    ("Chargée de productions audiovisuelles, Radio Larche", [("Chargée de productions audiovisuelles", "Radio Larche")]),
    ("Dyrektor szkoły", [("Dyrektor szkoły", "")]),
    ("Директор Академии, Лиственница", [("Директор Академии", "Лиственница")]),
    ("Kierownik ds. Zakupów, Dębowy Las", [("Kierownik ds. Zakupów", "Dębowy Las")]),
    ("İşletme Müdürü", [("İşletme Müdürü", "")]),
    ("Head Experience & Design, Tidewater", [("Head Experience & Design", "Tidewater")]),
    ("Abogada, Secretaría de Salud", [("Abogada", "Secretaría de Salud")]),
    ("Periodista de Infraestructura", [("Periodista de Infraestructura", "")]),
    ("2º Vice Presidente, Lareira Norte", [("2º Vice Presidente", "Lareira Norte")]),
    ("2nd Vice President, Oakhurst Trust", [("2nd Vice President", "Oakhurst Trust")]),
    # firms named for trades, in small letters, or by their kind first
    ("Co-Executive Director, Learning Equality", [("Co-Executive Director", "Learning Equality")]),
    ("Founder, Tidewater Lifeguards", [("Founder", "Tidewater Lifeguards")]),
    ("Inhaber, Achterberg Optik", [("Inhaber", "Achterberg Optik")]),
    ("Prezes Zarządu, TUX Expert sp. z o.o.", [("Prezes Zarządu", "TUX Expert sp. z o.o.")]),
    ("Médecin chercheur, Institut Pasteur de Larchville", [("Médecin chercheur", "Institut Pasteur de Larchville")]),
    ("Co-Founder & CEO, qorvex", [("Co-Founder & CEO", "qorvex")]),
    ("Co-Founder at qorvex", [("Co-Founder", "qorvex")]),
    ("IT Founder, elmStripe", [("IT Founder", "elmStripe")]),
    ("Geschäftsführer bei Quist & Partner", [("Geschäftsführer", "Quist & Partner")]),
    # what belongs to the role, what to the body's name
    ("Prezes Zarządu Dębowex SA", [("Prezes Zarządu", "Dębowex SA")]),
    ("QRTV Yönetim Kurulu Başkanı", [("Yönetim Kurulu Başkanı", "QRTV")]),
    (
        "Prezes Polskiego Towarzystwa Ceramików i Garncarzy Dębowych",
        [("Prezes", "Polskiego Towarzystwa Ceramików i Garncarzy Dębowych")],
    ),
    ("Bayview General Hospital", [("", "Bayview General Hospital")]),
    ("Generalsekretær i Norsk Skogråd", [("Generalsekretær", "Norsk Skogråd")]),
    ("Generalsekretær i Oslo", [("Generalsekretær i Oslo", "")]),
    ("Gerente de Produto no Quorvex", [("Gerente de Produto", "Quorvex")]),
    ("a senior fellow at the Larch Institute focusing on dunes", [("senior fellow", "Larch Institute")]),
    # bodies by their kind alone
    ("Policy Consultant for the City of Troy", [("Policy Consultant", "City of Troy")]),
    ("Member of the Elvish Cyber Security Council", [("Member", "Elvish Cyber Security Council")]),
    ("Member of the Executive Board, Oakhurst", [("Member of the Executive Board", "Oakhurst")]),
    ("Assoc. Professor, Troy University", [("Assoc. Professor", "Troy University")]),
]


@pytest.mark.parametrize(("rest", "expected"), BESIDE)
def test_a_segment_is_read_with_those_beside_it(rest: str, expected: Positions) -> None:
    """The same words are a field, a firm or a second role, as what stands before and behind them says."""
    assert positions(f"Anna Berg, {rest}") == ("Anna Berg", expected)


WHOLE: list[tuple[str, str, Positions]] = [
    ("Managing Director Anita Berg, Oakhurst", "Anita Berg", [("Managing Director", "Oakhurst")]),
    ("Podcaster Ulo Tamm, Larch Kilns", "Ulo Tamm", [("Podcaster", "Larch Kilns")]),
    ("Directrice de recherche Sophie Quist, CNRQ", "Sophie Quist", [("Directrice de recherche", "CNRQ")]),
    ("Pesquisadora Ana Cristina da Silva Morais, Lareira", "Ana Cristina da Silva Morais", [("Pesquisadora", "Lareira")]),
    # words that can all be a role's, and a known given name behind them
    ("Directora ejecutiva Ana Quist", "Ana Quist", [("Directora ejecutiva", "")]),
    ("Chief of Cardiology Anna Berg", "Anna Berg", [("Chief of Cardiology", "")]),
    ("Dyrektor Operacyjny Anna Berg, Larch", "Anna Berg", [("Dyrektor Operacyjny", "Larch")]),
    # or a name on no list, where an organisation follows
    ("Executive Editor Quorva Brindl, Larch News", "Quorva Brindl", [("Executive Editor", "Larch News")]),
    # what follows is read as if it stood behind the role
    ("Founder Anna Berg, Tidewater Lifeguards", "Anna Berg", [("Founder", "Tidewater Lifeguards")]),
    ("Chief Economist Anna Berg, Global Investments", "Anna Berg", [("Chief Economist", "Global Investments")]),
    ("Ulo Tamm: Director @ Larch Institute", "Ulo Tamm", [("Director", "Larch Institute")]),
]


@pytest.mark.parametrize(("text", "name", "expected"), WHOLE)
def test_a_role_before_a_name_or_a_colon_behind_it(text: str, name: str, expected: Positions) -> None:
    """A name that we know, or a role that no name has, says where the one ends and the other begins."""
    assert positions(text) == (name, expected)


def test_where_neither_is_known_nothing_is_read() -> None:
    """Empty beats wrong: no name has "Hoofd" in it, and where that role ends the line does not say."""
    assert positions("Hoofd Facilitaire Kwesties Ulo Tamm, Larch") is None


def test_a_patronymic_keeps_its_surname() -> None:
    """Three names in the order of papers are one person's: the first is no organisation."""
    assert positions("Директор Лиственник Иван Петрович") is None


def test_initials_may_be_glued_to_the_surname() -> None:
    assert positions("И.П.Лиственник, директор Института лесов") == ("И.П.Лиственник", [("директор", "Института лесов")])


def test_what_somebody_is_of_is_no_part_of_the_name() -> None:
    """A title before a name and a role before one are spelled alike: what a professor is of stands between."""
    text = "Professore di Scienze Agrarie Anna Berg"
    assert positions(text) == ("Anna Berg", [("Professore di Scienze Agrarie", "")])


def test_titles_of_several_words_stand_before_a_name() -> None:
    assert positions("prof. dr hab. n. med. Anna Berg, ordynator") == ("Anna Berg", [("ordynator", "")])
    assert positions("Conf. univ. dr. Anna Berg, prorector") == ("Anna Berg", [("prorector", "")])


def test_eastern_names_glued_to_a_role_are_read_behind_an_organisation() -> None:
    assert positions("南方能源集团有限公司总经理李明") == ("李明", [("总经理", "南方能源集团有限公司")])
    assert positions("김민수 남강기후연구소장") == ("김민수", [("소장", "남강기후연구소")])


def test_a_field_is_no_one() -> None:
    """The endings tell a field from who works in it: "педагог", "педагогики"."""
    assert positions("Anna Berg, директор Института педагогики") == ("Anna Berg", [("директор", "Института педагогики")])
    assert positions("Ганна Квіт, директор Інституту педагогіки") == ("Ганна Квіт", [("директор", "Інституту педагогіки")])
    assert positions("Ana Quist, Presidenta, Asociación Pedagógica Larque") == (
        "Ana Quist",
        [("Presidenta", "Asociación Pedagógica Larque")],
    )


def test_only_what_opens_with_a_role_parts_an_organisation() -> None:
    """The last "and" counts, and a firm's own is none."""
    assert parted("Institute for Dunes and Marshes and Director") == ("Institute for Dunes and Marshes", "Director")
    assert parted("Larch and Partner") is None
    assert parted("Larch & Director") is None
    assert parted("Sales and Marketing Manager") is None
