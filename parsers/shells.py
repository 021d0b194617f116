"""Pages that hold nothing without JavaScript: say so by name, instead of looking empty."""

from __future__ import annotations

from .page import NOSCRIPT, Page

# The mount points of the frameworks' own start-up templates.
SHELLS = {
    "__next": "Next.js", "__nuxt": "Nuxt", "___gatsby": "Gatsby", "root": "React", "app": "Vue", "app-root": "Angular",
    "svelte": "SvelteKit", "ember-application": "Ember", "q-app": "Quasar", "SITE_CONTAINER": "Wix",
}  # fmt: skip
FEW_WORDS = 40


def shell_of(page: Page) -> str:
    """The framework whose empty shell this page is, "a script" where the framework is unknown, ``""`` for a real page.

    A shell has scripts, hardly a word outside <noscript>, and nothing in its mount point.
    """
    if page.tree is None or not page.scripts:
        return ""
    words = 0
    for text, home in zip(page.texts, page.homes, strict=True):
        words += 0 if home.marks & NOSCRIPT else len(text.split())
        if words > FEW_WORDS:
            return ""
    for key, name in SHELLS.items():
        el = page.by_id.get(key) or next(iter(page.by_tag.get(key, ())), None)
        if el is not None:
            return name
    asked = any("javascript" in text.lower() for text in page.texts)
    return "a script" if asked or (words == 0 and any(script.get("src") for script in page.scripts)) else ""
