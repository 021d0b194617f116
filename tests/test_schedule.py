"""When to look again, and the words for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.watched import Due, Lost, Record
from bench.year import MODELS, measure, ours, posts
from ingest.schedule import (
    LONGEST,
    LONGEST_FAILING,
    SHORTEST,
    Visit,
    fresh_until,
    jitter,
    listing_look,
    next_look,
    told,
    visited,
)
from parsers import Capture

START = datetime(2026, 1, 1, tzinfo=UTC)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
URL = "https://blog.example/post/"


def after(*visits: Visit, published: datetime | None = START) -> tuple[Record, Due]:
    """A page's record after some visits, and when it is due."""
    record = Record(URL, START, published)
    for visit in visits:
        record = visited(record, visit)
    return record, next_look(record, visits[-1].at, visits[-1])


def at(hours: float, status: str = "unchanged", **more: object) -> Visit:
    return Visit(START + timedelta(hours=hours), status, **more)  # type: ignore[arg-type]


def hours(due: Due, since: float) -> float:
    assert due.at is not None
    return (due.at - START) / HOUR - since


def test_new_page_is_due_now() -> None:
    assert next_look(Record(URL, START), START) == Due(START, "new: not looked at yet")


def test_a_tenth_of_its_age_after_something_new() -> None:
    """Ten days old and just changed: a day, give or take the jitter; and the reason says so."""
    record, due = after(at(1), at(240, "changed"))
    assert hours(due, 240) == pytest.approx(24, rel=0.05)
    assert due.why.startswith("changed 1× in 2 visits, also at the last, 10 d old, so after ")
    assert (record.changes, record.quiet, record.visits) == (1, 0, 2)


def test_longer_when_quiet() -> None:
    """Each quiet visit makes the share larger, up to four tenths."""
    spans = []
    for quiet in (1, 5, 10, 50):
        _, due = after(at(0), *[at(240)] * quiet)
        spans.append(hours(due, 240))
    assert spans == sorted(spans)
    assert spans[-1] == pytest.approx(96, rel=0.05)
    assert "unchanged in 51 visits" in due.why


def test_shorter_again_after_a_change() -> None:
    _, quiet = after(at(0), *[at(240)] * 9)
    _, changed = after(at(0), *[at(240)] * 8, at(240, "changed"))
    assert hours(changed, 240) < hours(quiet, 240) / 2


def test_never_under_an_hour_never_over_a_quarter() -> None:
    assert hours(after(at(0.1))[1], 0.1) >= 1
    _, due = after(at(24 * 365 * 10))
    assert due.at is not None and due.at - (START + 3650 * DAY) <= LONGEST * 1.05


def test_failures_lengthen_and_never_end() -> None:
    """Ten failures in a row: each wait is longer, up to a month, and there is always a next time."""
    visits = [at(0)]
    waits = []
    for n in range(10):
        visits.append(at(24 + n, "failed", error="the server answered 500"))
        _, due = after(*visits)
        waits.append(hours(due, 24 + n))
    assert waits == sorted(waits)
    assert waits[-1] <= LONGEST_FAILING / HOUR * 1.05
    assert due.why.startswith("failed 10× in a row (the server answered 500), so after ")


def test_a_page_that_never_answered_is_tried_again_soon() -> None:
    """However old the post is."""
    _, due = after(at(24 * 365, "failed", error="it timed out"), published=START)
    assert hours(due, 24 * 365) == pytest.approx(2, rel=0.05)


def test_a_page_that_lost_its_experts_is_looked_at_soon() -> None:
    """Ten years old: in a day, later when it stays so, within a week for ever; never later than without the doubt."""
    old, waits = 24 * 3650, []
    for days in (0, 5, 10, 400):
        now = old + 24 * days
        _, due = after(at(old - 1), at(now, lost=Lost(7, START + timedelta(hours=old))))
        waits.append(hours(due, now) / 24)
        assert due.why.startswith("it gave 7 experts and gives none since 2035-12-30 00:00 (has its layout changed?), so after ")
    assert waits == pytest.approx([1, 2, 4, 7], rel=0.05)
    assert hours(after(at(1), at(2, lost=Lost(7, START + HOUR)))[1], 2) == hours(after(at(1), at(2))[1], 2)


def test_failing_is_forgotten_when_it_answers() -> None:
    record, _ = after(at(0), at(1, "failed", error="x"), at(2))
    assert (record.failures, record.error) == (0, "")


def test_gone_twice_a_week_apart_is_the_end() -> None:
    gone = {"gone": True, "error": "the page is gone for good (410)"}
    record, due = after(at(0), at(100, "failed", **gone))
    assert (record.state, due.at) == ("watched", START + 100 * HOUR + WEEK)
    assert "asked once more after a week" in due.why
    record, due = after(at(0), at(100, "failed", **gone), at(101, "failed", **gone))
    assert record.state == "watched"  # an hour apart is not a week
    record, due = after(at(0), at(100, "failed", **gone), at(268, "failed", **gone))
    assert (record.state, due.at) == ("gone", None)


def test_gone_and_back_is_not_gone() -> None:
    gone = {"gone": True, "error": "410"}
    record, due = after(at(0), at(100, "failed", **gone), at(150), at(300, "failed", **gone))
    assert (record.state, record.gone_since) == ("watched", START + 300 * HOUR)
    assert due.at is not None


def test_not_found_is_not_gone() -> None:
    """A 404 for a year is a failure like others."""
    record, due = after(at(0), *[at(24 * n, "failed", error="404") for n in range(1, 366)])
    assert record.state == "watched" and due.at is not None


def test_permanent_redirect_is_adopted_after_a_week() -> None:
    there = {"moved_to": "https://new.example/post/"}
    assert after(at(0), at(24, **there))[0].state == "watched"
    assert after(at(0), at(24, **there), at(24 + 167, **there))[0].state == "watched"
    record, due = after(at(0), at(24, **there), at(24 + 168, **there))
    assert (record.state, due.at) == ("moved", None)
    assert "https://new.example/post/" in due.why


def test_redirect_that_wavers_is_not_adopted() -> None:
    """Another target, or none, begins the week anew."""
    a, b = {"moved_to": "https://a.example/"}, {"moved_to": "https://b.example/"}
    assert after(at(0, **a), at(100, **b), at(200, **a))[0].state == "watched"
    assert after(at(0, **a), at(100), at(200, **a))[0].moved_since == START + 200 * HOUR


def test_never_earlier_than_the_server_asks() -> None:
    """The later of the two; the server's wish holds for 31 days at most, and the reason names it."""
    _, due = after(at(0), at(10, not_before=START + 5 * DAY, asked_by="Retry-After"))
    assert due.at == START + 5 * DAY
    assert due.why == "unchanged in 2 visits, 10 h old, but its server asks to wait until 2026-01-06 00:00 (Retry-After)"
    _, due = after(at(0), at(10, not_before=START + 400 * DAY, asked_by="Expires"))
    assert due.at == START + 10 * HOUR + 31 * DAY
    _, due = after(at(0), at(240, not_before=START + 241 * HOUR, asked_by="Cache-Control"))
    assert hours(due, 240) > 20


@pytest.mark.parametrize(
    ("headers", "expected", "header"),
    [
        ((), None, ""),
        ((("cache-control", "max-age=3600"),), HOUR, "Cache-Control"),
        ((("cache-control", "public, max-age=3600, s-maxage=9"), ("age", "600")), timedelta(minutes=50), "Cache-Control"),
        ((("cache-control", "no-cache, max-age=3600"),), None, ""),
        ((("cache-control", "no-store"), ("expires", "Fri, 02 Jan 2026 00:00:00 GMT")), None, ""),
        ((("cache-control", "max-age=0"), ("expires", "Fri, 02 Jan 2026 00:00:00 GMT")), None, ""),
        ((("expires", "Fri, 02 Jan 2026 00:00:00 GMT"),), DAY, "Expires"),
        ((("expires", "Fri, 02 Jan 2026 00:00:00 GMT"), ("date", "Thu, 01 Jan 2026 12:00:00 GMT")), 12 * HOUR, "Expires"),
        ((("expires", "0"),), None, ""),
        ((("expires", "Wed, 11 Jan 1984 05:00:00 GMT"),), None, ""),  # what WordPress says
        ((("cache-control", "max-age=99999999999999999999999"),), 31 * DAY, "Cache-Control"),
        ((("cache-control", "max-age=soon"),), None, ""),
    ],
)
def test_how_long_an_answer_is_fresh(headers: tuple[tuple[str, str], ...], expected: timedelta | None, header: str) -> None:
    until, by = fresh_until(Capture(URL, b"x", START, headers=headers))
    assert (until - START if until else None, by) == (expected, header)


def test_listing_says_that_a_page_changed() -> None:
    record, _ = after(at(0), at(10))
    assert told(record, START + 5 * HOUR, START + 20 * HOUR) is None  # seen since
    due = told(record, START + 15 * HOUR, START + 20 * HOUR)
    assert due == Due(START + 20 * HOUR, "a listing says that it changed on 2026-01-01 15:00")
    assert told(record, START + 1000 * DAY, START + 20 * HOUR) is None  # a date from the future is a mistake


def test_a_failing_page_keeps_its_distance() -> None:
    """What its listing said before the last try is no reason for another one."""
    record, _ = after(at(0), at(20, "failed", error="x"))
    assert told(record, START + 15 * HOUR, START + 21 * HOUR) is None


def test_gone_page_that_is_announced_again_is_looked_at() -> None:
    gone = Record(URL, START, state="gone", last_visit=START)
    assert told(gone, START + 30 * DAY, START + 31 * DAY) is not None


def test_listing_is_read_rarely_when_nothing_comes() -> None:
    """An hour after something new, a day at most."""
    record = visited(Record(URL, START), at(0, "changed"))
    assert hours(listing_look(record, START), 0) >= 1
    for day in range(1, 60):
        record = visited(record, at(24 * day))
    due = listing_look(record, START + 59 * DAY)
    assert hours(due, 24 * 59) == pytest.approx(24, rel=0.05)
    assert due.why.startswith("nothing new for 59 d, so after ")


def test_jitter_is_the_addresses_own() -> None:
    """The same address always falls at the same place, and a thousand addresses spread."""
    spread = [jitter(f"{URL}{n}") for n in range(1000)]
    assert spread == [jitter(f"{URL}{n}") for n in range(1000)]
    assert min(spread) < -0.9 and max(spread) > 0.9 and abs(sum(spread)) < 60


statuses = st.sampled_from(["changed", "unchanged", "failed"])


@given(st.lists(st.tuples(st.floats(0, 5000), statuses, st.booleans()), min_size=1, max_size=40), st.floats(-1000, 5000))
def test_always_an_hour_and_never_for_ever(story: list[tuple[float, str, bool]], published: float) -> None:
    """Whatever happens, clocks that jump included: due at least an hour and at most a quarter of a year later, and with a reason."""
    record = Record(URL, START, START + timedelta(hours=published))
    for when, status, gone in story:
        visit = at(when, status, gone=gone and status == "failed", error="x" if status == "failed" else "")
        record = visited(record, visit)
        due = next_look(record, visit.at, visit)
        if record.state == "gone":
            assert due.at is None and "410" in due.why
        elif record.gone_since is None:
            assert due.at is not None and due.why
            assert SHORTEST <= due.at - visit.at <= LONGEST * 1.05


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_simulated_year(model: object) -> None:
    """A sample of the year: four fifths of the versions for fifty requests, an hour apart at least."""
    result = measure(ours, posts(model, 300, 5), 5)  # type: ignore[arg-type]
    assert result.caught >= 0.8 and result.requests <= 50 and round(result.shortest, 6) >= 1


def test_the_same_story_gives_the_same_times() -> None:
    """No chance in it: two runs agree to the microsecond."""
    runs = [[after(at(n))[1] for n in (0, 50, 5000)] for _ in range(2)]
    assert runs[0] == runs[1]
    assert all(a.at and b.at and a.at < b.at for a, b in pairwise(runs[0]))
