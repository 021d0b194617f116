"""What stands behind a name, as role and affiliation: invented people, one reason a line."""

from __future__ import annotations

import pytest

from parsers import read_byline

Positions = list[tuple[str, str]]


def told(text: str) -> Positions | None:
    """The positions of a byline, in a form that is short to write down."""
    expert = read_byline(text)
    return [(p.role, p.affiliation) for p in expert.positions] if expert else None


BRANDS = [
    ("Mina Torvald, Operations Director, eVoltage, Toronto", [("Operations Director", "eVoltage")]),  # small letters by design
    ("Owen Prior, Chief Editor, SubEditors", [("Chief Editor", "SubEditors")]),  # a brand made of a role
    ("Petra Lang, RedakteurIn, Waldruf", [("RedakteurIn", "Waldruf")]),  # no brand: both genders in one word
    ("Ruth Amman, Treasurer, Amalgamated Bricklayers Local 1604", [("Treasurer", "Amalgamated Bricklayers Local 1604")]),
    ("Ruth Amman, Treasurer, 1604", [("Treasurer", "")]),  # a figure alone names nothing
]


@pytest.mark.parametrize(("text", "expected"), BRANDS)
def test_an_organisation_may_be_printed_oddly(text: str, expected: Positions) -> None:
    """Small letters, a capital within, or a figure at the end make no organisation less of one."""
    assert told(text) == expected


def test_the_kind_of_body_stands_first_in_romance_languages() -> None:
    """A field behind it is part of its name, where in English "Library Science" is a field as a whole."""
    assert told("Livia Sartori, direttrice dell’Istituto Studi Internazionali") == [("direttrice", "Istituto Studi Internazionali")]
    assert told("Ann Lee, Professor of Library Science") == [("Professor of Library Science", "")]


AT = [
    ("Ines Varga, Release Wrangler at Kiteworks Lab", [("Release Wrangler", "Kiteworks Lab")]),  # no word of it is a known role
    ("Ines Varga, lamplighter at Brook & Dale", [("lamplighter", "Brook & Dale")]),
    ("Ines Varga, Principal Malware Wrangler at Kitefish", [("Principal Malware Wrangler", "Kitefish")]),
    ("Ines Varga, Lake House at Dale", [("", "Lake House at Dale")]),  # a body, not what somebody is
    ("Ines Varga, singing at Dale Hall", None),  # what she does in a picture
    ("Stina Bruun, chef för Baltikumfrågor vid Havsinstitutet", [("chef för Baltikumfrågor", "Havsinstitutet")]),
    ("Pilar Sanz, responsable de contenidos en Marazul", [("responsable de contenidos", "Marazul")]),
    ("Rui Teles, diretor de produto na Onda Clara", [("diretor de produto", "Onda Clara")]),
    ("Iga Mazur, dyrektor marketingu w Cichy Las", [("dyrektor marketingu", "Cichy Las")]),
    ("Siv Dahle, daglig leder i Nordvindu", [("daglig leder", "Nordvindu")]),  # no field has a capital there
    ("Noé Girard, professeur d’histoire à Sciences Lille", [("professeur d’histoire", "Sciences Lille")]),
    ("Pilar Sanz, profesora en Filosofía", [("profesora en Filosofía", "")]),  # a field in capitals
    ("Nora Besson, députée de la Drôme", [("députée de la Drôme", "")]),  # an office
    ("Jan Holz, Staatssekretär im Bundesministerium für Fischerei", [("Staatssekretär", "Bundesministerium für Fischerei")]),
    ("Jan Holz, Professor für Verfahren der Stromspeicherung, Universität Ulm",
     [("Professor für Verfahren der Stromspeicherung", "Universität Ulm")]),
    ("Tim Ohl, CEO von hellgrün", [("CEO", "hellgrün")]),  # German nouns have capitals: small letters are a brand
    ("Dario Costa, Direttore di stabilimento, Molino Costa", [("Direttore di stabilimento", "Molino Costa")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), AT)
def test_small_words_lead_to_where_somebody_works(text: str, expected: Positions | None) -> None:
    """Words that mean "at" lead to an organisation whatever stands before; others only where print or words say so."""
    assert told(text) == expected


REMARKS = [
    ("Ola Brink, CEO at Tidehaus, a Norway-based maker of pumps", [("CEO", "Tidehaus")]),
    ("Ola Brink, CEO at Tidehaus, a founder of Pumpwerk", [("CEO", "Tidehaus"), ("founder", "Pumpwerk")]),  # a further role
    ("Ola Brink, freelance illustrator based in Hull", [("freelance illustrator", "")]),
    ("Ola Brink / Team Lead / Tidehaus", [("Team Lead", "Tidehaus")]),
    ("Ola Brink (Data Guild / Northfield State)", [("", "Data Guild / Northfield State")]),  # two bodies stay one affiliation
]


@pytest.mark.parametrize(("text", "expected"), REMARKS)
def test_where_an_affiliation_ends(text: str, expected: Positions) -> None:
    """A remark on an organisation is none of its name, and a slash parts it from the role."""
    assert told(text) == expected


PARTS = [
    ("Cora Lind, Associate, Employment Group, Hollis Vane", [("Associate", "Employment Group, Hollis Vane")]),
    ("Cora Lind, Partner, Hollis Group, Vane Holding", [("Partner", "Hollis Group, Vane Holding")]),
    ("Cora Lind, Fellow, North Africa and Sahel Programme, Elm House", [("Fellow", "North Africa and Sahel Programme, Elm House")]),
    ("Cora Lind, Product Manager, Digital Payments, Vane", [("Product Manager, Digital Payments", "Vane")]),  # a field
    ("Cora Lind, docente Politieke Wetenschap (KU Meerdal)", [("docente Politieke Wetenschap", "KU Meerdal")]),
    ("Cora Lind, Chief Growth Officer (CGO)", [("Chief Growth Officer (CGO)", "")]),  # the role once more
    ("Ольга Лисина, доцент филологического факультета МГУ", [("доцент", "филологического факультета МГУ")]),
    ("Νίκη Ράλλη, καθηγήτρια Θερμικών Συστημάτων, Πανεπιστήμιο Νάξου",
     [("καθηγήτρια Θερμικών Συστημάτων", "Πανεπιστήμιο Νάξου")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_a_part_of_an_organisation(text: str, expected: Positions) -> None:
    """A programme or a faculty takes the organisation behind it along; brackets and genitives stay with what they belong to."""
    assert told(text) == expected


FIRST = [
    ("Beekeeper Joe Kimball, Open Woods Now:", [("Beekeeper", "Open Woods Now")]),
    ("Farmer Bill Kimball, Iowa", [("Farmer", "")]),
    ("Farmer Kimball, florist", [("florist", "")]),  # a name of two words may begin so
]


@pytest.mark.parametrize(("text", "expected"), FIRST)
def test_an_occupation_before_a_known_given_name(text: str, expected: Positions) -> None:
    """It is what somebody is, although families are named for it."""
    assert told(text) == expected


BODIES = [
    ("Олег Лисин, руководитель отдела, агентство «Сосна и партнёры»", [("руководитель отдела", "агентство «Сосна и партнёры»")]),
    ("Iva Perić, ljekarnica, Gradska ljekarna", [("ljekarnica", "Gradska ljekarna")]),
    ("Petr Lom, ředitel, Asociace pro vodní cesty (AVC)", [("ředitel", "Asociace pro vodní cesty (AVC)")]),
    ("Livia Sartori, componente del Garante per la sicurezza", [("componente", "Garante per la sicurezza")]),  # no English "per"
    ("Livia Sartori, spokeswoman, per email", [("spokeswoman", "")]),
    ("Iga Mazur, dziennikarz", [("dziennikarz", "")]),
    ("Cora Lind, Of Counsel, Hollis Vane", [("Of Counsel", "Hollis Vane")]),
]


@pytest.mark.parametrize(("text", "expected"), BODIES)
def test_bodies_and_occupations_of_a_language(text: str, expected: Positions) -> None:
    """A word for an organisation is none for an occupation, though both may begin alike: an agency is no agent."""
    assert told(text) == expected


MORE = [
    ("Mona Haas, Cairo correspondent for The Beacon", [("Cairo correspondent", "The Beacon")]),  # a capital article opens a name
    ("Lola Paz, periodista de El Faro Sur", [("periodista", "El Faro Sur")]),
    ("Mona Haas is a writer in the Los Angeles area", [("writer in the Los Angeles area", "")]),
    ("Anne Mercier, éditorialiste au « Phare »", [("éditorialiste", "«Phare»")]),
    ("Mona Haas, senior research fellow IPAS", [("senior research fellow", "IPAS")]),
    ("Mona Haas, Scientist, UK Centre for Hydrology & Ecology (UKHE)", [("Scientist", "UK Centre for Hydrology & Ecology (UKHE)")]),
    ("Mona Haas, VP, Global Field CTO, Quarzly", [("VP, Global Field CTO", "Quarzly")]),  # common words before a role are no firm
    ("Mona Haas, Owner, Quarzly CTO, Elmtree", [("Owner", ""), ("CTO", "Quarzly")]),
    ("Mona Haas – Freelance SEO", [("Freelance SEO", "")]),
    ("Лев Орлов, экономист, профессор Academia Nova", [("экономист", ""), ("профессор", "Academia Nova")]),
    ("Лев Орлов, руководитель отдела SEO", [("руководитель отдела SEO", "")]),  # a field in Latin letters
    ("Mona Haas, ledena zvjezdočatnica, Institut za more", [("ledena zvjezdočatnica", "Institut za more")]),  # words unknown
]


@pytest.mark.parametrize(("text", "expected"), MORE)
def test_print_tells_where_a_name_begins(text: str, expected: Positions) -> None:
    """An article in capitals, another script or letters behind a fellow begin an organisation's name; common words do not."""
    assert told(text) == expected


TURNED = [
    ("Kindling – Gemma Abbott, Founder", [("Founder", "Kindling")]),
    ("Interview – Gemma Abbott, Founder", None),  # a heading's word
    ("Kindling – Gemma Abbott, Founder of Oak Post", None),  # what stands before is then no organisation of hers
    ("Expert: Gemma Abbott, Chemist", [("Chemist", "")]),  # a label, since a role follows
    ("Expert: Gemma Abbott", [("Expert", "")]),
    ("Gemma Abbott, VP Sales, Oak Post (Boston, MA)", [("VP Sales", "Oak Post")]),
    ("Gemma Abbott, VP Sales, Oak Post (Nova Group)", [("VP Sales", "Oak Post (Nova Group)")]),
    ("Bram Visser (oprichter Zonpark8)", [("oprichter", "Zonpark8")]),  # a figure in a name
    ("Bram Visser (8.200 volgers)", []),
    ("Gemma Abbott — Marketing @Oakpost", [("Marketing", "Oakpost")]),
    ("Iga Mazur, radca prawny, Kancelaria Mazur", [("radca prawny", "Kancelaria Mazur")]),  # "rad*" is a council, "radca" is listed
]


@pytest.mark.parametrize(("text", "expected"), TURNED)
def test_what_stands_elsewhere(text: str, expected: Positions | None) -> None:
    """The organisation may stand first, the role in a label, the place in a bracket."""
    assert told(text) == expected


PLACED = [
    ("Mona Haas is the Europe editor of The Beacon", [("Europe editor", "The Beacon")]),  # a place is part of the role
    ("Mona Haas is a Riga-based journalist covering energy", [("Riga-based journalist", "")]),
    ("Mona Haas, Quarzly editor", [("editor", "Quarzly")]),
    ("Mona Haas, research scientist (NOKA)", [("research scientist", "NOKA")]),  # no initials of the role
    ("Mona Haas, Senior Policy Adviser (SPA)", [("Senior Policy Adviser (SPA)", "")]),  # these are
    ("Mona Haas, engineer, Ads infrastructure, Quarzly", [("engineer, Ads infrastructure", "Quarzly")]),
    ("Mona Haas, engineer, Ads Infrastructure, Quarzly Ltd", [("engineer, Ads Infrastructure", "Quarzly Ltd")]),
    ("Mona Haas, engineer, Tammer Infrastructure, Quarzly Ltd", [("engineer", "Tammer Infrastructure, Quarzly Ltd")]),
    ("Police Chief Anna Haas", [("Police Chief", "")]),
    ("Anne Mercier, éditorialiste aux « Phares »", [("éditorialiste", "«Phares»")]),
]


@pytest.mark.parametrize(("text", "expected"), PLACED)
def test_what_belongs_to_the_role(text: str, expected: Positions) -> None:
    """A region before an editor, a field that goes on in small letters and the role's own initials are parts of the role."""
    assert told(text) == expected


LABELS = [
    ("Redaktor naczelny: Iga Mazur", [("Redaktor naczelny", "")]),  # the adjective behind its noun
    ("Author Notes: Gemma Abbott", None),  # English has none there
    ("Según Lola Paz, directora de Marazul España", [("directora", "Marazul España")]),
    ("Gemma Abbott, illustrator (12.4k followers)", [("illustrator", "")]),
    ("Gemma Abbott, 34, teacher from Ohio", [("teacher from Ohio", "")]),  # a place one comes from
    ("Gemma Abbott, buyer from Oakpost", [("buyer", "Oakpost")]),
    ("Helga Brandt, Hebamme aus Traunstein", [("Hebamme aus Traunstein", "")]),
]


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_labels_origins_and_figures(text: str, expected: Positions | None) -> None:
    """A label may have its adjective last; where somebody comes from, and how many follow, are no employer."""
    assert told(text) == expected


TEAMS = [
    ("Cora Lind, Head of Coastal Research Group, The Elm Institute", [("Head of Coastal Research Group", "The Elm Institute")]),
    ("Cora Lind, Deputy Director of Water Programmes, Elm Institute", [("Deputy Director of Water Programmes", "Elm Institute")]),
    ("Cora Lind, Director of the School of Botany, Elm Institute", [("Director", "School of Botany, Elm Institute")]),
    ("Cora Lind, CEO of Hollis Group, Vane Ltd", [("CEO", "Hollis Group, Vane Ltd")]),  # a group may be a whole
    ("Cora Lind, Professor, Department of Botanology, Elm Medicine", [("Professor", "Department of Botanology, Elm Medicine")]),
    ("Cora Lind, RN, Women’s Health Nurse", [("Women’s Health Nurse", "")]),
    ("Lola Paz, columnista de EL FARO", [("columnista", "EL FARO")]),
]


@pytest.mark.parametrize(("text", "expected"), TEAMS)
def test_a_team_is_headed_and_an_organisation_employs(text: str, expected: Positions) -> None:
    """Whoever heads a team of an organisation that is told next works for that; a department is where one sits."""
    assert told(text) == expected


LAST = [
    ("Lola Paz, doctora en Psicología y periodista", [("doctora en Psicología y periodista", "")]),  # a field by its ending
    ("Ивана Јелић, уредница портала Клас", [("уредница", "портала Клас")]),  # Serbian in its other script
    ("18. Dave Schnell – QuickPlough", [("", "QuickPlough")]),  # a capital within is a brand's
    ("18. Dave Schnell – Ploughshare Blues", None),  # "schnell" is a word, and the rest may be a title
]


@pytest.mark.parametrize(("text", "expected"), LAST)
def test_endings_scripts_and_capitals(text: str, expected: Positions | None) -> None:
    """What no list holds may still be known by its ending, its other script, or its print."""
    assert told(text) == expected
