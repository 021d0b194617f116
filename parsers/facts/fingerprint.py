"""Which engine made the page, by what it leaves in the markup. Pure.

Signals are those of the engines' own sources; a theme or a plugin may hide one, so each engine has several.
"""

from __future__ import annotations

from ..page import Page

# In order: the first that matches. What `<meta name=generator>` begins with, in lower case.
_GENERATORS = (
    ("wordpress.com", "wordpress.com"), ("wordpress", "wordpress"), ("blogger", "blogger"), ("ghost", "ghost"),
    ("drupal", "drupal"), ("joomla", "joomla"), ("typo3", "typo3"), ("discourse", "discourse"),
    ("movable type", "movabletype"), ("http://www.typepad.com", "typepad"), ("https://www.typepad.com", "typepad"),
    ("serendipity", "serendipity"), ("textpattern", "textpattern"), ("b2evolution", "b2evolution"), ("wix.com", "wix"),
    ("hugo", "hugo"), ("jekyll", "jekyll"), ("gatsby", "gatsby"), ("pelican", "pelican"), ("spip", "spip"),
    ("contao", "contao"), ("plone", "plone"), ("eleventy", "eleventy"), ("astro", "astro"), ("hexo", "hexo"),
    ("webflow", "webflow"), ("mediawiki", "mediawiki"), ("phpbb", "phpbb"), ("vbulletin", "vbulletin"),
    ("docusaurus", "docusaurus"), ("next.js", "nextjs"), ("zola", "zola"), ("concrete", "concrete"),
    ("dokuwiki", "dokuwiki"),
)  # fmt: skip

# A part of the address of a script, a style sheet or another <link>.
_ADDRESSES = (
    ("substackcdn.com", "substack"), ("static1.squarespace.com", "squarespace"), ("squarespace-cdn.com", "squarespace"),
    ("static.parastorage.com", "wix"), ("wixstatic.com", "wix"), ("cdn-client.medium.com", "medium"),
    ("miro.medium.com", "medium"), ("assets.tumblr.com", "tumblr"), ("l-stat.livejournal.net", "livejournal"),
    ("dreamwidth.org", "dreamwidth"), ("static.typepad.com", "typepad"), ("blogger.com/", "blogger"),
    ("blogspot.", "blogger"), ("ghost/portal", "ghost"), ("/public/cards.min.css", "ghost"), ("cdn.shopify.com", "shopify"),
    ("website-files.com", "webflow"), ("hubspotusercontent", "hubspot"), ("s1.wp.com/_static", "wordpress.com"),
    ("s2.wp.com/_static", "wordpress.com"), ("/wp-content/", "wordpress"), ("/wp-includes/", "wordpress"),
    ("/wp-json/", "wordpress"), ("/xmlrpc.php", "wordpress"), ("/sites/default/files/", "drupal"),
    ("/sites/all/", "drupal"), ("/core/misc/drupal", "drupal"), ("/misc/drupal.js", "drupal"), ("/media/jui/", "joomla"),
    ("/media/system/js/", "joomla"), ("/typo3temp/", "typo3"), ("/typo3conf/", "typo3"), ("/styles/prosilver/", "phpbb"),
    ("/js/xf/", "xenforo"), ("clientscript/vbulletin", "vbulletin"), ("/load.php?", "mediawiki"),
)  # fmt: skip


def platform_of(page: Page) -> str:
    """The engine's short name ("wordpress", "wordpress.com", "blogger", …), or ``""``."""
    generator = page.metas.get("generator", "").strip().lower()
    named = next((name for head, name in _GENERATORS if generator.startswith(head)), "")
    if named and named != "wordpress":
        return named
    items = [item.get("href") or item.get("src") or "" for item in (*page.links, *page.scripts)]
    addresses = " ".join(item for item in items if len(item) < 500)
    found = next((name for part, name in _ADDRESSES if part in addresses), "")
    if (named or found) == "wordpress" and ("actionbar" in page.by_id or "marketingbar" in page.by_id):
        return "wordpress.com"
    return named or found or _by_marks(page)


def _by_marks(page: Page) -> str:
    body = (page.body_attrs.get("class") or "").split()
    if any(token.startswith("postid-") for token in body) or ("commentform" in page.by_id and "respond" in page.by_id):
        return "wordpress"
    if "Blog1" in page.by_id:
        return "blogger"
    if any(token.startswith("page-node-") for token in body) or "data-drupal-selector" in page.html_attrs:
        return "drupal"
    if any(key.startswith("serendipity_") for key in page.by_id):
        return "serendipity"
    return ""
