"""Title, blogger, date, language, engine, address and tags, asked of several sources."""

from __future__ import annotations

import json

import pytest

from parsers.comments.area import in_comments
from parsers.comments.reading import read_comments
from parsers.facts import Facts, of_a_thread, read_facts
from parsers.facts.headline import strip_site
from parsers.facts.signed import cut_name, opening, strip_by
from parsers.ledger import Ledger
from parsers.model import Bundle, Capture, Comment
from parsers.page import open_page

PROSE = "<p>The old orchard gave more this year than the three years before it taken together, and nobody knows why.</p>" * 2


def facts(body: str, head: str = "", url: str = "https://blog.example/post/", attrs: str = "") -> Facts:
    html = f"<!DOCTYPE html><html {attrs}><head>{head}</head><body>{body}{PROSE}</body></html>"
    page = open_page(Capture(url, html.encode()))
    return read_facts(page, Ledger(page))


def ld(**item: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(item)}</script>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Plums | The Orchard</title>", "<h1>Plums</h1>", "Plums"),
        (
            "<title>The Orchard: Plums in June</title>",
            "<h1><a href='/'>The Orchard</a></h1><h2>Plums in June</h2>",
            "Plums in June",
        ),
        (
            "<title>Plums in June</title><meta property=og:site_name content='The Orchard'>",
            "<h1>The Orchard</h1>",
            "Plums in June",
        ),
        ("<title>Plums in June - The Orchard</title><meta property=og:title content='Plums in June'>", "", "Plums in June"),
        ("<title>Welcome</title>", "<h1>What eleven growers say about plums</h1>", "What eleven growers say about plums"),
        ("<title>Plums in June – Page 2 – The Orchard</title>", "<h1>The Orchard</h1><h2>Plums in June</h2>", "Plums in June"),
        ("", "<h2>Plums in June</h2>", "Plums in June"),
        ("", "", ""),
        ("<title>Plums: why they split</title>", "<h1>Plums: why they split</h1>", "Plums: why they split"),
        ("<title>The Orchard</title>", "<p>The Orchard</p><h1>Why the plums split in June</h1>", "Why the plums split in June"),
        ("<title>Plums: Why they split in June | The Orchard</title><meta property=og:title content='Why they split in June'>",
         "<div>The Orchard</div><h2>Fruit Why they split in June</h2>", "Why they split in June"),
        ("<title>ann_l: Why they split in June</title>", "<div>Why they split in June</div>", "Why they split in June"),
        ("<title>The Orchard - Why they split in June</title>", "<div>The Orchard</div><div>Why they split in June</div>",
         "Why they split in June"),
        ("<title>梅の実が割れるわけ｜果樹園の日記</title>", "<p>果樹園の日記</p><h2>梅の実が割れるわけ</h2>", "梅の実が割れるわけ"),
        ("<title>Plums in June :: orchard</title>", "<div>orchard</div><h1><a href='#'>Plums in June</a></h1>", "Plums in June"),
        ("<title>Three ways to prune | Ann</title>", "<h1>Three ways to prune | Ann</h1>", "Three ways to prune"),
        ("<title>The Orchard</title>", "<h1><a href='/'>The Orchard</a></h1><h3>Latest</h3><h4>Why the plums split in June</h4>",
         "Why the plums split in June"),
        ("<title>The Orchard</title>", "<a href='/'>The Orchard</a>", "The Orchard"),
        ("<title>Orchard: Why the plums split</title>", "<h1>Orchard</h1><h2><a href=/x>Why the plums split</a></h2>",
         "Why the plums split"),
        ("<title>Orchard: Why the plums split</title>", "<h1><a href='/'>Orchard</a></h1><h3>Why the plums split · <i>3 May 2005</i></h3>",
         "Why the plums split"),
        ("<title>果樹園</title>", "<h2>梅の実が割れる</h2>", "梅の実が割れる"),
    ],
)  # fmt: skip
def test_title(head, body, title):
    """The headline as printed, without the blog's name."""
    assert facts(body, head).title == title


@pytest.mark.parametrize(
    ("body", "head", "editor"),
    [
        ("<h1>Plums</h1>", "", ""),  # nobody signs
        ("<h1>Plums</h1><p>By the river they grow best of all.</p>", "", ""),  # a sentence, not a byline
        ("<h1>Plums</h1><p>From Bilbao to Vigo in three days</p>", "", ""),
        ("<h1>Plums</h1>", "<meta name=author content=admin>", ""),
        ("<h1>Plums</h1>", "<meta name=author content='The Orchard'><meta property=og:site_name content='The Orchard'>", ""),
        ("<h1>Plums</h1>", "<meta property=article:author content='https://social.example/ann'>", ""),
        ("<h1>Plums</h1>", "<meta name=author content='Ann Lee'>", "Ann Lee"),
        ("<h1>Plums</h1><p>By Ann Lee</p>", "", "Ann Lee"),
        ("<h1>Plums</h1><p>By Ann Lee on May 3, 2020</p>", "", "Ann Lee"),
        ("<h1>Plums</h1><p>Posted by: Ann Lee | 3 comments</p>", "", "Ann Lee"),
        ("<h1>Plums</h1><p>By Ann Lee and Bo Marsh</p>", "", "Ann Lee and Bo Marsh"),
        ("<h1>Pflaumen</h1><p>Von Anna Lehmann</p>", "", "Anna Lehmann"),
        ("<h1>Prunes</h1><p>Par Anne Leroux</p>", "", "Anne Leroux"),
        ("<h1>Ciruelas</h1><p>Publicado por Ana Robledo</p>", "", "Ana Robledo"),
        ("<h1>Prugne</h1><p>di Anna Leoni</p>", "", "Anna Leoni"),
        ("<h1>Śliwki</h1><p>Autor: Anna Lis</p>", "", "Anna Lis"),
        ("<h1>Сливы</h1><p>Автор: Анна Лебедева</p>", "", "Анна Лебедева"),
        ("<h1>プラム</h1><p>著者：佐伯千鶴</p>", "", "佐伯千鶴"),
        ("<h1>Plums</h1><a rel=author href=/ann>Ann Lee</a>", "<meta name=author content=alee>", "Ann Lee"),
        ("<h1>Plums</h1><div class='byline'>By<br>Ann Lee<br>Head gardener</div>", "", "Ann Lee"),
        (
            "<h1>Plums</h1>",
            ld(**{"@type": "BlogPosting", "author": [{"name": "Ann Lee"}, {"name": "Bo Marsh"}]}),
            "Ann Lee and Bo Marsh",
        ),
    ],
)
def test_editor(body, head, editor):
    """Who wrote the post; nobody is better than the site, a login or a sentence."""
    assert facts(body, head).editor == editor


@pytest.mark.parametrize(
    ("line", "editor"),
    [
        ("From: the valley, with love", ""),  # no name
        ("Text messages from Ann", ""),  # such a word needs its colon
        ("Reporter Handbook: Advice on Plums", ""),  # the colon is not the label's
        ("Posted by the river at 8.12", ""),  # small words are no login
        ("May 3, 2020 by Ann Lee 5 Comments", "Ann Lee"),
        ("May 3, 2020 | 2 minutes | Ann Lee", "Ann Lee"),
        ("<span>Ann Lee</span><span>3 May 2020</span><span>3 min read</span>", "Ann Lee"),
        ("<span>4 maja 2021</span><span>Anna Kowalska</span><span>3 minuty czytania</span>", "Anna Kowalska"),
        ("Publié le lundi 5 octobre 2020 par Anne Leroux dans Vergers", "Anne Leroux"),
        ("Soumis par Anne Leroux le 03/09/2012 - 18:20", "Anne Leroux"),
        ("Pubblicato il 7 maggio 2013 di Anna Leoni", "Anna Leoni"),
        ("por Ana Robledo | 8 feb 2019 | Huerta | 5 Comentarios", "Ana Robledo"),
        ("Escrito por Ana Robledo a las 22:10", "Ana Robledo"),
        ("Geschrieben von Anna Lehmann in Garten um 18:45 | Kommentare (4)", "Anna Lehmann"),
        ("Autor(in): Anna Lehmann", "Anna Lehmann"),
        ("Text: Anna Lindqvist. Publicerad 2018-10-22.", "Anna Lindqvist"),
        ("Haber: Ayşe Yıldız | Yayın: 29 Temmuz 2021 Perşembe", "Ayşe Yıldız"),
        ("書いた人：佐伯千鶴", "佐伯千鶴"),
        ("田中 花子 (2008年9月5日 18:00)", "田中 花子"),
        ("Posted by Rosalind at February 17, 2004 08:12 AM", "Rosalind"),
        ("posted by rosalind in plums at 9.14 pm", "rosalind"),
        ("<dl><dt>Auteur</dt><dd>Anneke de Vries</dd></dl>", "Anneke de Vries"),
        ("Anna Ribeiro</p><p>21/05/2023 08h15 • Atualizado há 2 anos", "Anna Ribeiro"),
    ],
)
@pytest.mark.parametrize("below", [False, True])
def test_a_line_that_signs(line, editor, below):
    """Above the text or below it, with whatever else such a line says; only names beside dates must stand above."""
    if below and opening(line) is None and "<dt>" not in line:
        editor = ""
    body = f"<h1>Plums in June</h1>{PROSE * 8}<p>{line}</p>" if below else f"<h1>Plums in June</h1><p>{line}</p>"
    assert facts(body).editor == editor


@pytest.mark.parametrize(
    ("line", "editor"),
    [
        ("In «<a href=/c>Fruit</a>» by <a href=/a>Ann Lee</a>", "Ann Lee"),  # the words that sign stand in the middle
        ("Dans «<a href=/c>Vergers</a>» par <a href=/a>Anne Leroux</a>", "Anne Leroux"),
        ("Kategorie: <a href=/c>Obst</a> | Autor: <a href=/index/8>annal77</a> (03.05.2020)", "annal77"),
        ("Photographs by <a href=/a>Ann Lee</a>", ""),  # who took the pictures
        ("Last post by <a href=/users/7>Ann Lee</a>", ""),
        ("<a href=/author/ann>annabel</a> in <a href=/c>Fruit</a>", "annabel"),  # the address says it
        ("<a href='https://write.example/@annlee'>Ann Lee</a> · Follow", "Ann Lee"),
        ("— <a href=/users/ann>Ann Lee</a>", ""),  # a dash signs a quotation
        ("Veröffentlicht 14:05 Uhr 03.05.2020 Anna Lehmann", "Anna Lehmann"),
        ("<span>233 reads</span> <span>2020-05-03</span> <span>@annalee</span>", "annalee"),
        ("<p>03/05/2020</p><p>Anna Leoni</p>", "Anna Leoni"),  # a line of its own below the date
        ("Συντάκτης: Μαρία Παππά", "Μαρία Παππά"),  # a last sign that changes its form
        ("この記事を書いた人</p><p>佐伯ちづる", "佐伯ちづる"),  # a pen name, behind a label alone
        ("About the author</p><p>Ann Lee", "Ann Lee"),
        ("Written by hedgewren", "hedgewren"),
        ("Written by hand", ""),
        ("기자명 김민준 기자 | 입력 2022.03.04", "김민준"),
    ],
)
def test_a_line_that_signs_as_themes_do(line, editor):
    """Links, labels, logins and lines beside the date, with no class that would say what they are."""
    assert facts(f"<h1>Plums in June</h1><p>{line}</p>{PROSE * 8}").editor == editor


def test_one_of_many_names_below_the_date_is_not_the_bloggers():
    """They are those who answer."""
    answers = "".join(f"<p>{name}</p>{PROSE}" for name in ("Ann Lee", "Bo Marsh", "Cy Rao"))
    assert facts(f"<h1>Three on plums</h1><p>May 3, 2020</p>{answers}").editor == ""


def test_a_box_on_the_author():
    """Its first line is the name, and where no class says so, the one link on the page to an author's page."""
    box = "<section class=author><h4>Ann Lee</h4><p>Grows plums and writes about them.</p><ul><li>Cornwall</li></ul></section>"
    assert facts(f"<h1>Plums in June</h1>{PROSE * 8}{box}").editor == "Ann Lee"
    linked = "<div><h4><a href=/author/ann>Ann Lee</a></h4><p>With <a href=/author/bo>Bo Marsh</a></p></div>"
    assert facts(f"<h1>Plums in June</h1>{PROSE * 20}{linked}").editor == "Ann Lee"


def test_a_card_below_the_text_is_by_somebody_else():
    """A byline above the text wins over one with "by" and a class in a card for the next post."""
    card = "<article><a href=/x><h3>Pears</h3><span class=card-author>By Bo Marsh</span></a></article>"
    byline = "<h4 class=post-author-name><a href=/author/al/>Ann Lee</a></h4>"
    text = f"<p>{PROSE[3:100]}, {PROSE[3:100]}.</p>" * 3
    assert facts(f"<h1>Plums in June</h1>{byline}{text}{card}").editor == "Ann Lee"
    assert facts(f"<h1>Plums in June</h1>{text}<p>By Bo Marsh</p>").editor == "Bo Marsh"


def test_a_foot_that_signs_in_a_table_cell():
    """The line itself is claimed, not the first line of the cell; and it may be as long as such feet are."""
    foot = "Posted by Ann Lee on Tuesday, March 04, 2008 at 08:15 PM in <a href=/c>Fruit</a> | <a href=/p>Permalink</a> | Comments (0)"
    html = f"<table><tr><td><b>Plums in June</b><br><br>It rained.<br><br>{PROSE[3:108]}<br><br>{foot}</td></tr></table>"
    page = open_page(Capture("", f"<title>Plums in June</title>{html}".encode()))
    ledger = Ledger(page)
    assert read_facts(page, ledger).editor == "Ann Lee"
    marks = {span.text[:14]: span.mark for span in ledger.spans()}
    assert (marks["It rained."], marks["Posted by Ann "]) == ("", "+byline of the post")


def test_a_meta_line_that_counts_comments():
    """It is the post's own, though it looks like the heading of the comments."""
    comments = "<div id=comments><h2>2 Comments</h2><ol class=commentlist>" + "".join(
        f"<li class=comment id=comment-{n}><cite class=fn>{who}</cite> <a href='#comment-{n}'>May {n}, 2020 at 8:00 am</a>{PROSE}</li>"
        for n, who in ((4, "Bo Marsh"), (5, "Cy Rao"))
    )
    page = open_page(
        Capture("", f"<h1>Plums in June</h1><p>May 3, 2020 by Ann Lee 2 Comments</p>{PROSE}{comments}</ol></div>".encode())
    )
    ledger = Ledger(page)
    read_comments(Bundle(page.capture), page, ledger)
    assert read_facts(page, ledger).editor == "Ann Lee"


@pytest.mark.parametrize(
    ("mark", "text", "expected"),
    [
        ("", "Ann Lee", False),
        ("+statement 1", "Ann Lee", False),
        ("-theme/meta", "3 May", False),
        ("-comments/heading", "3 May | 2 comments", False),  # the post's own line, which also counts
        ("-comments/heading", "Comments", True),
        ("-comments/heading", "Kommentare(2)", True),
        ("-comments/area", "3 May", True),
        ("-comments/paging", "2", True),
        ("+comment 1", "3 May", True),
        ("+comment 12 meta", "3 May", True),
    ],
)
def test_what_stands_among_the_comments(mark, text, expected):
    """Told by its mark, and of a heading by its words; an element without words stands nowhere."""
    page = open_page(Capture("https://blog.example/", f"<p id=a>{text}</p><hr id=b>".encode()))
    ledger = Ledger(page)
    ledger.marks[0] = mark
    seen = [in_comments(ledger, at) for at in (page.lines[0], page.by_id["a"], page.by_id["b"])]
    assert seen == [expected, expected, False]


def test_the_editor_is_not_one_of_the_experts():
    """Bylines of a class that comes again and again belong to the answers."""
    answers = "".join(f"<h3 class=byline>{name}</h3>{PROSE}" for name in ("Ann Lee", "Bo Marsh", "Cy Rao"))
    assert facts(f"<h1>Three on plums</h1>{answers}").editor == ""


def test_by_above_each_answer():
    """Nor do lines that begin with "by", where several head a text of their own below the lede; one of them was taken."""
    said = PROSE.replace("</p><p>", " ")
    answers = "".join(f"<p>By {name}, grower</p>{said}" for name in ("Ann Lee", "Bo Marsh", "Cy Rao"))
    lede = "<p>We asked three growers of the valley what they expect of the spring.</p>"
    assert facts(f"<h1>Three on plums</h1>{lede}{answers}").editor == ""
    assert facts(f"<h1>Three on plums</h1><p>By Dee Moss</p>{lede}{answers}").editor == "Dee Moss"


@pytest.mark.parametrize(
    ("head", "body", "url", "date"),
    [
        ("", "", "", ""),
        ("<meta property=article:modified_time content=2021-02-03>", "", "", ""),  # changed is not published
        ("<meta property=article:published_time content=2021-02-03T10:00:00+01:00>", "", "", "2021-02-03T10:00:00+01:00"),
        ("<meta property=article:published_time content='2021-02-03 10:00'>", "", "", "2021-02-03T10:00"),
        (ld(**{"@type": "NewsArticle", "datePublished": "2021-02-03T10:00:00Z"}), "", "", "2021-02-03T10:00:00+00:00"),
        ("", "<h1>Plums</h1><time datetime=2021-02-03>3 Feb</time>", "", "2021-02-03"),
        ("", "", "https://blog.example/2021/2/3/plums/", "2021-02-03"),
        ("", "", "https://blog.example/2021/13/3/plums/", ""),
        ("<meta name=date content=2021-99-99>", "", "", ""),
    ],
)
def test_published_at(head, body, url, date):
    """ISO 8601 in the page's precision, an offset only where the page gives one."""
    assert facts(body, head, url or "https://blog.example/plums/").published_at == date


@pytest.mark.parametrize(
    ("above", "below", "date"),
    [
        ("", "<p>This page was last edited on 12 May 2019, at 10:11.</p>", ""),  # changed is not published
        ("", "<p>By May 3, 2020 the river had fallen, and the plums hung dry in the heat of the long afternoons.</p>", ""),
        ("<p>On May 3, 2020 Ann Lee wrote that the plums hung dry, and nobody in the valley could say why it was.</p>", "", ""),
        ("<span>Ann Lee</span><span>3 feb 2020</span><span>3 min di lettura</span>", "", "2020-02-03"),
        ("<span>Sep</span><span>17</span><span>2012</span>", "", "2012-09-17"),
        ("<time datetime='2020-05-03T10:00:00+02:00'><a href=/post/>May 3</a></time>", "", "2020-05-03T10:00:00+02:00"),
        ("<p>PORTLAND, May 3, 2019 — The orchard trust has bought the last of the old plum presses of the valley.</p>", "", "2019-05-03"),
        ("<p>Berlin, 3. Mai 2019 (opa) – Der Obstverein hat die letzte der alten Pressen im Tal gekauft und repariert.</p>", "", "2019-05-03"),
        (
            "",
            "<p>This entry was posted on Thursday, November 3rd, 2005 at 4:31 pm and is filed under Village. You can follow any"
            " responses to this entry through the RSS feed. You can leave a response, or trackback from your own site.</p>",
            "2005-11-03T16:31",
        ),
        ("", "<p>Posted by Rosalind at February 17, 2004 08:12 AM</p>", "2004-02-17T08:12"),
        ("", "<dl><dt>Datum</dt><dd>zaterdag 2 februari 2019</dd></dl>", "2019-02-02"),
        ("", "<p>Publié le 2 février 2019 dans Vergers</p>", "2019-02-02"),
        ("", "<p>Опубликовано 2 февраля 2019</p>", "2019-02-02"),
        ("", "<p>投稿日：2019年2月2日</p>", "2019-02-02"),
        ("", "<p>sobota, 2 lutego 2019</p>", "2019-02-02"),
        ("", "<p>Ann Lee, March 28, 2001</p>", "2001-03-28"),
        ("<p>Updated 5 May 2019</p><p>Published 3 May 2019</p>", "", "2019-05-03"),
        ("<p>Published 3 May 2019 · Updated 5 May 2020</p>", "", "2019-05-03"),
        ("<p>Updated 5 May 2020 · Published 3 May 2019</p>", "", "2019-05-03"),
        ("<p>Escrito por Ana Robledo. Fecha: 2019-05-03. Última modificación: 2020-05-05.</p>", "", "2019-05-03"),
        ("<p>Stand: 05.05.2020, 09:14 Uhr</p><p>Erstellt: 03.05.2019, 17:00 Uhr</p>", "", "2019-05-03T17:00"),
        ("<span>Ann Lee</span><span>3. Mai 2019</span><span>4 Min. Lesezeit</span><span>Aktualisiert 5. Mai 2020</span>", "",
         "2019-05-03"),
        ("<p><a href=/>Takaisin</a> Kirjoittanut <a href=/a>Tuomas Virkkala</a> ajankohtana 03.05.2019 kategoriassa "
         "<a href=/c>Puutarha</a></p>", "", "2019-05-03"),
        ("", "<p>Created: 5/3/2019</p><p>Updated: 5/5/2020</p>", "2019-05-03"),
        ("", "<p>Категория: <a href=/c>Сад</a> | Добавил: <a href=/u>sad77</a> (03.05.2019) | Просмотров: 120</p>", "2019-05-03"),
        ("<p>On 3 May 2019 the press broke, and we revised our plans.</p>", "", "2019-05-03"),
    ],
)  # fmt: skip
def test_published_as_printed(above, below, date):
    """Above the text, or in a line below it that says that it is the day; never a day that the text speaks of."""
    assert facts(f"<h1>Plums in June</h1>{above}{PROSE * 8}{below}").published_at == date


def test_a_date_from_the_address_is_marked():
    """It is a last resort, and says so."""
    assert facts("", "", "https://blog.example/2021/02/03/plums/").notes == ("the date is the one in the address",)


@pytest.mark.parametrize(
    ("attrs", "body", "language"),
    [
        ("lang=de-AT", "", "de-at"),
        ("lang=pt_BR", "", "pt-br"),
        ("lang=en", "<p>" + "Die Ernte war in diesem Jahr gut und die Bauern sind zufrieden, weil der Regen nicht zu spät kam. " * 6 + "</p>", "de"),
        ("", "<p>" + "私たちは毎年この季節になると山へ行きます。" * 20 + "</p>", "ja"),
        ("", "<p>" + "Мы ездим в горы каждую осень и собираем там грибы и ягоды. " * 9 + "</p>", "ru"),
    ],
)  # fmt: skip
def test_language(attrs, body, language):
    """As the page says, unless it says English and plainly is not."""
    assert facts(body, attrs=attrs).language == language


@pytest.mark.parametrize(
    ("head", "body", "platform"),
    [
        ("", "", ""),
        ("<meta name=generator content='WordPress 6.5'>", "", "wordpress"),
        ("<meta name=generator content='WordPress.com'>", "", "wordpress.com"),
        ("<link rel=stylesheet href='/wp-content/themes/a/style.css'>", "", "wordpress"),
        ("<link rel=stylesheet href='/wp-content/themes/a/style.css'>", "<div id=actionbar></div>", "wordpress.com"),
        ("<meta name=generator content=blogger>", "", "blogger"),
        ("<script src='https://substackcdn.com/x.js'></script>", "", "substack"),
        ("<meta name=generator content='Ghost 5.130'>", "", "ghost"),
        ("<meta name=generator content='Drupal 10 (https://www.drupal.org)'>", "", "drupal"),
    ],
)
def test_platform(head, body, platform):
    """By what the engine leaves behind."""
    assert facts(body, head).platform == platform


def test_address_and_tags():
    """The canonical address is absolute; tags are those of the post, once each."""
    got = facts(
        "<a rel=tag href=/t/plum>plum</a><a rel='category tag' href=/c>Fruit</a><a rel=tag href=/t/plum>plum</a>",
        "<link rel=canonical href='/plums/'>",
    )
    assert (got.canonical, got.tags) == ("https://blog.example/plums/", ("plum", "Fruit"))


def test_a_thread_is_its_first_entry():
    """Where a page has no post of its own, whoever opened the thread wrote it."""
    opener = Comment("1", "How do I prune?", author="Ann", posted_at="2020-05-03")
    assert of_a_thread(Facts(title="Pruning"), [opener]) == Facts(title="Pruning", editor="Ann", published_at="2020-05-03")
    assert of_a_thread(Facts(title="Pruning", editor="Bo"), []) == Facts(title="Pruning", editor="Bo")


def test_claims():
    """The title's line, the byline and the rest of the page in the ledger."""
    page = open_page(Capture("", f"<body><h1>Plums in June</h1><p>By Ann Lee</p>{PROSE}".encode()))
    ledger = Ledger(page)
    read_facts(page, ledger)
    assert [span.mark[1:] for span in ledger.spans()][:3] == ["title", "byline of the post", ""]


@pytest.mark.parametrize("text", ["Bye bye, Ann", "Byron Lee", "Vonnegut", "by the way", "by 2030", "Authority"])
def test_not_by(text):
    """A word that begins like "by" is no byline."""
    assert strip_by(text) == ""


def test_names_end_where_the_rest_begins():
    assert cut_name("Ann Lee | May 3, 2020 | Fruit") == "Ann Lee"
    assert cut_name("Ann Lee, Bo Marsh and Cy Rao") == "Ann Lee, Bo Marsh, and Cy Rao"
    assert cut_name("2020") == ""


def test_strip_site_ends():
    """However many seams a title has, stripping ends."""
    assert strip_site(" | ".join(["Oven"] * 50), "Oven") == "Oven"


def test_a_meta_block_below_the_post():
    """As block themes print it: each word, the linked date and the name in elements of their own, under the text."""
    meta = (
        "<div><p>Posted</p><div><time datetime='2024-05-03T10:00:00+02:00'><a href=/post/>May 3, 2024</a></time></div><p>in</p>"
        "<div><a href=/c/fruit/ rel=tag>Fruit</a></div></div><div><p>by</p><div><p>Ann Lee</p></div></div>"
    )
    got = facts(f"<h1>Plums in June</h1>{PROSE * 8}{meta}")
    assert (got.editor, got.published_at) == ("Ann Lee", "2024-05-03T10:00:00+02:00")
