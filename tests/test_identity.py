"""Which item is which: the same under new words, a new name or in a new place."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.identity import Item, match_comments, match_statements
from archive.words import fold, same, similarity

LONG = "We will see some progress this year, though not on the matters that make headlines."
OTHER = "I doubt that anything will come of it before both sides have new people at the table."
EDITED = "We will see little progress this year, though not on the matters that make headlines."


def ann(text: str = LONG, key: str = "ann-lee", who: str = "ann lee", about: str = "") -> Item:
    return Item(key, who, text, about=about)


def joe(text: str = LONG, key: str = "101", who: str = "joe", when: str = "2019-02-27T08:00") -> Item:
    return Item(key, who, text, when=when)


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("untouched", ann(), ann()),
        ("the words edited", ann(), ann(EDITED)),
        ("all words new, one answer by this person to this question", ann(), ann(OTHER)),
        ("the name spelled otherwise", ann(), ann(key="anne-lee", who="anne lee")),
        ("the name spelled otherwise, and an edit", ann(), ann(EDITED, "anne-lee", "anne lee")),
        ("another key", ann(), ann(key="ann-lee-2")),
        ("another question, the same words", ann(about="q1"), ann(about="q2")),
        ("another question, edited words", ann(about="q1"), ann(EDITED, about="q2")),
        ("no name, an edit", ann(who=""), ann(EDITED, who="")),
    ],
)
def test_the_same_statement(what: str, old: Item, new: Item) -> None:
    """One statement before, one after, and they are one."""
    assert match_statements([old], [new]) == {0: 0}


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("somebody else says something else", ann(), ann(OTHER, "bob-ray", "bob ray")),
        ("the key alone is the same", ann(key="s1"), ann(OTHER, "s1", "bob ray")),
        ("the same person answers another question in other words", ann(about="q1"), ann(OTHER, "ann-lee-2", about="q2")),
        ("no name, other words", ann(who="", key="s1"), ann(OTHER, "s2", "")),
        ("two names, the same short words", ann("No."), ann("No.", "bob-ray", "bob ray")),
    ],
)
def test_another_statement(what: str, old: Item, new: Item) -> None:
    """One before, another after."""
    assert match_statements([old], [new]) == {}


def test_swapped_answers_of_one_person_keep_their_words() -> None:
    """Keys that count ("ann", "ann-2") follow the place on the page; the words say which is which."""
    olds = [ann(LONG, "ann"), ann(OTHER, "ann-2")]
    news = [ann(OTHER, "ann"), ann(LONG, "ann-2")]
    assert match_statements(olds, news) == {0: 1, 1: 0}


def test_an_inserted_statement_shifts_nobody() -> None:
    """Keys that number the page are of no use when somebody is put on top; name and words are."""
    olds = [Item("s1", "ann lee", LONG), Item("s2", "bob ray", OTHER)]
    news = [Item("s1", "chen wei", "Look at the border trade."), Item("s2", "ann lee", EDITED), Item("s3", "bob ray", OTHER)]
    assert match_statements(olds, news) == {1: 0, 2: 1}


def test_the_likest_of_several_by_one_person() -> None:
    """Of two answers by one person one is gone and one edited: the words say which."""
    assert match_statements([ann(OTHER, "ann"), ann(LONG, "ann-2")], [ann(EDITED, "ann")]) == {0: 1}


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("untouched", joe(), joe()),
        ("edited, with the platform's id", joe(), joe(EDITED)),
        ("rewritten, with the platform's id", joe(), joe(OTHER)),
        ("edited, with a key made from the content", joe(key="a1"), joe(EDITED, key="b2")),
        ("rewritten within the minute's precision", joe(key="a1"), joe(OTHER, key="b2")),
        ("the theme gives only the day now", joe(), joe(key="x", when="2019-02-27")),
        ("the reader has renamed themselves", joe(), joe(who="joe carpenter")),
        ("renamed, and the key made anew", joe(), joe(key="x", who="joe carpenter")),
        ("moved to another platform", joe(), joe(key="comment-7", when="")),
    ],
)
def test_the_same_comment(what: str, old: Item, new: Item) -> None:
    """One comment before, one after, and they are one."""
    assert match_comments([old], [new]) == {0: 0}


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("the number was given to somebody else's comment", joe(), joe(OTHER, who="eve", when="2020-01-01T10:00")),
        ("another comment by the same reader", joe(), joe(OTHER, key="102", when="2019-02-27T08:05")),
        ("two readers agree", joe("Nice post"), joe("Nice post", key="102", who="eve", when="2019-02-28T08:00")),
        ("the same reader on the same day, in other words", joe(key="a", when="2019-02-27"), joe(OTHER, key="b", when="2019-02-27")),
    ],
)
def test_another_comment(what: str, old: Item, new: Item) -> None:
    """One before, another after."""
    assert match_comments([old], [new]) == {}


ITEMS = st.lists(
    st.builds(
        Item,
        st.sampled_from(["a", "b", "c", "1", "2", ""]),
        st.sampled_from(["ann lee", "bob ray", ""]),
        st.lists(st.sampled_from("we see no little progress trade year table".split()), max_size=12).map(" ".join),
        when=st.sampled_from(["", "2019-02-27", "2019-02-27T08:00"]),
        about=st.sampled_from(["", "q"]),
    ),
    max_size=8,
)


@given(ITEMS, ITEMS)
def test_each_is_matched_once(olds: list[Item], news: list[Item]) -> None:
    """Whatever comes: no item is two, and as many are matched one way as the other."""
    for match in (match_statements, match_comments):
        pairs = match(olds, news)
        assert set(pairs) <= set(range(len(news)))
        assert set(pairs.values()) <= set(range(len(olds)))
        assert len(set(pairs.values())) == len(pairs)


@given(ITEMS)
def test_the_same_again_is_matched_whole(items: list[Item]) -> None:
    """Nothing has changed: each item is itself, word for word."""
    for match in (match_statements, match_comments):
        pairs = match(items, items)
        assert sorted(pairs) == sorted(pairs.values()) == list(range(len(items)))
        assert all((items[old].key, items[old].who, items[old].text) == (items[new].key, items[new].who, items[new].text) for new, old in pairs.items())


@given(st.permutations([ann(LONG, "a", "ann lee"), ann(OTHER, "b", "bob ray"), ann("Border trade tells more.", "c", "chen wei"), ann("No.", "d", "dora")]))
def test_order_is_no_matter(news: list[Item]) -> None:
    """However they are shuffled, each is found."""
    olds = [ann(LONG, "a", "ann lee"), ann(OTHER, "b", "bob ray"), ann("Border trade tells more.", "c", "chen wei"), ann("No.", "d", "dora")]
    assert {news[new].key: olds[old].key for new, old in match_statements(olds, news).items()} == {key: key for key in "abcd"}


def test_thousands_of_comments_all_changed() -> None:
    """A hostile or a busy page does not cost a square of its length."""
    olds = [Item(f"a{n}", "anon", f"spam {n} and the same words for everybody here {n % 7}") for n in range(5000)]
    news = [Item(f"b{n}", "anon", f"ham {n} and the same words for everybody here {n % 7}") for n in range(5000)]
    began = time.process_time()
    match_comments(olds, news)
    assert time.process_time() - began < 5


def test_one_name_with_many_long_answers() -> None:
    """Forty answers of ten thousand words under one name, all edited: each text is taken apart once."""
    olds = [Item(f"a{n}", "ann lee", " ".join(f"w{(k * 31 + n) % 997}" for k in range(8000))) for n in range(40)]
    news = [replace(old, key="x" + old.key, text=old.text + " edited") for old in olds]
    began = time.process_time()
    assert match_statements(olds, news[::-1]) == {n: 39 - n for n in range(40)}
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("a", "b"), [("José Martínez", "JOSE MARTINEZ"), ("O’Brien", "O'Brien"), ("Anna-Lena  Groß", "anna lena gross"), ("Łukasz", "łukasz"), ("李 明", "李　明")]
)
def test_two_spellings_of_a_name(a: str, b: str) -> None:
    """Case, accents, hyphens and apostrophes do not make two people."""
    assert fold(a) == fold(b)


@pytest.mark.parametrize(("a", "b"), [("Ann Lee", "Anne Lee"), ("Jon Ray", "John Ray"), ("李 明", "李 鸣")])
def test_two_names(a: str, b: str) -> None:
    """Letters do."""
    assert fold(a) != fold(b)


@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_is_a_share(a: str, b: str) -> None:
    """Between 0 and 1, the same both ways, 1 for the same."""
    assert 0 <= similarity(a, b) == similarity(b, a) <= 1
    assert similarity(a, a) == 1


def test_similarity_without_spaces() -> None:
    """A language that sets none is compared letter by letter."""
    assert similarity("首脳会談では進展があると思います。", "首脳会談では大きな進展があると思います。") > 0.7 > 0.1 > similarity("首脳会談では進展があると思います。", "国境貿易を見てください。")


def test_same_is_strict_on_words() -> None:
    """Spaces and Unicode's two ways to write é are no edit; a comma is."""
    assert (same("a  b\n", "a b"), same("e\u0301", "é"), same("a, b", "a b"), same("A", "a")) == (True, True, False, False)
