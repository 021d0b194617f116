"""A made-up blog for measurements: WordPress-like posts of about 60 KB with comments, a third of them expert roundups.

The words are our own, and the same number makes the same page. Three themes differ in how they mark experts. Sizes follow 200
saved posts of 50 blogs. Of these the median and the mean are: 73 and 110 KB, 695 and 870 elements, of which 302 and 454 have a
class, 1,394 and 2,002 visible words, 105 and 147 links, 5 and 27 KB of styles and scripts, 17 and 16 levels of nesting. These
here have in the middle 60 KB, 590 elements, 375 with a class, 1,650 words, 139 links, 14 KB and 17 levels.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import cycle
from pathlib import Path

WORDS = (
    "budget harbour garden report council bridge market winter teacher signal engine border river season paper choice"
    " public private early late slow steady open narrow common local national careful honest modest sudden quiet"
    " expects plans builds holds reads shows moves keeps turns grows asks gives finds needs helps brings costs means"
    " the a of in on with for and but while because before after until against between again often rarely perhaps"
).split()
FIRST = (
    "Ada Bruno Clara Dmitri Elif Farid Greta Hugo Ines Jonas Katya Liam Mira Nadia Oscar Petra Quentin Rosa Selim Tara".split()
)
LAST = "Abend Brook Castell Dorn Ekwall Falk Grimaldi Hoxha Ivers Jansky Kollar Lindt Moreau Novak Okafor Pell Quist Rowe Sato Tamm".split()
SHARES = ("facebook", "twitter", "linkedin", "email", "print", "reddit")
ROLES = "Professor,Senior Analyst,Director,Research Fellow,Lecturer,Chief Economist,Editor,Head of Policy".split(",")
PLACES = "University of Northmere,Harbour Institute,Elmstone College,Centre for Slow Markets,Granite Bank,The Tidewater Review".split(
    ","
)
STYLE = "".join(f".wp-block-{n}{{margin:0 auto {n}px;padding:{n % 7}px;color:#{n * 4099 % 0xFFFFFF:06x}}}" for n in range(130))
SCRIPT = "".join(f"window.m{n}=function(a,b){{return a&&b?a+{n}:{n}}};" for n in range(130))
#: What stands in a head: tags for search engines and networks, feeds, fonts, styles and scripts of plugins.
HEAD = "".join(
    [f'<meta property="og:image:{n}" content="https://cdn.notes.example/wp-content/uploads/2024/05/picture-{n}-1024x683.jpg">' for n in range(22)]
    + [f'<link rel="stylesheet" id="plugin-{n}-css" href="/wp-content/plugins/plugin-{n}/assets/css/style.min.css?ver=6.4.{n}" media="all">' for n in range(18)]
    + [f'<script src="/wp-content/plugins/plugin-{n}/assets/js/front.min.js?ver=6.4.{n}" id="plugin-{n}-js" defer></script>' for n in range(12)]
)
ICON = f'<svg class="icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 2{"".join(f"c{n}.2 {n + 3}.{n}-.{n} 4.5" for n in range(24))}z"/></svg>'
FORM = '<div id="respond" class="comment-respond"><h3 class="comment-reply-title">Leave a comment</h3><form id="commentform" class="comment-form">' + "".join(
    f'<p class="comment-form-{n}"><label for="{n}">{n.capitalize()}</label> <input id="{n}" name="{n}" type="text" value="" size="30" maxlength="245"></p>'
    for n in ("author", "email", "url")
) + '<p class="form-submit"><input name="submit" type="submit" class="submit" value="Post"></p></form></div>'  # fmt: skip


@dataclass(frozen=True)
class Site:
    """So many pages spread over addresses of loopback, all at one port."""

    pages: int
    spread: int
    port: int
    folder: Path | None = None  #: of saved pages to serve instead

    @property
    def addresses(self) -> list[str]:
        """127.0.0.1, 127.0.0.2, ..."""
        return [f"127.0.0.{n + 1}" for n in range(self.spread)]

    @property
    def hosts(self) -> list[str]:
        """The same with the port."""
        return [f"{address}:{self.port}" for address in self.addresses]

    def urls(self) -> dict[str, list[str]]:
        """By host, its posts."""
        found: dict[str, list[str]] = {host: [] for host in self.hosts}
        for number in range(self.pages):
            host = self.hosts[number % self.spread]
            found[host].append(f"http://{host}/2024/05/post-{number}/")
        return found

    def documents(self) -> Iterator[tuple[str, bytes, str]]:
        """All that is served: host and path, body, content type."""
        bodies = cycle(saved(self.folder)) if self.folder else None
        for host, urls in self.urls().items():
            listed = "".join(f"<url><loc>{url}</loc><lastmod>2024-06-01</lastmod></url>" for url in urls)
            sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
            yield f"{host}/sitemap.xml", sitemap.encode(), "application/xml"
            for url in urls:
                yield url.removeprefix("http://"), next(bodies) if bodies else post(url), "text/html"

    @staticmethod
    def packed(body: bytes, kind: str) -> bytes:
        """An answer with its head, gzipped."""
        small = gzip.compress(body, 5, mtime=0)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Length: {len(small)}\r\n\r\n"
        return head.encode("latin-1") + small


def saved(folder: Path) -> Iterator[bytes]:
    """The pages below a folder, in a shuffled order that is always the same."""
    files = sorted(path for path in folder.rglob("*") if path.name.endswith((".html", ".html.gz")))
    random.Random(1).shuffle(files)
    for path in files:
        yield gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def post(url: str) -> bytes:
    """One page; what it says follows from the number in its address."""
    number = int(url.rstrip("/").rpartition("-")[2])
    rng = random.Random(number)
    theme, roundup = number % 3, number % 3 == number // 3 % 3
    title = f"Expert roundup: what will the {words(rng, 3)} mean?" if roundup else words(rng, 7).capitalize()
    body = (
        experts(rng, theme)
        if roundup
        else "".join(f"<h2>{words(rng, 4).capitalize()}</h2>{paragraphs(rng, 3)}" for _ in range(4))
    )
    return page(url, title, f"{paragraphs(rng, 2)}{body}", comments(rng, url, 4 + rng.randrange(12)), rng).encode()


def page(url: str, title: str, article: str, thread: str, rng: random.Random) -> str:
    """The theme around it all."""
    share = "".join(
        f'<li class="share-{n}"><a class="share-{n} sd-button" rel="nofollow" href="{url}?share={n}">{ICON}<span>{n}</span></a></li>'
        for n in SHARES
    )
    cards = "".join(
        f'<div class="related-post"><a class="related-image" href="/2023/0{n + 1}/then-{n}/">{picture(n)}</a>'
        f'<h4 class="related-title"><a href="/2023/0{n + 1}/then-{n}/">{words(rng, 5)}</a></h4><p class="related-date">May {n + 1}, 2023</p></div>'
        for n in range(6)
    )
    menu = "".join(
        f'<li id="menu-item-{n}" class="menu-item menu-item-type-taxonomy menu-item-{n}"><a class="menu-link" href="/topics/{n}/">'
        f'<span class="menu-text">{words(rng, 2)}</span></a></li>'
        for n in range(24)
    )
    aside = "".join(
        f'<li class="recent-post"><a class="recent-title" href="/2024/0{n % 9 + 1}/old-{n}/">{words(rng, 6)}</a>'
        f'<span class="post-date">May {n % 28 + 1}, 2024</span></li>'
        for n in range(20)
    )
    tags = "".join(f'<a class="tag-cloud-link tag-link-{n}" href="/tag/{n}/" style="font-size: {n}pt">{words(rng, 1)}</a> ' for n in range(20))
    months = "".join(f'<li><a href="/{2023 - n // 12}/{n % 12 + 1:02}/">May {2023 - n // 12}</a>&nbsp;({n})</li>' for n in range(18))
    links = "".join(f'<li class="social-{n}"><a href="https://{n}.example/notes">{ICON}<span>{n}</span></a></li>' for n in SHARES)
    return (
        f'<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8"><title>{escape(title)} - Slow Notes</title>'
        f'<link rel="canonical" href="{url}"><meta name="generator" content="WordPress 6.4"><meta property="og:title" content="{escape(title)}">'
        f'<meta property="article:published_time" content="2024-05-11T09:00:00+00:00">{HEAD}<style>{STYLE}</style></head>'
        f'<body class="post-template-default single single-post"><div id="page" class="site"><div class="site-inner">'
        f'<header class="site-header"><div class="wrap"><div class="site-branding"><a href="/" rel="home">Slow Notes</a></div>'
        f'<nav class="main-navigation"><div class="menu-container"><ul id="menu-main" class="menu">{menu}</ul></div></nav></div></header>'
        f'<div id="content" class="site-content"><div class="wrap"><div class="row"><div id="primary" class="content-area">'
        f'<main id="main" class="site-main"><article class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">{escape(title)}</h1>'
        f'<div class="entry-meta">Posted on <time class="entry-date published" datetime="2024-05-11T09:00:00+00:00">May 11, 2024</time>'
        f' by <span class="author vcard"><a class="url fn n" href="/author/ed/">Edna Marsh</a></span></div></header>'
        f'<div class="entry-content"><figure class="wp-block-image">{picture(7)}<figcaption>{words(rng, 6)}</figcaption></figure>{article}<div class="sharedaddy"><h3>Share this:</h3><ul>{share}</ul></div>'
        f'<div class="related-posts"><h3>Related</h3>{cards}</div></div></article>{thread}</main></div><aside id="secondary" class="widget-area">'
        f'<section class="widget widget_recent_entries"><h2 class="widget-title">Recent posts</h2><ul>{aside}</ul></section>'
        f'<section class="widget widget_tag_cloud"><h2 class="widget-title">Tags</h2><div class="tagcloud">{tags}</div></section>'
        f'<section class="widget widget_archive"><h2 class="widget-title">Archives</h2><ul>{months}</ul></section></aside></div></div></div>'
        f'<footer class="site-footer"><div class="wrap"><ul class="social">{links}</ul><p>Proudly powered by WordPress</p></div></footer>'
        f"</div></div><script>{SCRIPT}</script></body></html>"
    )


def picture(number: int) -> str:
    """An image as WordPress writes it."""
    place = f"https://cdn.notes.example/wp-content/uploads/2024/05/picture-{number}"
    sizes = ", ".join(f"{place}-{width}x{width * 2 // 3}.jpg {width}w" for width in (300, 768, 1024, 1536))
    return f'<img loading="lazy" decoding="async" width="1024" height="683" src="{place}-1024x683.jpg" alt="" class="wp-image-{number}" srcset="{sizes}" sizes="(max-width: 1024px) 100vw, 1024px">'


def experts(rng: random.Random, theme: int) -> str:
    """Five to twelve answers, each under its expert's byline."""
    told = []
    for _ in range(rng.randrange(5, 10)):
        name, who = f"{rng.choice(FIRST)} {rng.choice(LAST)}", f"{rng.choice(ROLES)}, {rng.choice(PLACES)}"
        byline = (
            f'<h3 class="wp-block-heading">{name}, {who}</h3>',
            f"<p><strong>{name}</strong>, <em>{who}</em></p>",
            f"<h4><strong>{name}</strong><br>{who}</h4>",
        )[theme]
        told.append(byline + paragraphs(rng, rng.randrange(1, 3)))
    return "".join(told)


def comments(rng: random.Random, url: str, count: int) -> str:
    """A thread as `wp_list_comments()` writes it."""
    thread = "".join(comment(rng, url, number) for number in range(1, count + 1))
    return f'<div id="comments" class="comments-area"><h2 class="comments-title">{count} thoughts</h2><ol class="comment-list">{thread}</ol>{FORM}</div>'


def comment(rng: random.Random, url: str, number: int) -> str:
    """One of them."""
    return (
        f'<li id="comment-{number}" class="comment {"even" if number % 2 else "odd alt"} thread-even depth-1">'
        f'<article id="div-comment-{number}" class="comment-body"><footer class="comment-meta"><div class="comment-author vcard">'
        f'<img alt="" src="/avatar/{number}.png" class="avatar photo" height="42" width="42"><b class="fn">{rng.choice(FIRST)} {rng.choice(LAST)[0]}.</b>'
        f' <span class="says">says:</span></div><div class="comment-metadata"><a href="{url}#comment-{number}">'
        f'<time datetime="2024-05-{12 + number % 15:02}T{number % 24:02}:10:00+00:00">May {12 + number % 15}, 2024 at {number % 12 + 1}:10 am</time></a></div>'
        f'</footer><div class="comment-content">{paragraphs(rng, 1)}</div><div class="reply">'
        f'<a rel="nofollow" class="comment-reply-link" href="{url}?replytocom={number}#respond">Reply</a></div></article></li>'
    )


def paragraphs(rng: random.Random, count: int) -> str:
    """So many paragraphs of three sentences or more."""
    return "".join(
        f"<p>{' '.join(sentence(rng) for _ in range(rng.randrange(2, 5)))}</p>" for _ in range(count)
    )


def sentence(rng: random.Random) -> str:
    """One of 9 to 21 words; one in six links somewhere, one in eight stresses something."""
    told, kind = words(rng, rng.randrange(9, 22)).capitalize(), rng.randrange(24)
    if kind < 4:
        return f'{told} <a href="https://elsewhere.example/{kind}/">{words(rng, 3)}</a>.'
    return f"{told} <em>{words(rng, 2)}</em>." if kind < 7 else f"{told}."


def words(rng: random.Random, count: int) -> str:
    """So many words."""
    return " ".join(rng.choices(WORDS, k=count))
