"""What stands in front of a page is not the page; what only speaks of it is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.web.walls import wall, words
from parsers import Capture

PROSE = "<p>" + "An expert said what experts say about this. " * 30 + "</p>"
RECAPTCHA = '<form><div class="g-recaptcha"></div><textarea></textarea></form>'
LOGIN = "<form><input name=log><input type='password' name=pwd></form>"


def told(html: str, final: str = "", *headers: tuple[str, str]) -> str:
    return wall(Capture("https://blog.example/post/", html.encode(), final_url=final, headers=headers))


@pytest.mark.parametrize(
    "html",
    [
        f"<title>404 Not Found: what experts make of dead links</title>{PROSE}",  # an article about it
        f"<title>Just a moment: five experts on patience</title>{PROSE}",
        f"<title>Log in or leave? We asked</title>{PROSE}{LOGIN}",  # a page with a login in its corner
        f"<title>Will it rain?</title>{PROSE}{RECAPTCHA}",  # a comment form with a captcha
        "<title>Will it rain?</title><p>Yes.</p>",  # short is not wrong
        "<title>404 days at sea</title><p>A short note.</p>",
        "<title>503 experts</title><p>A short note.</p>",
        "<title>Our 404 errors</title><p>A short note.</p>",
        f"<title>Will it rain?</title><p>{'Some words of a short note. ' * 12}</p>{RECAPTCHA}",
        "",
    ],
)
def test_pages(html: str) -> None:
    assert told(html) == ""


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>", "captcha"),
        ("<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>", "captcha"),
        ("<title>blog.example</title><script>window._cf_chl_opt={}</script><p>Please wait</p>", "captcha"),
        (f"<title>blog.example</title><p>Prove it.</p>{RECAPTCHA}", "captcha"),
        (f"<title>Log In &lsaquo; Blog &#8212; WordPress</title>{LOGIN}", "login"),
        ("<title>404 Not Found</title><center>nginx</center>", "error page"),
        ("<title>Page not found &#8211; Blog</title><p>It looks like nothing was found at this location.</p>", "error page"),
        ("<title>Error 404 (Not Found)!!1</title>", "error page"),
        ("<title>503 Service Unavailable</title>", "error page"),
        ("<title>Database Error</title><h1>Error establishing a database connection</h1>", "error page"),
        ("<title>Seite nicht gefunden</title>", "error page"),
    ],
)
def test_walls(html: str, kind: str) -> None:
    assert kind in told(html)


def test_redirected_to_a_login() -> None:
    final = "https://blog.example/wp-login.php?redirect_to=x"
    assert "login" in told(f"<title>Blog</title>{LOGIN}", final)
    assert told(f"<title>Blog</title>{PROSE}", final) == ""


def test_the_server_says_so() -> None:
    assert "captcha" in told(f"<title>Blog</title>{PROSE}", "", ("cf-mitigated", "challenge"))


@pytest.mark.parametrize(
    "part", ["<script>", "<!--", "<style", "<title", "<input ", "<input type=", "< ", "<noscript></noscript", "404 "]
)
def test_no_page_takes_long(part: str) -> None:
    """Whatever is repeated as often as a wall may be long."""
    page = "<title>404</title>" + part * (199_000 // len(part))
    began = time.monotonic()
    wall(Capture("https://blog.example/", page.encode()))
    words(page)
    assert time.monotonic() - began < 1


@given(st.text(max_size=200))
def test_words_never_fails(text: str) -> None:
    assert 0 <= words(text) <= len(text)
