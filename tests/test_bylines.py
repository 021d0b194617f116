"""The byline grammar: invented people in many languages, and lines that are no bylines."""

from __future__ import annotations

import pytest

from parsers.bylines import evidence, looks_like_name, read_byline, read_runs

from .bylined import Positions, positions

NOT_BYLINES = [
    "From Paris, with love",  # nobody sends it
    "Conclusion",  # a section
    "10. Further reading",  # numbered, still no person
    "Read more",
    "About the Author",
    "Privacy Policy",
    "Senior Lecturer",  # a role without a name
    "Professor of Law, Northfield University",
    "Managing Director at Oakhurst Bank",
    "Human Resources",
    "University of Northfield",
    "Northfield Housing Association",
    "Second Amendment",
    "Part Two: The Long Winter",
    "Chapter 3: Water and Salt",
    "Summer 2024",
    "Monday, 3 March",
    "San Jose, CA 95110",
    "New York",
    "Hong Kong",
    "Great Britain",
    "Photo: Harbour Pictures",
    "Photo by Walter Quist",
    "Walter Quist/Harbour Images/AFP",
    "© 2019 Walter Quist",
    "What does Anna Berg think?",
    "Thank you, Anna!",
    "Anna Berg walked into the room and closed the door behind her.",
    "The professor said that nobody had asked him.",
    "In the meantime, director Anna Berg says the plan will go ahead.",
    "On Tuesday, the minister met the mayor of Northfield, Anna Berg.",
    "5 tips for better soup",
    "Best Running Shoes for Beginners",
    "Mobile App Development",
    "Share on Facebook",
    "Leave a Comment",
    "Windows Phone",
    "Google Maps",
    "Star Trek: Captain's Chair",
    "Sign up for our newsletter from editor Anna Berg",
    "Garden, Kitchen, Bathroom",
    "Datenschutz und Impressum",
    "Unsere Themen",
    "Häufige Fragen",
    "Die besten Rezepte für den Sommer",
    "Leiter der Abteilung",
    "Mentions légales",
    "Nos partenaires",
    "Politique de confidentialité",
    "Directeur général",
    "Aviso legal",
    "Preguntas frecuentes",
    "Últimas noticias",
    "Note legali",
    "Chi siamo",
    "Política de privacidade",
    "Últimas notícias",
    "Polityka prywatności",
    "Najnowsze komentarze",
    "Главная страница",
    "Последние новости",
    "Најновије вести",
    "Gizlilik Politikası",
    "Son Haberler",
    "Veelgestelde vragen",
    "最新消息",
    "关于我们",
    "お問い合わせ",
    "この記事をシェアする",
    "개인정보처리방침",
    "الصفحة الرئيسية",
    "דף הבית",
    "मुख्य पृष्ठ",
    "หน้าแรก",
    "Η αρχική σελίδα",
    "",
    " ",
    "—",
    ":",
    "1.",
    "(",
    "x" * 5000,
]


@pytest.mark.parametrize("text", NOT_BYLINES)
def test_not_a_byline(text: str) -> None:
    """Headings, menus, sentences, dates, credits, places and roles without a name present nobody."""
    assert read_byline(text) is None


BARE = [
    "Anna Berg",
    "Baldwin Achterberg",
    "J. R. Quistgaard",
    "Mary-Lou O'Shaughnessy",
    "Ludwig van der Hoeven",
    "María José García Lorca",
    "Jean-Baptiste de La Tour",
    "Nguyễn Thị Minh",
    "Kwabena Osei-Mensah",
    "Chidinma Okonkwo",
    "Sigurður Jónsson",
    "Łukasz Żółkiewski",
    "Ayşe Yıldırım",
    "Željka Šarić",
    "ANNA BERG",
    "KIM Min-jun",
    "Анна Бергова",
    "Бергова Анна Павловна",
    "Олена Шевчук",
    "Νίκος Παπαδόπουλος",
    "Thomas Lindqvist III",
    'Robert "Bob" Achterberg',
]


@pytest.mark.parametrize("text", BARE)
def test_a_name_alone_weighs_little(text: str) -> None:
    """A bare name is read as one, and weighs next to nothing as evidence of a byline."""
    assert positions(text) == (text, [])
    assert looks_like_name(text)
    assert evidence(text) < 0.3


BYLINES: list[tuple[str, str, Positions]] = [
    # separators
    (
        "Anna Berg, Senior Lecturer in Law, Northfield University",
        "Anna Berg",
        [("Senior Lecturer in Law", "Northfield University")],
    ),
    (  # a library that only says what the field is about
        "Mei-Ling Tan, Professor of Library Science, Eastport College",
        "Mei-Ling Tan",
        [("Professor of Library Science", "Eastport College")],
    ),
    (  # a library that somebody directs
        "Mei-Ling Tan, Director of the Science Library, Eastport College",
        "Mei-Ling Tan",
        [("Director", "Science Library, Eastport College")],
    ),
    (
        "Anna Berg – Senior Lecturer in Law, Northfield University",
        "Anna Berg",
        [("Senior Lecturer in Law", "Northfield University")],
    ),
    ("Anna Berg | Chief Nurse | Oakhurst Hospital", "Anna Berg", [("Chief Nurse", "Oakhurst Hospital")]),
    ("Anna Berg • Founder, Quillfish", "Anna Berg", [("Founder", "Quillfish")]),
    ("Anna Berg (Oakhurst Institute)", "Anna Berg", [("", "Oakhurst Institute")]),
    ("Anna Berg (data engineer at Quillfish)", "Anna Berg", [("data engineer", "Quillfish")]),
    ("Anna Berg (Norway)", "Anna Berg", []),
    ("Anna (Norway)>>", "Anna", []),
    ("— Anna Berg, Lecturer", "Anna Berg", [("Lecturer", "")]),
    ("7. Anna Berg, Head of Product at Quillfish", "Anna Berg", [("Head of Product", "Quillfish")]),
    ("Anna Berg:", "Anna Berg", []),
    ("Anna Berg>>", "Anna Berg", []),
    ("Anna Berg of Quillfish:", "Anna Berg", [("", "Quillfish")]),
    ("By Anna Berg, Quillfish Gazette", "Anna Berg", [("", "Quillfish Gazette")]),
    ("Anna Berg,, Lecturer,, Northfield University", "Anna Berg", [("Lecturer", "Northfield University")]),
    ("Anna Berg\nHead Gardener\nOakhurst Castle", "Anna Berg", [("Head Gardener", "Oakhurst Castle")]),
    ("Anna Berg\nDirector, Centre for Tides", "Anna Berg", [("Director", "Centre for Tides")]),
    # run together
    ("Anna BergLecturer in Politics, Northfield University", "Anna Berg", [("Lecturer in Politics", "Northfield University")]),
    ("Ian McDonaldSenior Fellow, Oakhurst Institute", "Ian McDonald", [("Senior Fellow", "Oakhurst Institute")]),
    (
        "Anna BergJohn and Mary Tilling Professor of Law, Northfield University",
        "Anna Berg",
        [("John and Mary Tilling Professor of Law", "Northfield University")],
    ),
    ("LinkedInAnna Berg, Head of Data, Quillfish", "Anna Berg", [("Head of Data", "Quillfish")]),
    # the role or the organisation first
    ("Quillfish CEO Anna Berg", "Anna Berg", [("CEO", "Quillfish")]),
    ("NBX chief economist Robert Lindqvist", "Robert Lindqvist", [("chief economist", "NBX")]),
    ("Chair - Anna Berg", "Anna Berg", [("Chair", "")]),
    ("Editor: Anna Berg", "Anna Berg", [("Editor", "")]),
    ("Anna Berg, Quillfish CEO", "Anna Berg", [("CEO", "Quillfish")]),
    ("Anna Berg, NBX transport correspondent", "Anna Berg", [("transport correspondent", "NBX")]),
    ("Anna Berg, University of Northfield Head Rowing Coach", "Anna Berg", [("Head Rowing Coach", "University of Northfield")]),
    ("Anna Berg, Quillfish, Treasurer", "Anna Berg", [("Treasurer", "Quillfish")]),
    ("Anna Berg, Quillfish's head of research", "Anna Berg", [("head of research", "Quillfish")]),
    # a role that no list knows, and where it is done
    ("Anna Berg, Quant at Larch Capital", "Anna Berg", [("Quant", "Larch Capital")]),
    ("Anna Berg\nIn-house SEO at Quillfish", "Anna Berg", [("In-house SEO", "Quillfish")]),
    ("Anna Berg, University at Northfield", "Anna Berg", [("", "University at Northfield")]),
    ("Anna Berg (Berg & Partner)\nGeschäftsführerin", "Anna Berg", [("Geschäftsführerin", "Berg & Partner")]),
    # an organisation behind tells that "of" led to a field; a bar parts more than a comma
    ("Anna Berg, Head of Schools, Studio Lind", "Anna Berg", [("Head of Schools", "Studio Lind")]),
    ("Anna Berg\nNight Mayor – City of Northfield", "Anna Berg", [("Night Mayor", "City of Northfield")]),
    ("Anna Berg | VP, Utilities | Kelpie Systems", "Anna Berg", [("VP, Utilities", "Kelpie Systems")]),
    ("Anna Berg, Emergency Physician, Bayview General", "Anna Berg", [("Emergency Physician", "Bayview General")]),
    ("Anna Berg, fleet correspondent, Bus & Coach Weekly", "Anna Berg", [("fleet correspondent", "Bus & Coach Weekly")]),
    ("Anna Berg, counselor, NLP trainer", "Anna Berg", [("counselor, NLP trainer", "")]),
    ("Ana Robles, bióloga de la Estación de Ordesa", "Ana Robles", [("bióloga", "Estación de Ordesa")]),
    # the east: 氏 vouches for a name that no list holds; a role is a whole word
    ("榊原健吾氏（三陸交通社長）", "榊原健吾", [("社長", "三陸交通")]),
    ("小林大輔氏（山手電機 人事部長）", "小林大輔", [("人事部長", "山手電機")]),
    ("小林大輔氏（フリーライター）", "小林大輔", [("フリーライター", "")]),
    ("小林大輔（デザイナー / 青空工房）", "小林大輔", [("デザイナー", "青空工房")]),
    # the organisation first; a full stop between role and organisation; a trade in the organisation's name
    ("Larch Capital: Anna Berg, Chief Strategist", "Anna Berg", [("Chief Strategist", "Larch Capital")]),
    ("Nordvik – Anna Berg, Founder", "Anna Berg", [("Founder", "Nordvik")]),
    ("Ana Robles\nEnóloga. Bodegas Ordesa", "Ana Robles", [("Enóloga", "Bodegas Ordesa")]),
    ("Anna Berg, Lecturer, Royal Vet School", "Anna Berg", [("Lecturer", "Royal Vet School")]),
    ("Ana Robles, Gerente de TI na Acme", "Ana Robles", [("Gerente de TI", "Acme")]),
    ("Anna Berg, Coxswain, Northfield University", "Anna Berg", [("Coxswain", "Northfield University")]),
    ("Ute Berg (Bodenkundlerin, Universität Holzstadt)", "Ute Berg", [("Bodenkundlerin", "Universität Holzstadt")]),
    ("Ute Berg, Verwaltungsrechtlerin, Universität Holzstadt", "Ute Berg", [("Verwaltungsrechtlerin", "Universität Holzstadt")]),
    ("Ewa Górska, socjolożka, Uniwersytet Toruński", "Ewa Górska", [("socjolożka", "Uniwersytet Toruński")]),
    ("From Anna Berg, Typographer, Larch & Moss:", "Anna Berg", [("Typographer", "Larch & Moss")]),
    # honorifics and degrees
    ("Prof. Dr. Anna Berg, Northfield University", "Anna Berg", [("", "Northfield University")]),
    ("Dr Anna Berg, GP", "Anna Berg", [("GP", "")]),
    (
        "Anna Berg, PhD, MPH, Professor of Epidemiology, Northfield University",
        "Anna Berg",
        [("Professor of Epidemiology", "Northfield University")],
    ),
    ("Anna Berg, M.D.", "Anna Berg", []),
    ("Sir Walter Quist OBE, Chairman, Oakhurst Trust", "Walter Quist", [("Chairman", "Oakhurst Trust")]),
    ("Anna Berg PhD, Ecologist", "Anna Berg", [("Ecologist", "")]),
    # several positions
    (
        "Anna Berg, Lecturer, Northfield University; Fellow, Oakhurst Institute",
        "Anna Berg",
        [("Lecturer", "Northfield University"), ("Fellow", "Oakhurst Institute")],
    ),
    (
        "Anna Berg, founder of Quillfish and former editor of the Oakhurst Gazette",
        "Anna Berg",
        [("founder", "Quillfish"), ("former editor", "Oakhurst Gazette")],
    ),
    ("Anna Berg, writer and broadcaster", "Anna Berg", [("writer and broadcaster", "")]),
    ("Anna Berg, President and CEO, Quillfish", "Anna Berg", [("President and CEO", "Quillfish")]),
    (
        "Anna Berg, Vice President, Digital Marketing, Quillfish",
        "Anna Berg",
        [("Vice President, Digital Marketing", "Quillfish")],
    ),
    (
        "Anna Berg, Lecturer in Law, School of Law, Northfield University",
        "Anna Berg",
        [("Lecturer in Law", "School of Law, Northfield University")],
    ),
    ("Anna Berg, CEO, Quillfish, Inc.", "Anna Berg", [("CEO", "Quillfish, Inc.")]),
    ("Anna Berg, author of The Salt Roads", "Anna Berg", [("author of The Salt Roads", "")]),
    ("Anna Berg, Minister of Health", "Anna Berg", [("Minister of Health", "")]),
    (
        "Anna Berg, Dean of the School of Nursing, Northfield University",
        "Anna Berg",
        [("Dean", "School of Nursing, Northfield University")],
    ),
    ("Anna Berg, reporter for the Oakhurst Gazette", "Anna Berg", [("reporter", "Oakhurst Gazette")]),
    ("Anna Berg, Lecturer, Northfield University, Oslo", "Anna Berg", [("Lecturer", "Northfield University")]),
    ("Anna Berg, CEO of Quillfish, via email", "Anna Berg", [("CEO", "Quillfish")]),
    # sentences that present somebody
    ("Anna Berg is a reporter for the Oakhurst Gazette.", "Anna Berg", [("reporter", "Oakhurst Gazette")]),
    ("Anna Berg, the founder of Quillfish, says that mornings are best.", "Anna Berg", [("founder", "Quillfish")]),
    # what is not known as a role, and what only looks like one
    ("3. The Salty Cook, blogger and author: Eat more fish", "The Salty Cook", [("blogger and author", "")]),
    ("Anna Berg, glassblower", "Anna Berg", [("glassblower", "")]),
    ("Anna Berg, Chief Dreamer at Quillfish", "Anna Berg", [("Chief Dreamer", "Quillfish")]),
    ("Anna Berg, Chief Financial Officer, Ticket Baker", "Anna Berg", [("Chief Financial Officer", "Ticket Baker")]),
    (
        "Anna Berg, Fellow, Center for Tides, Winds, and Weather, Northfield University",
        "Anna Berg",
        [("Fellow", "Center for Tides, Winds, and Weather, Northfield University")],
    ),
    (
        "Anna Berg, The Oakhurst Foundation Professor of Law, Northfield University",
        "Anna Berg",
        [("The Oakhurst Foundation Professor of Law", "Northfield University")],
    ),
    ("Professor Anna Berg", "Anna Berg", []),
    ("Anna Berg Head of Product", "Anna Berg", [("Head of Product", "")]),
    ("Anna, 34, nurse", "Anna", [("nurse", "")]),
    # joint bylines
    ("Anna Berg & Walter Quist, co-founders of Quillfish", "Anna Berg & Walter Quist", [("co-founders", "Quillfish")]),
    (
        "Anna Berg, Nurse, Oakhurst Clinic and Walter Quist, Baker, Quillfish",
        "Anna Berg and Walter Quist",
        [("Nurse", "Oakhurst Clinic"), ("Baker", "Quillfish")],
    ),
    ("Anna Berg and Walter Quist of Quillfish:", "Anna Berg and Walter Quist", [("", "Quillfish")]),
    # German
    (
        "Anna Berg, Professorin für Volkswirtschaft an der Universität Nordfeld",
        "Anna Berg",
        [("Professorin für Volkswirtschaft", "Universität Nordfeld")],
    ),
    ("Jürgen Achterberg, Geschäftsführer der Quillfisch GmbH", "Jürgen Achterberg", [("Geschäftsführer", "Quillfisch GmbH")]),
    (
        "Jürgen Achterberg, Leiter Kommunikation, Quillfisch AG",
        "Jürgen Achterberg",
        [("Leiter Kommunikation", "Quillfisch AG")],
    ),
    ("Anna Berg, Redakteurin beim Nordfelder Anzeiger", "Anna Berg", [("Redakteurin", "Nordfelder Anzeiger")]),
    ("Anna Berg, Steuerberaterin und Autorin", "Anna Berg", [("Steuerberaterin und Autorin", "")]),
    ("Anna Berg, freie Journalistin", "Anna Berg", [("freie Journalistin", "")]),
    ("Anna Berg, Gründerin von Quillfisch", "Anna Berg", [("Gründerin", "Quillfisch")]),
    ("Dr. Anna Berg (Klimaforscherin, Universität Nordfeld)", "Anna Berg", [("Klimaforscherin", "Universität Nordfeld")]),
    # French
    ("Hélène Marchetti, directrice de recherche au CNRX", "Hélène Marchetti", [("directrice de recherche", "CNRX")]),
    (
        "Hélène Marchetti, professeure de droit à l'Université de Montclair",
        "Hélène Marchetti",
        [("professeure de droit", "Université de Montclair")],
    ),
    (
        "Benoît Lavergne, économiste, École de commerce de Montclair",
        "Benoît Lavergne",
        [("économiste", "École de commerce de Montclair")],
    ),
    (
        "Benoît Lavergne, président de la Fédération des jardiniers",
        "Benoît Lavergne",
        [("président", "Fédération des jardiniers")],
    ),
    ("Benoît Lavergne, maraîcher et auteur", "Benoît Lavergne", [("maraîcher et auteur", "")]),
    ("Hélène Marchetti, fondatrice de Plumefine", "Hélène Marchetti", [("fondatrice", "Plumefine")]),
    # Spanish
    ("Lucía Barrantes, directora de Marketing de Plumafina", "Lucía Barrantes", [("directora de Marketing", "Plumafina")]),
    (
        "Lucía Barrantes, profesora de Historia en la Universidad de Montclaro",
        "Lucía Barrantes",
        [("profesora de Historia", "Universidad de Montclaro")],
    ),
    (
        "Íñigo Zubieta, fundador y director general de Plumafina",
        "Íñigo Zubieta",
        [("fundador y director general", "Plumafina")],
    ),
    ("Íñigo Zubieta, economista", "Íñigo Zubieta", [("economista", "")]),
    ("Presidenta: Lucía Barrantes", "Lucía Barrantes", [("Presidenta", "")]),
    # Italian
    (
        "Giulia Bonfatti, docente di Economia all'Università di Montechiaro",
        "Giulia Bonfatti",
        [("docente di Economia", "Università di Montechiaro")],
    ),
    (
        "Giulia Bonfatti, ricercatrice presso il Politecnico di Montechiaro",
        "Giulia Bonfatti",
        [("ricercatrice", "Politecnico di Montechiaro")],
    ),
    ("Dario Quaglino, amministratore delegato di Piumafina", "Dario Quaglino", [("amministratore delegato", "Piumafina")]),
    ("Dott.ssa Giulia Bonfatti, psicologa", "Giulia Bonfatti", [("psicologa", "")]),
    # Portuguese
    (
        "Inês Carvalhal, professora da Universidade de Monteclaro",
        "Inês Carvalhal",
        [("professora", "Universidade de Monteclaro")],
    ),
    ("Inês Carvalhal, diretora de operações da Plumafina", "Inês Carvalhal", [("diretora de operações", "Plumafina")]),
    ("Tomé Brandão, advogado e sócio do escritório Brandão", "Tomé Brandão", [("advogado e sócio", "escritório Brandão")]),
    # Dutch
    (
        "Sanne Achterberg, hoogleraar Sociologie aan de Universiteit Noordveld",
        "Sanne Achterberg",
        [("hoogleraar Sociologie", "Universiteit Noordveld")],
    ),
    ("Sanne Achterberg, oprichter van Vederlicht", "Sanne Achterberg", [("oprichter", "Vederlicht")]),
    (
        "Joost van der Kolk, beleidsadviseur bij de Gemeente Noordveld",
        "Joost van der Kolk",
        [("beleidsadviseur", "Gemeente Noordveld")],
    ),
    # Polish
    (
        "Dr hab. Agnieszka Wrońska, profesor Uniwersytetu Północnego",
        "Agnieszka Wrońska",
        [("profesor", "Uniwersytetu Północnego")],
    ),
    ("Marek Żelazny, prezes Fundacji Piórko", "Marek Żelazny", [("prezes", "Fundacji Piórko")]),
    ("Agnieszka Wrońska, dziennikarka", "Agnieszka Wrońska", [("dziennikarka", "")]),
    # Russian and Ukrainian
    ("Анна Бергова, профессор Северного университета", "Анна Бергова", [("профессор", "Северного университета")]),
    ("Игорь Заречный, директор Института прогнозов", "Игорь Заречный", [("директор", "Института прогнозов")]),
    ("Игорь Заречный, экономист", "Игорь Заречный", [("экономист", "")]),
    ("Политолог Игорь Заречный", "Игорь Заречный", [("Политолог", "")]),
    ("Директор Института прогнозов Игорь Заречный", "Игорь Заречный", [("Директор", "Института прогнозов")]),
    ("Главный редактор: Анна Бергова", "Анна Бергова", [("Главный редактор", "")]),
    ("Олена Шевчук, директорка Інституту прогнозів", "Олена Шевчук", [("директорка", "Інституту прогнозів")]),
    # Croatian, Serbian
    ("Željka Šarić, profesorica na Filozofskom fakultetu", "Željka Šarić", [("profesorica", "Filozofskom fakultetu")]),
    (
        "dr. sc. Ivana Kolarić, znanstvena suradnica, Institut za more",
        "Ivana Kolarić",
        [("znanstvena suradnica", "Institut za more")],
    ),
    ("Петар Николић, професор, Факултет техничких наука", "Петар Николић", [("професор", "Факултет техничких наука")]),
    # Turkish
    ("Prof. Dr. Ayşe Yıldırım, Kuzey Üniversitesi öğretim üyesi", "Ayşe Yıldırım", [("öğretim üyesi", "Kuzey Üniversitesi")]),
    ("Mehmet Korkmazer, gazeteci", "Mehmet Korkmazer", [("gazeteci", "")]),
    ("Mehmet Korkmazer, Tüyhafif Genel Müdürü", "Mehmet Korkmazer", [("Genel Müdürü", "Tüyhafif")]),
    # Czech, Swedish, Danish, Finnish, Hungarian, Romanian, Greek
    ("Tereza Havránková, ředitelka Ústavu moře", "Tereza Havránková", [("ředitelka", "Ústavu moře")]),
    (
        "Ingrid Sjöstrand, professor i statsvetenskap vid Norra universitetet",
        "Ingrid Sjöstrand",
        [("professor i statsvetenskap", "Norra universitetet")],
    ),
    ("Mette Vestergård, direktør, Fjerlet A/S", "Mette Vestergård", [("direktør", "Fjerlet A/S")]),
    ("Aino Koskela, toimitusjohtaja, Höyhen Oy", "Aino Koskela", [("toimitusjohtaja", "Höyhen Oy")]),
    ("Ioana Munteanu, profesor la Universitatea de Nord", "Ioana Munteanu", [("profesor", "Universitatea de Nord")]),
    ("Νίκος Παπαδόπουλος, καθηγητής στο Πανεπιστήμιο Βορρά", "Νίκος Παπαδόπουλος", [("καθηγητής", "Πανεπιστήμιο Βορρά")]),
    # Arabic, Hebrew, Hindi
    ("أحمد الكرمي، أستاذ في جامعة الشمال", "أحمد الكرمي", [("أستاذ", "جامعة الشمال")]),
    ('ד"ר נועה ברגמן, חוקרת במכון הצפון', "נועה ברגמן", [("חוקרת", "מכון הצפון")]),
    ("अनिल वर्मा, प्रोफेसर, उत्तर विश्वविद्यालय", "अनिल वर्मा", [("प्रोफेसर", "उत्तर विश्वविद्यालय")]),
    # Chinese, Japanese, Korean
    ("李文华，北方大学经济学院教授", "李文华", [("教授", "北方大学经济学院")]),
    ("王小明（北方大学教授）", "王小明", [("教授", "北方大学")]),
    ("张伟 研究员", "张伟", [("研究员", "")]),
    ("山田花子（北海大学准教授）", "山田花子", [("准教授", "北海大学")]),
    ("北海総合研究所 主任研究員 佐藤健一氏", "佐藤健一", [("主任研究員", "北海総合研究所")]),
    ("佐藤 健一 氏", "佐藤 健一", []),
    ("北海大学教授・山田花子氏", "山田花子", [("教授", "北海大学")]),
    ("북방대 김민준 교수", "김민준", [("교수", "북방대")]),
    ("김민준 북방대학교 교수", "김민준", [("교수", "북방대학교")]),
    ("북방연구소 소장 이서연", "이서연", [("소장", "북방연구소")]),
]


@pytest.mark.parametrize(("text", "name", "told"), BYLINES, ids=[text[:40] for text, _, _ in BYLINES])
def test_a_byline(text: str, name: str, told: Positions) -> None:
    """Name, roles and affiliations as printed."""
    assert positions(text) == (name, told)


@pytest.mark.parametrize(
    ("runs", "name", "told"),
    [
        (
            [("Anna Berg", True), ("Lecturer, Northfield University", False)],
            "Anna Berg",
            [("Lecturer", "Northfield University")],
        ),
        ([("Anna Berg", True), (", Quillfish", False)], "Anna Berg", [("", "Quillfish")]),
        ([("1. Anna Berg", True), (" ", False), ("Head Gardener", False)], "Anna Berg", [("Head Gardener", "")]),
        (
            [("Anna Berg, Lecturer, ", True), ("Northfield University", False)],
            "Anna Berg",
            [("Lecturer", "Northfield University")],
        ),
        ([("Anna Berg:", True)], "Anna Berg", []),
        ([("Anna", False), (" Berg", False)], "Anna Berg", []),
    ],
)
def test_runs_say_where_a_name_ends(runs: list[tuple[str, bool]], name: str, told: Positions) -> None:
    """A first style run that is a name needs no separator behind it."""
    expert = read_runs(runs)
    assert expert is not None
    assert (expert.name, [(p.role, p.affiliation) for p in expert.positions]) == (name, told)


def test_what_else_a_byline_holds() -> None:
    """Honorific, handle, the raw text with white space folded, and the way it was read."""
    expert = read_byline("Prof. Dr. Anna  Berg,\u00a0Lecturer, Northfield University (@annaberg)")
    assert expert is not None
    assert (expert.name, expert.honorific, expert.url, expert.how) == ("Anna Berg", "Prof. Dr.", "@annaberg", "comma")
    assert expert.byline == "Prof. Dr. Anna Berg, Lecturer, Northfield University (@annaberg)"


def test_evidence_grows_with_what_is_told() -> None:
    """A role weighs more than nothing, a role and an organisation more than a role, marks add, prose takes away."""
    bare, role, both = "Anna Berg", "Anna Berg, Lecturer", "Anna Berg, Lecturer, Northfield University"
    assert evidence("Summary") == 0 <= evidence(bare) < evidence(role) < evidence(both) <= 2.5
    assert evidence(f"— {role}") > evidence(role)
    assert evidence("Anna Berg is a lecturer at Northfield University.") < evidence(both)
