"""Which item of an earlier reading is which item of this one, though its words, its name or its place changed. Pure.

Evidence is tried from the strongest to the weakest, for all items at each step, so that an exact match is never lost to
a vague one. A natural key is the parser's word for "the same", and is believed only where name, time or words agree: a blog
that moves to another platform numbers its comments anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from .words import pairs_of, share, words

ALIKE = 0.4  #: of the word pairs of two texts: the same text, edited. Texts by different people share under 0.1
RELATED = 0.2  #: enough where name or key speak for it too
_TELLING = 3  #: word pairs; a text with fewer ("No.", "Great post") tells nobody apart
_COMMON = 40  #: a word pair in more texts than this tells nothing, and would cost a square of them


@dataclass(frozen=True, slots=True)
class Item:
    """What identity goes by: of a statement, or of a comment."""

    key: str
    who: str  #: `fold` of the name; empty where none is given
    text: str
    when: str = ""  #: comments: as the page gives it; empty where it is only approximate
    about: str = ""  #: statements: the question's key


Pairs = dict[int, int]  #: number of a new item → number of an old one


def match_statements(olds: Sequence[Item], news: Sequence[Item]) -> Pairs:
    """Pair statements: by key, then by the expert's name, then by likeness of the text."""
    matching = _Matching(olds, news)
    matching.exact(lambda item: (item.key, item.who, item.text))
    matching.exact(lambda item: (item.who, item.about, item.text))
    matching.exact(lambda item: (item.who, item.text))
    matching.exact(lambda item: item.text if len(words(item.text)) > 3 else None)
    matching.within(lambda item: (item.who, item.about) if item.who else None, ALIKE)
    matching.within(lambda item: item.key or None, ALIKE, sure=lambda old, new: old.who == new.who != "")
    matching.within(lambda item: (item.who, item.about) if item.who else None, 0.0)
    matching.within(lambda item: item.who or None, RELATED)
    matching.alike(ALIKE)
    return matching.pairs


def match_comments(olds: Sequence[Item], news: Sequence[Item]) -> Pairs:
    """Pair comments: by the platform's id where author, time or words agree, else by author and time, else by likeness."""
    matching = _Matching(olds, news)
    matching.exact(lambda item: (item.key, item.who, item.text))
    matching.within(lambda item: item.key or None, RELATED, sure=_same_hand)
    matching.exact(lambda item: (item.who, item.when, item.text))
    matching.within(lambda item: (item.who, item.when) if item.who and item.when else None, RELATED)
    matching.lone(lambda item: (item.who, item.when) if item.who and "T" in item.when else None)
    matching.exact(lambda item: (item.who, item.text))
    matching.exact(lambda item: item.text if len(words(item.text)) > 4 else None)
    matching.alike(ALIKE, same_author=True)
    return matching.pairs


def _same_hand(old: Item, new: Item) -> bool:
    return old.who == new.who or old.when == new.when != ""


class _Matching:
    """What is paired so far, and what is left on both sides."""

    def __init__(self, olds: Sequence[Item], news: Sequence[Item]) -> None:
        self.olds, self.news = olds, news
        self.pairs: Pairs = {}
        self._counted: dict[str, Counter[Hashable]] = {}  # a text is cut into word pairs once
        self._old_left = dict.fromkeys(range(len(olds)))  # in order, and quick to take from
        self._new_left = dict.fromkeys(range(len(news)))

    def exact(self, trait: Callable[[Item], Hashable]) -> None:
        """Pair, in the order of the page, what has the same trait. None is no trait."""
        for _, olds, news in self._groups(trait):
            for old, new in zip(olds, news, strict=False):
                self._pair(old, new)

    def lone(self, trait: Callable[[Item], Hashable]) -> None:
        """Pair what is alone with its trait on both sides."""
        for _, olds, news in self._groups(trait):
            if len(olds) == len(news) == 1:
                self._pair(olds[0], news[0])

    def within(self, trait: Callable[[Item], Hashable], least: float, sure: Callable[[Item, Item], bool] | None = None) -> None:
        """Among those with the same trait, pair first what is `sure`, then the likest, down to `least`. Of a large group
        only neighbours are compared.
        """
        for _, olds, news in self._groups(trait):
            if len(olds) * len(news) <= _COMMON**2:
                chances = [(old, new) for old in olds for new in news]
            else:
                chances = list(zip(olds, news, strict=False))
            self._best(((self._score(self.olds[old], self.news[new], sure), old, new) for old, new in chances), least)

    def alike(self, least: float, *, same_author: bool = False) -> None:
        """Pair what is left by its words alone. Only pairs of texts that share a rare word pair are looked at."""
        if not self._old_left or not self._new_left:
            return
        olds = {old: self._pairs_in(self.olds[old].text) for old in self._old_left}
        news = {new: self._pairs_in(self.news[new].text) for new in self._new_left}
        having: defaultdict[Hashable, list[int]] = defaultdict(list)
        for old, grams in olds.items():
            for gram in grams:
                having[gram].append(old)
        shared: Counter[tuple[int, int]] = Counter()
        for new, grams in news.items():
            for gram, count in grams.items():
                found = having.get(gram, ())
                if len(found) <= _COMMON:
                    for old in found:
                        shared[old, new] += min(count, olds[old][gram])
        scored = (
            (2 * common / (olds[old].total() + news[new].total()), old, new)
            for (old, new), common in shared.items()
            if min(olds[old].total(), news[new].total()) >= _TELLING
            if not same_author or self.olds[old].who == self.news[new].who
        )
        self._best(scored, least)

    def _score(self, old: Item, new: Item, sure: Callable[[Item, Item], bool] | None) -> float:
        if old.text == new.text or (sure is not None and sure(old, new)):
            return 1.0
        return share(self._pairs_in(old.text), self._pairs_in(new.text))

    def _pairs_in(self, text: str) -> Counter[Hashable]:
        if text not in self._counted:
            self._counted[text] = pairs_of(text)
        return self._counted[text]

    def _groups(self, trait: Callable[[Item], Hashable]) -> Iterable[tuple[Hashable, list[int], list[int]]]:
        olds: defaultdict[Hashable, list[int]] = defaultdict(list)
        news: defaultdict[Hashable, list[int]] = defaultdict(list)
        if self._old_left and self._new_left:
            for old in self._old_left:
                olds[trait(self.olds[old])].append(old)
            for new in self._new_left:
                news[trait(self.news[new])].append(new)
        return [(value, olds[value], group) for value, group in news.items() if value is not None and value in olds]

    def _best(self, scored: Iterable[tuple[float, int, int]], least: float) -> None:
        for _, old, new in sorted((s for s in scored if s[0] >= least), key=lambda s: (-s[0], s[1], s[2])):
            if old in self._old_left and new in self._new_left:
                self._pair(old, new)

    def _pair(self, old: int, new: int) -> None:
        self.pairs[new] = old
        del self._old_left[old], self._new_left[new]
