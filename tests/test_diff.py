"""What changed, and what only looks as if it had. Without a database: a fold of `diff` over readings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.diff import Held, Known, Plan, Step, changes, diff
from parsers import Comment, Dropped, Link, Parsed, Question, Statement

from .archived import ANN, BOB, COMMENTS, STATEMENTS, read, said, told, wrote

T = TypeVar("T", Statement, Comment)
ANN_EDITED = ANN.replace("some progress", "little progress")
FIRST = read()


def after(*readings: Parsed) -> Known:
    """What is known after these readings, one after another."""
    known = Known()
    for parsed in readings:
        known = apply(known, diff(known, parsed))
    return known


def apply(known: Known, plan: Plan) -> Known:
    """Carry out a plan in memory, as `archive.fold` does in the tables."""
    page = known.page if plan.page == "same" else plan.page_now
    questions = {question.key: question for question in (*known.questions, *plan.questions)}
    return Known(page, tuple(questions.values()), held(known.statements, plan.statements), held(known.comments, plan.comments))


def held(known: Iterable[Held[T]], steps: Iterable[Step[T]]) -> tuple[Held[T], ...]:
    items = {one.ref: one for one in known}
    for step in steps:
        ref = len(items) + 1 if step.ref is None else step.ref
        if step.now is not None:
            name = step.now.expert.name if isinstance(step.now, Statement) else step.now.author
            items[ref] = Held(ref, step.now, True, (*(items[ref].names if ref in items else ()), name))
        else:
            items[ref] = replace(items[ref], open=False)
    return tuple(items.values())


def seen(parsed: Parsed, *before: Parsed, cause: str = "page") -> list[tuple[str, str, str]]:
    """The changes of a reading, after earlier ones (by default the roundup as it was first)."""
    return told(changes(diff(after(*(before or (FIRST,))), parsed, cause)))


def test_a_first_reading_adds_everything() -> None:
    """The page, then the statements, then the comments."""
    assert told(changes(diff(Known(), FIRST))) == [
        ("added", "page", "What do you expect?"),
        ("added", "statement", "Ann Lee"),
        ("added", "statement", "Bob Ray"),
        ("added", "statement", "Chen Wei"),
        ("added", "comment", "Joe"),
        ("added", "comment", "Eve"),
    ]


@pytest.mark.parametrize(
    ("why", "parsed"),
    [
        ("nothing", FIRST),
        ("the order", read([said("Chen Wei", STATEMENTS[2].text, 1), said("Ann Lee", ANN, 2), said("Bob Ray", BOB, 3)])),
        ("keys and places", read([replace(s, key=f"s{n}", place=f"lines {n}") for n, s in enumerate(STATEMENTS)])),
        ("white space", read([said("Ann Lee", ANN.replace(" ", "  ")), *STATEMENTS[1:]])),
        ("how bylines are taken apart", read([replace(s, expert=replace(s.expert, how="comma", byline="x", url="https://x.example/")) for s in STATEMENTS])),
        ("a tracking parameter, where there is no link", read(url="https://blog.example/2019/post/?utm_source=feed")),
        ("what was dropped", read(dropped=(Dropped("wordpress.com/likes", "Loading...", 9),), left_over=("12 people like this",))),
        ("a comment's time, told as 3 days ago", read(comments=[replace(c, posted_at="2019-03-01", approximate=True) for c in COMMENTS])),
        ("a comment's permalink and its author's page", read(comments=[replace(c, permalink="https://x.example/#c", author_url="https://j.example/") for c in COMMENTS])),
        ("the page's language and engine", replace(FIRST, roundup=replace(FIRST.roundup, language="en-gb", platform="wordpress.com"))),
        ("the article, where it is told in statements", read(article="\n\n".join(s.text for s in STATEMENTS) + "\n\n13 people like this.")),
        ("confidence", replace(FIRST, verdict=replace(FIRST.verdict, confidence=0.7, kind="review"))),
        ("part of the comments, of several pages", read(comments=COMMENTS[:1], status="paginated")),
        ("no comments, where they are somewhere else now", read(comments=[], status="external:disqus")),
    ],
)
def test_no_change(why: str, parsed: Parsed) -> None:
    """What differs here is no change."""
    assert seen(parsed) == []


@pytest.mark.parametrize(
    ("parsed", "expected"),
    [
        (read([said("Ann Lee", ANN_EDITED), *STATEMENTS[1:]]), [("edited", "statement", "Ann Lee")]),
        (read([said("Ann Lee", ANN, titles=[("Chair", "Kettlewick University")]), *STATEMENTS[1:]]), [("retitled", "statement", "Ann Lee")]),
        (read([said("Anne Lee", ANN), *STATEMENTS[1:]]), [("reattributed", "statement", "Anne Lee")]),
        (read([*STATEMENTS, said("Dora", "Ask me again in a year.", 4)]), [("added", "statement", "Dora")]),
        (read([said("Dora", "Ask me again in a year.", 1), *STATEMENTS]), [("added", "statement", "Dora")]),
        (read(STATEMENTS[1:]), [("removed", "statement", "Ann Lee")]),
        (read(title="What do you fear?"), [("retitled", "page", "What do you fear?")]),
        (read(lede="We asked four people."), [("edited", "page", "What do you expect?")]),
        (read(comments=[replace(COMMENTS[0], text="You forgot the carpenters."), COMMENTS[1]]), [("edited", "comment", "Joe")]),
        (read(comments=[replace(COMMENTS[0], author="Joe C."), COMMENTS[1]]), [("reattributed", "comment", "Joe C.")]),
        (read(comments=[*COMMENTS, wrote("Kim", "So did they.", "103", parent="102")]), [("added", "comment", "Kim")]),
        (read(comments=COMMENTS[1:]), [("removed", "comment", "Joe")]),
        (read(comments=[], status="none"), [("removed", "comment", "Joe"), ("removed", "comment", "Eve")]),
        (read(comments=COMMENTS[:1], status="closed"), [("removed", "comment", "Eve")]),
        (read(comments=[*COMMENTS[:1], wrote("Kim", "New.", "103")], status="paginated"), [("added", "comment", "Kim")]),
    ],
)
def test_exactly_the_change(parsed: Parsed, expected: list[tuple[str, str, str]]) -> None:
    """One edit is one change, and nothing else is."""
    assert seen(parsed) == expected


def test_an_edit_tells_what_differs() -> None:
    """Before and after hold the parts that are not the same."""
    (change,) = changes(diff(after(FIRST), read([said("Ann Lee", ANN_EDITED, titles=[("Chair", "")]), *STATEMENTS[1:]])))
    assert (change.before, change.after) == (f"Lecturer, Kettlewick University\n\n{ANN}", f"Chair\n\n{ANN_EDITED}")


def test_a_link_is_content_and_its_tracking_is_not() -> None:
    """Another target is an edit; another campaign is none."""
    linked = replace(STATEMENTS[0], links=(Link("here", "https://x.example/a?utm_source=1"),))
    tracked = replace(STATEMENTS[0], links=(Link("here", "https://x.example/a?utm_source=2"),))
    moved = replace(STATEMENTS[0], links=(Link("here", "https://x.example/b"),))
    assert seen(read([tracked, *STATEMENTS[1:]]), read([linked, *STATEMENTS[1:]])) == []
    assert seen(read([moved, *STATEMENTS[1:]]), read([linked, *STATEMENTS[1:]])) == [("edited", "statement", "Ann Lee")]


def test_what_returns_is_restored_under_its_own_number() -> None:
    """The same item again, also with other words, which are told besides."""
    without = read(STATEMENTS[1:], COMMENTS[1:])
    plan = diff(after(FIRST, without), read([said("Ann Lee", ANN_EDITED), *STATEMENTS[1:]]))
    assert told(changes(plan)) == [("restored", "statement", "Ann Lee"), ("edited", "statement", "Ann Lee"), ("restored", "comment", "Joe")]
    assert [step.ref for step in (*plan.statements, *plan.comments) if step.kind == "restored"] == [1, 1]


def test_who_is_there_is_matched_before_who_has_gone() -> None:
    """A new statement in the words of one that has gone does not take it from the one that stayed."""
    two = read([said("Ann Lee", ANN, 1, key="a"), said("Ann Lee", BOB, 2, key="b", question="q2")])
    plan = diff(after(two, read([said("Ann Lee", ANN, 1, key="a")])), read([said("Ann Lee", ANN_EDITED, 1, key="a")]))
    assert told(changes(plan)) == [("edited", "statement", "Ann Lee")]


def test_what_another_says_later_is_no_return() -> None:
    """The same words under another name, after the first has gone: a statement of their own."""
    assert seen(read([*STATEMENTS[1:], said("Dora", ANN, 4)]), FIRST, read(STATEMENTS[1:])) == [("added", "statement", "Dora")]


def test_a_name_that_somebody_had_before_is_asked_last() -> None:
    """Ann was called Bob for a while. When Bob's own answer and hers are both gone and come back, each is its own again."""
    called_bob = read([said("Bob Ray", ANN, 1), *STATEMENTS[1:]])
    known = after(FIRST, called_bob, FIRST, read(STATEMENTS[2:]))
    plan = diff(known, read([said("Bob Ray", BOB, 1), said("Ann Lee", ANN, 2), STATEMENTS[2]]))
    assert [(step.kind, step.ref, step.also) for step in plan.statements] == [("restored", 2, "same"), ("restored", 1, "same"), ("same", 3, "same")]


def test_a_return_is_seen_beside_another_in_the_same_words() -> None:
    """Who takes over the words of one that has gone does not keep that one from returning in others."""
    news = [said("Dora", ANN, 4), said("Ann Lee", ANN_EDITED), *STATEMENTS[1:]]
    assert seen(read(news), FIRST, read(STATEMENTS[1:])) == [
        ("added", "statement", "Dora"), ("restored", "statement", "Ann Lee"), ("edited", "statement", "Ann Lee"),
    ]  # fmt: skip


class TestQuestions:
    """A touched-up question stays the same question, and its answers stay as they are."""

    TWO = (Question("q1", "What will change?", "heading"), Question("q2", "And who will pay for it?", "heading"))
    ANSWERS = (said("Ann Lee", ANN, 1, question="q1"), said("Ann Lee", BOB, 2, key="ann-2", question="q2"))

    def test_touched_up(self) -> None:
        """The key is made from the words and changes with them."""
        touched = (self.TWO[0], Question("q-new", "And who will pay for all of it?", "heading"))
        answers = (self.ANSWERS[0], replace(self.ANSWERS[1], question="q-new"))
        before = read(self.ANSWERS, questions=self.TWO)
        assert seen(read(answers, questions=touched), before) == [("edited", "page", "What do you expect?")]
        assert [q.key for q in diff(after(before), read(answers, questions=touched)).questions] == ["q1", "q2"]

    def test_swapped(self) -> None:
        """The order of the questions is the page's own content; the answers move with them."""
        news = (replace(self.ANSWERS[1], position=1), replace(self.ANSWERS[0], position=2))
        assert seen(read(news, questions=self.TWO[::-1]), read(self.ANSWERS, questions=self.TWO)) == [("edited", "page", "What do you expect?")]

    def test_a_key_given_anew_to_another_question(self) -> None:
        """Two questions never share a key in the archive."""
        known = after(read(self.ANSWERS, questions=self.TWO))
        plan = diff(known, read(questions=(*self.TWO, Question("q1x", "Where?", "heading"), Question("q1y", "When?", "heading"))))
        assert len({question.key for question in plan.questions}) == 4


class TestAbsenceIsNotDeletion:
    """A statement has gone only where a page that reads well no longer has it."""

    def test_not_a_roundup_any_more(self) -> None:
        """A wall, an error page or a new layout: nothing is closed, and the page's own words stay as they were."""
        wall = read([], [], title="Just a moment...", verdict="not_roundup", status="none", article="Checking your browser.")
        assert seen(wall) == []
        assert seen(wall, FIRST, wall) == []
        assert diff(after(FIRST), wall).notes == (
            "not closed: statements, since the page no longer reads as a roundup",
            "not closed: comments, since the page does not read as it did",
        )

    def test_back_again(self) -> None:
        """And when it is back, nothing had happened."""
        wall = read([], [], title="Just a moment...", verdict="not_roundup", status="none")
        assert seen(FIRST, FIRST, wall) == []

    def test_new_comments_on_a_page_that_no_longer_reads_as_a_roundup(self) -> None:
        """What is there is taken all the same."""
        parsed = read([], [*COMMENTS, wrote("Kim", "Where have the experts gone?", "103")], verdict="not_roundup")
        assert seen(parsed) == [("added", "comment", "Kim")]

    @pytest.mark.parametrize("where", ["left_over", "dropped", "article", "statement"])
    def test_its_words_still_stand_there(self, where: str) -> None:
        """The parser lost the byline; the author took nothing back."""
        places = {
            "left_over": read(STATEMENTS[1:], left_over=("Ann Lee", ANN)),
            "dropped": read(STATEMENTS[1:], dropped=(Dropped("phrase/share", ANN, 7),)),
            "article": read(STATEMENTS[1:], article=f"{BOB}\n\n{ANN}"),
            "statement": read([said("Bob Ray", f"{BOB}\n\nAnn Lee\n\n{ANN}", 1), STATEMENTS[2]]),
        }
        expected = [("edited", "statement", "Bob Ray")] if where == "statement" else []
        assert seen(places[where]) == expected
        assert diff(after(FIRST), places[where]).notes == ("not closed: statement by Ann Lee, since its words still stand on the page",)

    def test_the_same_words_by_two_people(self) -> None:
        """What another still says, unchanged, does not keep this one's statement."""
        both = read([said("Ann Lee", ANN, 1), said("Bob Ray", ANN, 2)])
        assert seen(read([said("Bob Ray", ANN, 1)]), both) == [("removed", "statement", "Ann Lee")]

    @pytest.mark.parametrize("status", ["paginated", "truncated", "external:disqus", "something new"])
    def test_a_part_of_the_comments(self, status: str) -> None:
        """Who is not on this page may be on another."""
        assert seen(read(comments=COMMENTS[:1], status=status)) == []

    def test_a_comment_whose_words_were_dropped(self) -> None:
        """A rule has swallowed it; its reader has not taken it back."""
        assert seen(read(comments=COMMENTS[1:], dropped=(Dropped("phrase/x", COMMENTS[0].text, 3),))) == []

    def test_a_removed_comment_that_a_reply_quotes(self) -> None:
        """A quotation is another's comment."""
        replies = [COMMENTS[1], wrote("Kim", f"{COMMENTS[0].text} I agree with all of that, by the way.", "103")]
        before = read(comments=[*COMMENTS, replies[1]])
        assert seen(read(comments=replies), before) == [("removed", "comment", "Joe")]

    def test_a_notice_in_place_of_a_page_that_never_was_a_roundup(self) -> None:
        """Its comments stay; what it says now is its new version, since nobody knows better."""
        page = read([], COMMENTS, verdict="not_roundup", title="My harbour walk", article="We walked.")
        notice = read([], [], verdict="not_roundup", title="Account suspended", article="Call us.", status="none")
        assert seen(notice, page) == [("edited", "page", "Account suspended")]


class TestAnotherParser:
    """The same bytes, read by another parser: its word counts, and what it takes back is taken back."""

    def test_statements_that_were_none(self) -> None:
        """Its words stand on the page, as they always did."""
        assert seen(read(STATEMENTS[1:], left_over=(ANN,)), cause="parser") == [("removed", "statement", "Ann Lee")]

    def test_no_roundup_after_all(self) -> None:
        """All statements go, and the article comes in their place."""
        parsed = read([], COMMENTS, verdict="not_roundup", article="A listicle.")
        assert seen(parsed, cause="parser") == [("edited", "page", "What do you expect?"), *[("removed", "statement", s.expert.name) for s in STATEMENTS]]

    def test_comments_that_this_bundle_does_not_hold(self) -> None:
        """They came from pages that are not read again here."""
        assert seen(read(comments=COMMENTS[:1], status="paginated"), cause="parser") == []


NAMES = ("Ann Lee", "Bob Ray", "Chen Wei", "Dora Maar", "")
TEXT = st.lists(st.sampled_from("we see no little progress trade year table again more people".split()), max_size=9).map(" ".join)
ROUNDUPS = st.builds(
    read,
    st.lists(st.builds(said, st.sampled_from(NAMES), TEXT, st.integers(1, 9), question=st.sampled_from(["", "q"])), max_size=5),
    st.lists(st.builds(wrote, st.sampled_from(["Joe", "Eve", ""]), TEXT, st.sampled_from("1234"), when=st.sampled_from(["", "2019-02-27", "2019-02-27T08:00"])), max_size=5),
    title=st.sampled_from(["One?", "Two?"]),
    verdict=st.sampled_from(["roundup", "review", "not_roundup"]),
    status=st.sampled_from(["parsed", "paginated", "none"]),
    left_over=st.lists(TEXT, max_size=1).map(tuple),
)


@settings(max_examples=60)
@given(st.lists(ROUNDUPS, min_size=1, max_size=4), st.sampled_from(["page", "parser", "either"]))
def test_the_same_again_is_no_change(readings: list[Parsed], cause: str) -> None:
    """Whatever came before, reading the same twice changes nothing the second time."""
    known = after(*readings)
    once = apply(known, diff(known, readings[-1], cause))
    assert changes(diff(once, readings[-1], cause)) == ()


@settings(max_examples=40)
@given(st.lists(ROUNDUPS, min_size=1, max_size=4))
def test_nothing_is_lost_and_nothing_doubled(readings: list[Parsed]) -> None:
    """What a reading holds is open afterwards, once each; only the archive's own open items may be open besides."""
    known = after(*readings[:-1])
    plan = diff(known, readings[-1])
    for steps, items in ((plan.statements, readings[-1].roundup.statements), (plan.comments, readings[-1].roundup.comments)):
        assert [step.now.text for step in steps if step.now is not None] == [item.text for item in items]
        refs = [step.ref for step in steps if step.ref is not None]
        assert len(refs) == len(set(refs))
    now = apply(known, plan)
    assert len(now.statements) == len(known.statements) + sum(step.kind == "added" for step in plan.statements)


@settings(max_examples=40)
@given(st.lists(ROUNDUPS, min_size=1, max_size=4))
def test_a_plan_is_a_function(readings: list[Parsed]) -> None:
    """The same history gives the same plan: history can be made again."""
    assert diff(after(*readings[:-1]), readings[-1]) == diff(after(*readings[:-1]), readings[-1])
