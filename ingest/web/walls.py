"""Tell a page from what stands in front of one: captchas, logins, error pages that say 200. Pure.

Conservative: only a short answer with an unmistakable mark is taken for a wall. A roundup about captchas is a page.
"""

from __future__ import annotations

import html
import re

from parsers.model import Capture

SHORT = 150  #: words; a page with more of its own is a page
BARE = 40  #: words beside a captcha that also honest forms carry
_SCANNED = 200_000  #: bytes; no wall is that long
_BARE_SIZE = 64_000  #: characters; a page of scripts alone is not that long

_TITLE = re.compile(r"<title\b[^>]{0,200}>([^<]{0,300})", re.I)
_UNSEEN = re.compile(r"<(?:(script|style|noscript|svg|head)\b|!--)", re.I)
_TAG = re.compile(r"<[^<>]{0,5000}>")

_CAPTCHA_TITLE = re.compile(
    r"just a moment\b|attention required!|checking your browser|are you (?:a )?(?:human|robot)"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|security check|ddos-guard|pardon our interruption|bot verification"
    r"|access to this page has been denied|client challenge",
    re.I,
)
_CHALLENGE = (
    "cf-chl-",
    "_cf_chl_opt",
    "px-captcha",
    "captcha-delivery.com",
    "awswafintegration",
    "sucuri_cloudproxy",
    "_incapsula_resource",
)
_WIDGET = ("g-recaptcha", "h-captcha", "cf-turnstile")  # also in the comment forms of honest pages
_ERROR_TITLE = re.compile(
    r"^\W*(?:error\W{0,3})?(?:(?:40[0-9]|410|429|50[0-4])"
    r"(?:\s*(?:[-–—:|.!(]|error\b|page\b|not found|forbidden|internal|bad|service|gateway)|\W*$)"
    r"|(?:page )?not found\b|nothing found\b|internal server error|service (?:temporarily )?unavailable|bad gateway"
    r"|gateway time-?out|access denied|forbidden\b|database error|error establishing a database connection"
    r"|site maintenance|maintenance\W*$|(?:page|seite) (?:non trouvée|nicht gefunden)|página no encontrada)",
    re.I,
)
_LOGIN_TITLE = re.compile(
    r"^\W*(?:log ?in|sign ?in|member login|subscribe to (?:read|continue)|anmelden|connexion|iniciar sesión)\b", re.I
)
_LOGIN_PATH = re.compile(r"/(?:wp-login\.php|log-?in|sign-?in|account/login|users/sign_in|sso|oauth2?)(?:[/?.]|$)", re.I)
_PASSWORD = re.compile(r"<input\b[^>]{0,500}\btype\s*=\s*[\"']?password", re.I)


def wall(capture: Capture) -> str:
    """What stands in front of the page, in words, or ``""``."""
    if capture.header("cf-mitigated").lower() == "challenge":
        return "the server sent a captcha instead of the page"
    if len(capture.body) > _SCANNED:
        return ""
    text = capture.body.decode("utf-8", "replace")
    found = _TITLE.search(text)
    return _suspect(capture, text, " ".join(found[1].split()) if found else "")


def _suspect(capture: Capture, text: str, title: str) -> str:
    captcha, login = "the server sent a captcha instead of the page", "the server sent a login instead of the page"
    low = text.lower() if len(text) < _BARE_SIZE else ""
    if (_CAPTCHA_TITLE.search(title) or any(mark in low for mark in _CHALLENGE)) and words(text) < SHORT:
        return captcha
    if any(mark in low for mark in _WIDGET) and words(text) < BARE:
        return captcha
    landed = capture.final_url not in ("", capture.url) and _LOGIN_PATH.search(capture.final_url)
    if (landed or _LOGIN_TITLE.search(title)) and _PASSWORD.search(text) and words(text) < SHORT:
        return login
    if _ERROR_TITLE.search(title) and words(text) < SHORT:
        return f"the server says 200 but sent an error page ({html.unescape(title)[:60]!r})"
    return ""


def words(page: str) -> int:
    """About how many visible words a page has. Linear, whatever the page.

    >>> words("<head><title>a b</title></head><p>one <b>two</b><script>var x</script></p>")
    2
    """
    kept, at, low = [], 0, page.lower()
    while found := _UNSEEN.search(page, at):
        kept.append(page[at : found.start()])
        close = f"</{found[1].lower()}" if found[1] else "-->"
        at = low.find(close, found.end())
        if at < 0:
            break
    else:
        kept.append(page[at:])
    return len(_TAG.sub(" ", " ".join(kept)).split())
