"""Which lines are captions and credits: words about a picture, not the post's own. Pure."""

from __future__ import annotations

import re

from .page import CAPTION, Element, Line, Page

_CREDIT = re.compile(
    r"(?:^|[\s(\[|/])(?:photos?|images?|pictures?|fotos?|bild(?:er)?|credits?|source|quelle|crédits?|photographie|imagen|foto|fuente|"
    r"immagine|fonte|zdjęcie|źródło|фото|izvor|fotoğraf|kaynak|写真|画像|図)\s*(?:credits?|courtesy)?\s*(?:[:：©]|by\b|von\b|par\b|por\b|di\b)"
    r"|©|\((?:c|flickr|wikimedia[^)]*|reuters|afp|getty[^)]*|pixabay|unsplash)\)\s*$",
    re.I,
)
_SHORT = 220
# What every credit holds, for the price of a glance: a mark, and in plain Latin letters, unless in a bracket, a word.
_MARKS = (":", "(", " by ", "©", " von ", " par ", " por ", " di ", "：")
_STEMS = tuple("photo imag source picture credit foto bild quelle immagine fonte fuente izvor kaynak".split())


def is_caption(page: Page, line: Line) -> bool:
    """True where a line stands in a caption element, or under an image, or ends in a credit."""
    el, text = line.el, line.text
    if el.marks & CAPTION or (el.attrs and "caption" in el.get("class")):
        return True
    match = _CREDIT.search(text) if len(text) <= _SHORT and _may_credit(text) else None
    if match is None:
        return False
    return match.end() >= len(text) - 60 or _under_image(page, el)


def _may_credit(text: str) -> bool:
    spaced = f"{text} "
    for mark in _MARKS:
        if mark in spaced:
            break
    else:
        return False
    if text[-1] == ")" or not text.isascii():
        return True
    small = text.lower()
    return any(stem in small for stem in _STEMS)


def _under_image(page: Page, el: Element) -> bool:
    """True where the nearest element before this block, or inside it, is a picture."""
    for at in range(el.end - 1, max(0, el.at - 4), -1):
        tag = page.elements[at].tag
        if tag in ("img", "picture", "figure"):
            return True
        if at < el.at and tag in ("p", "h1", "h2", "h3"):
            return False
    return False
