"""Furniture goes by a rule with a name; what only looks like furniture stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.boilerplate import drop_furniture, drop_link_lists, drop_phrases
from parsers.furniture import Phrase, fold, phrase_of, phrases, rule_of_class, rule_of_id
from parsers.ledger import Ledger
from parsers.model import Capture
from parsers.page import open_page

PROSE = (
    "<p>"
    + "The old orchard gave more this year than the three years before it taken together, and nobody knows why. " * 3
    + "</p>"
)


def fates(body: str, *, by_phrase: bool = True) -> dict[str, str]:
    """What became of each line: the rule that dropped it, or ""."""
    page = open_page(Capture("", f"<!DOCTYPE html><html><body>{body}</body></html>".encode()))
    ledger = Ledger(page)
    drop_furniture(page, ledger)
    if by_phrase:
        drop_phrases(page, ledger, page.lines)
    return {span.text: span.mark[1:] for span in ledger.spans()}


@pytest.mark.parametrize(
    ("token", "rule"),
    [
        ("entry-content", ""),
        ("pf-content", ""),  # Print Friendly wraps the real post in it
        ("has-sidebar", ""),  # says that there is one, elsewhere
        ("no-sidebar", ""),
        ("shareholder", ""),  # a word that begins like one
        ("adsense-free", "theme/promo"),
        ("sharedaddy sd-sharing-enabled", "jetpack/share"),
        ("jp-relatedposts-headline", "jetpack/related"),
        ("postShare", "theme/share"),
        ("post__share-links", "theme/share"),
        ("c-newsletter", "theme/subscribe"),
        ("read-next", "theme/related"),
        ("mw-breadcrumbs", "theme/breadcrumb"),
    ],
)
def test_class_tokens(token, rule):
    """Whole tokens and whole words within tokens, never a part of a word."""
    assert rule_of_class(token)[0] == rule


def test_ids():
    """Ids have their own rules."""
    assert (rule_of_id("respond"), rule_of_id("colophon"), rule_of_id("content")) == (
        "wordpress/comment-form",
        "wordpress/widgets",
        "",
    )


@pytest.mark.parametrize(
    "line",
    [
        "The share this year was larger than ever",  # begins like a phrase
        "He left a reply to the minister on the table",
        "Related questions were asked in the house",
        "John Smith says: it is raining",
        "Reply",  # anybody's word, without another line to prove it
        "Comments",
        "Five thoughts on leadership",  # a title; the heading of a thread has the post's title in quotes
        "3 responses to the crisis",
        "More information here:",
    ],
)
def test_not_dropped(line):
    """A line that only resembles a phrase is somebody's."""
    assert fates(f"{PROSE}<p>{line}</p>{PROSE}")[line] == ""


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Leave a Reply", "wordpress/comment-form"),
        ("Leave a Reply Cancel reply", "wordpress/comment-form"),
        ("Schreibe einen Kommentar", "wordpress/comment-form"),
        ("Laisser un commentaire", "wordpress/comment-form"),
        ("Votre adresse e-mail ne sera pas publiée.", "wordpress/comment-form"),
        ("5 thoughts on “How to bake”", "wordpress/comments"),
        ("%d bloggers like this:", "jetpack/likes"),
        ("12 bloggers like this:", "jetpack/likes"),
        ("A 3 blogueros les gusta esto:", "jetpack/likes"),
        ("%d人のブロガーが「いいね」をつけました。", "jetpack/likes"),
        ("Share this:", "jetpack/share"),
        ("Teilen mit:", "jetpack/share"),
        ("You are commenting using your WordPress.com account. ( Log Out / Change )", "wordpress.com/comment-form"),
        ("Connecting to %s", "wordpress.com/comment-form"),
        ("This site uses Akismet to reduce spam. Learn how your comment data is processed.", "wordpress/akismet"),
        (
            "Diese Website verwendet Akismet, um Spam zu reduzieren.  Erfahre mehr darüber, wie deine Kommentardaten verarbeitet werden.",
            "wordpress/akismet",
        ),
        ("Keine Kommentare:", "blogger/comments"),
        ("Powered by Blogger.", "blogger/footer"),
        ("« Older Comments", "wordpress/comments"),
        ("Like Loading…", "jetpack/likes"),
        ("コメントを残す", "wordpress/comment-form"),
        ("Оставить комментарий", "wordpress/comment-form"),
    ],
)
def test_dropped_by_phrase(line, rule):
    """A whole line, in any of the languages, with or without its gap filled."""
    assert fates(f"{PROSE}<p>{line}</p>")[" ".join(line.split())] == rule


def test_doubtful_words_go_beside_sure_ones():
    """ "Google photo" is furniture in a comment form, and nowhere else."""
    form = "<p>Leave a Reply</p><p>Fill in your details below or click an icon to log in: Logo</p><p>Google photo</p><p>Connecting to %s</p>"
    assert fates(PROSE + form)["Google photo"] == "wordpress.com/comment-form"
    assert fates(f"{PROSE}<p>Google photo</p>{PROSE}")["Google photo"] == ""


def test_a_wrapper_that_sounds_like_furniture():
    """A rule may not take the page's prose, whatever the theme calls its layout."""
    assert all(
        mark == "" for mark in fates(f'<div class="social-share sidebar related" id="footer">{PROSE}{PROSE}</div>').values()
    )
    assert all(mark == "" for mark in fates(f"<form><div>{PROSE}{PROSE}</div></form>").values())
    assert all(mark == "" for mark in fates(f"<footer>{PROSE}{PROSE}</footer>").values())


def test_a_rule_that_comes_everywhere_is_not_furniture():
    """Each answer in a box of its own that sounds like furniture: together they are the post."""
    boxes = "".join(
        f'<div class="promo-box n{n}"><p>Answer {n}: we prune in the last week of February and never later than that.</p></div>'
        for n in range(9)
    )
    assert all(mark == "" for mark in fates(boxes).values())
    authors = "".join(f'<div class="author-bio">Grower {n}</div>{PROSE}' for n in range(5))
    assert fates(authors)["Grower 4"] == ""


def test_answers_in_boxes_stay():
    """An aside in a post is furniture; when the asides hold the post, they are not."""
    answers = "".join(
        f"<aside><p>Answer {n}: we prune in the last week of February and never later than that.</p></aside>" for n in range(9)
    )
    assert all(mark == "" for mark in fates(f"<article><p>Nine growers answer.</p>{answers}</article>").values())
    assert fates(f"<article>{PROSE}<aside>Plums in numbers</aside></article>")["Plums in numbers"] == "structure/aside"


def test_the_anchor_of_a_heading_is_no_class():
    """A heading's id is made of its words."""
    assert fates(f'{PROSE}<h3 id="10-social-media">10. Social media</h3>{PROSE}')["10. Social media"] == ""


def test_words_in_a_sentence_stay():
    """An inline element inside prose is part of the sentence."""
    line = "This is a long sentence about a related matter that nobody had thought of before."
    assert fates(f"<p>{line.replace('related', '<span class=related>related</span>')}</p>{PROSE}")[line] == ""


def test_quotation_footer_stays():
    """The footer of a quotation names who speaks."""
    assert fates(f"<blockquote>{PROSE}<footer>Ann Lee, baker</footer></blockquote>")["Ann Lee, baker"] == ""
    assert fates(f"{PROSE}<footer>Ann Lee Ltd</footer>")["Ann Lee Ltd"] == "structure/footer"


def test_never_what_is_claimed():
    """A comment keeps its words inside a box that goes."""
    page = open_page(Capture("", f'<body>{PROSE}<div id="comments"><p>Ann</p><p>A fine post.</p><p>Reply</p></div>'.encode()))
    ledger = Ledger(page)
    line = next(line for line in page.lines if line.text == "A fine post.")
    ledger.claim(line.t0, line.t1, "comment 1")
    drop_furniture(page, ledger)
    assert [span.mark[1:] for span in ledger.spans()][1:] == ["comments/area", "comment 1", "comments/area"]


def test_a_section_of_other_posts():
    """Its heading and its links go; prose behind it stays."""
    related = "<h3>Related posts</h3><ul><li><a href=/a>Pears in May</a></li><li><a href=/b>Plums in June</a></li></ul>"
    got = fates(f"{PROSE}{related}<h3>What we learnt</h3>{PROSE}")
    assert (got["Related posts"], got["Pears in May"], got["Plums in June"], got["What we learnt"]) == (
        "theme/related",
    ) * 3 + ("",)


def test_a_table_of_contents():
    """Links into this page under "Contents" are not the post."""
    toc = "<p>Contents</p><ul><li><a href=#a>Digging</a></li><li><a href=#b>Sowing</a></li></ul>"
    got = fates(f"{toc}<h2 id=a>Digging</h2>{PROSE}")
    assert (got["Contents"], got["Sowing"]) == ("theme/toc", "theme/toc")
    assert fates(f"<p>Contents</p><p>A jar, a spoon and a label.</p>{PROSE}")["Contents"] == ""


def test_rows_of_links_outside_the_post():
    """A menu without a tag that says so goes; a list of links in the post stays."""
    menu = "".join(f"<div><a href=/{n}>Page {n}</a></div>" for n in range(4))
    page = open_page(Capture("", f"<body><div>{menu}</div><div id=p>{PROSE}{menu}</div><div><a href=/x>One</a></div>".encode()))
    ledger, post = Ledger(page), page.by_id["p"]
    drop_link_lists(page, ledger, post, ())
    marks = [(span.text, span.mark[1:]) for span in ledger.spans()]
    assert marks[:4] == [(f"Page {n}", "structure/link-list") for n in range(4)]
    assert {mark for _, mark in marks[4:]} == {""}


def test_every_phrase_finds_itself():
    """Whatever is in the file is found, with its gaps filled."""
    lost = []
    for group in (*phrases().heads.values(), *phrases().tails.values(), *phrases().counts.values()):
        for phrase in group:
            gaps = ["7" if number else "Word" for number in phrase.number] + [""]
            line = "".join(part + gap for part, gap in zip(phrase.parts, gaps, strict=True))
            if phrase_of(line.strip()) is None:
                lost.append(line)
    assert lost == []
    assert [line for line, phrase in phrases().whole.items() if phrase_of(line) != phrase] == []


@given(st.text(max_size=500))
def test_any_line(line):
    """No line breaks the look-up, and folding twice is folding once."""
    assert fold(fold(line)) == fold(line)
    assert phrase_of(line) is None or isinstance(phrase_of(line), Phrase)


def test_a_label_before_a_link_is_furniture_in_any_style():
    """ "Read more: another post" goes where the post behind the colon is a link, and stays where it is said."""
    link = "<p><em>Read more: <a href=/x>Trolleybuses are back, quietly</a></em></p>"
    told = "<p>Read more: nothing else has helped me as much.</p>"
    found = fates(PROSE + link + told)
    assert found["Read more: Trolleybuses are back, quietly"] == "theme/navigation"
    assert found["Read more: nothing else has helped me as much."] == ""


def test_a_line_that_shares_is_furniture():
    """A link to where a network takes what a reader shares; beside other words it stays."""
    link = "<a href='https://x.com/intent/tweet?text=a'>Click to Tweet</a>"
    found = fates(PROSE + f"<blockquote>{link}</blockquote><p>What I wrote was this: {link}</p>")
    assert found["Click to Tweet"] == "structure/share-link"
    assert found["What I wrote was this: Click to Tweet"] == ""


def test_a_line_of_links_that_share_goes_with_its_word():
    """ "Share this:" and two networks on one line."""
    line = "<p>Deel dit: <a href='https://www.facebook.com/sharer.php?u=x'>Facebook</a> <a href='https://x.com/share?url=x'>X</a></p>"
    assert fates(PROSE + line)["Deel dit: Facebook X"] == "structure/share-link"


def test_words_that_only_a_style_sheet_sets_apart():
    """A heading and a link in two spans, and two controls."""
    found = fates(PROSE + "<div><span>Mehr zum Thema</span><a href=/x>Der Lehm geht aus: Gruben schließen</a></div>" + PROSE)
    assert found["Mehr zum ThemaDer Lehm geht aus: Gruben schließen"] == "theme/related"
    found = fates(PROSE + "<button>2</button><div><span>Listen</span><span>Share</span></div>" + PROSE)
    assert found["ListenShare"].startswith("theme/")


def test_prose_is_measured_by_its_script():
    """A class that says "toc" does not take a Chinese post, whose lines are short."""
    text = "我们村口有一座石桥，桥面只有两米宽，却已经走了三百多年，小时候外婆常带我坐在桥上。"
    found = fates(f"<h1>石桥</h1><div class=post-toc><p>{text}</p><p>{text[::-1]}</p></div>")
    assert found[text] == ""


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("You have two free articles left this month.", "theme/paywall"),
        ("Il vous reste 80 % de cet article à lire.", "theme/paywall"),
        ("İLGİLİ YAZILAR", "theme/related"),
        ("We have two free articles left for the reader.", ""),
        ("4 min di lettura", "theme/reading-time"),
        ("Wróć do bloga", "theme/navigation"),
    ],
)
def test_phrases_of_many_languages(line, rule):
    """Whole lines, and no more than that."""
    phrase = phrase_of(line)
    assert (phrase.rule if phrase else "") == rule


def test_a_card_that_leads_elsewhere_is_no_part_of_the_post():
    """Title, description and source of another post, in the frame that Ghost puts around them."""
    card = "<figure class=kg-bookmark-card><a href=/x><div>Nine harbours</div><div>A slow walk.</div></a></figure>"
    lines = ("Nine harbours", "A slow walk.")
    assert [fates(PROSE + card + PROSE)[text] for text in lines] == ["ghost/cards"] * 2
    bare = card.replace(" class=kg-bookmark-card", "")
    assert [fates(PROSE + bare + PROSE)[text] for text in lines] == ["structure/link-card"] * 2
    told = bare.replace("</a>", "</a><figcaption>Mine is the tenth.</figcaption>")
    assert fates(PROSE + told)["Mine is the tenth."] == ""
