"""Comment systems that show their comments by script: who they are, by what they leave in the page. Pure.

An empty list must not look like silence where a reader's browser would show a thread.
"""

from __future__ import annotations

from functools import lru_cache

from ..page import Page

_IDS = {
    "disqus_thread": "disqus", "isso-thread": "isso", "remark42": "remark42", "commento": "commento", "cusdis_thread": "cusdis",
    "graphcomment": "graphcomment", "mc-container": "cackle", "coral_thread": "coral", "coral_talk_stream": "coral",
    "discourse-comments": "discourse", "HyperComments": "hypercomments", "hypercomments_widget": "hypercomments",
    "vuukle-comments": "vuukle",
    "livefyre-comments": "livefyre", "livefyre": "livefyre", "IDCommentsPostTitle": "intensedebate",
    "idc-container": "intensedebate",
    "fastcomments-widget": "fastcomments", "waline": "waline", "vcomments": "valine", "tcomment": "twikoo",
    "gitalk-container": "gitalk",
    "artalk": "artalk", "comentario": "comentario", "jetpack_remote_comment": "jetpack",
}  # fmt: skip
_CLASSES = {
    "fb-comments": "facebook", "squarespace-comments": "squarespace", "viafoura": "viafoura", "giscus": "giscus",
    "utterances": "utterances",
    "muut": "muut", "gh-comments": "ghost", "hyvor-talk-comments": "hyvor", "spot-im-frame-inpage": "openweb",
    "fyre": "livefyre",
    "vuukle-comments": "vuukle", "vf-comments": "viafoura", "fb_comments": "facebook",
}  # fmt: skip
_TAGS = {
    "hyvor-talk-comments": "hyvor", "fb:comments": "facebook", "vf-conversations": "viafoura", "mastodon-comments": "mastodon",
    "comentario-comments": "comentario",
}  # fmt: skip
_SCRIPTS = (
    (".disqus.com/embed", "disqus"), ("disqus.com/count", ""), ("giscus.app/client", "giscus"), ("utteranc.es/client",
    "utterances"),
    ("comments-ui", "ghost"), ("/comments/embed", ""), ("isso/js/embed", "isso"), ("talk.hyvor.com", "hyvor"),
    ("launcher.spot.im", "openweb"),
    ("cusdis", "cusdis"), ("commento.js", "commento"), ("remark42", "remark42"), ("cdn.viafoura.net", "viafoura"), ("coral",
    ""),
    ("intensedebate.com/js", "intensedebate"), ("fastcomments.com", "fastcomments"), ("cdn.vuukle.com", "vuukle"),
)  # fmt: skip


def external_system(page: Page) -> str:
    """The comment system that this page would load its comments from, or ``""``."""
    if not page.by_id.keys().isdisjoint(_IDS):
        return next(name for key, name in _IDS.items() if key in page.by_id)
    for tag, name in _TAGS.items():
        if tag in page.by_tag:
            return name
    for attribute in page.by_class:
        if name := _named(attribute):
            return name
    for script in page.scripts:
        if "data-isso" in script:
            return "isso"
        if "data-ghost-comments" in script:
            return "ghost"
        src = script.get("src") or ""
        for part, name in _SCRIPTS if src else ():
            if name and part in src:
                return name
    return ""


@lru_cache(maxsize=1 << 13)
def _named(attribute: str) -> str:
    """The system that a class attribute names."""
    return next((_CLASSES[token] for token in attribute.split() if token in _CLASSES), "")
