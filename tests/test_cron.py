"""Cron expressions mean what cron means, shown on known dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cron import NotCron, next_run, next_time, read_cron, read_schedule

BERLIN = ZoneInfo("Europe/Berlin")


def times(text: str, after: str, count: int = 3, zone: ZoneInfo | None = None) -> list[str]:
    """The next so many times, as local ones."""
    at, found = datetime.fromisoformat(after).replace(tzinfo=zone or UTC), []
    for _ in range(count):
        following = next_time(read_cron(text), at, zone or UTC)
        assert following is not None
        at = following
        found.append(at.astimezone(zone or UTC).strftime("%a %Y-%m-%d %H:%M"))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),  # from Wednesday 25 November 2026, 12:00
    [
        ("0 3 * * 1", ["Mon 2026-11-30 03:00", "Mon 2026-12-07 03:00", "Mon 2026-12-14 03:00"]),
        ("0 3 * * 0", ["Sun 2026-11-29 03:00", "Sun 2026-12-06 03:00", "Sun 2026-12-13 03:00"]),
        ("0 3 * * 7", ["Sun 2026-11-29 03:00", "Sun 2026-12-06 03:00", "Sun 2026-12-13 03:00"]),
        ("0 3 * * sun", ["Sun 2026-11-29 03:00", "Sun 2026-12-06 03:00", "Sun 2026-12-13 03:00"]),
        ("0 3 * * 1-5", ["Thu 2026-11-26 03:00", "Fri 2026-11-27 03:00", "Mon 2026-11-30 03:00"]),
        ("0 3 * * 5-7", ["Fri 2026-11-27 03:00", "Sat 2026-11-28 03:00", "Sun 2026-11-29 03:00"]),
        ("0 3 * * fri-sun", ["Fri 2026-11-27 03:00", "Sat 2026-11-28 03:00", "Sun 2026-11-29 03:00"]),
        ("0 3 * * */2", ["Thu 2026-11-26 03:00", "Sat 2026-11-28 03:00", "Sun 2026-11-29 03:00"]),
        ("0 3 13 * 5", ["Fri 2026-11-27 03:00", "Fri 2026-12-04 03:00", "Fri 2026-12-11 03:00"]),  # the 13th or a Friday
        ("0 3 1 * 5", ["Fri 2026-11-27 03:00", "Tue 2026-12-01 03:00", "Fri 2026-12-04 03:00"]),
        ("0 3 */2 * 5", ["Fri 2026-11-27 03:00", "Fri 2026-12-11 03:00", "Fri 2026-12-25 03:00"]),  # begins with *: both
        ("0 0 29 2 *", ["Tue 2028-02-29 00:00", "Sun 2032-02-29 00:00", "Fri 2036-02-29 00:00"]),
        ("30 */6 * * *", ["Wed 2026-11-25 12:30", "Wed 2026-11-25 18:30", "Thu 2026-11-26 00:30"]),
        ("15,45 12 * nov *", ["Wed 2026-11-25 12:15", "Wed 2026-11-25 12:45", "Thu 2026-11-26 12:15"]),
        ("@hourly", ["Wed 2026-11-25 13:00", "Wed 2026-11-25 14:00", "Wed 2026-11-25 15:00"]),
        ("@daily", ["Thu 2026-11-26 00:00", "Fri 2026-11-27 00:00", "Sat 2026-11-28 00:00"]),
        ("@weekly", ["Sun 2026-11-29 00:00", "Sun 2026-12-06 00:00", "Sun 2026-12-13 00:00"]),
        ("@monthly", ["Tue 2026-12-01 00:00", "Fri 2027-01-01 00:00", "Mon 2027-02-01 00:00"]),
        ("@yearly", ["Fri 2027-01-01 00:00", "Sat 2028-01-01 00:00", "Mon 2029-01-01 00:00"]),
    ],
)
def test_known_dates(text: str, expected: list[str]) -> None:
    assert times(text, "2026-11-25T12:00") == expected


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        # 29 March 2026: 02:00 to 03:00 does not exist in Berlin; the job comes an hour later and is not lost
        ("30 2 * * *", "2026-03-28T12:00", ["Sun 2026-03-29 03:30", "Mon 2026-03-30 02:30"]),
        ("30 * * * *", "2026-03-29T01:00", ["Sun 2026-03-29 01:30", "Sun 2026-03-29 03:30"]),
        # 25 October 2026: 02:00 to 03:00 comes twice; a job at a fixed hour runs once, one at every hour each time
        ("30 2 * * *", "2026-10-24T12:00", ["Sun 2026-10-25 02:30", "Mon 2026-10-26 02:30"]),
        ("30 * * * *", "2026-10-25T01:45", ["Sun 2026-10-25 02:30", "Sun 2026-10-25 02:30"]),
    ],
)
def test_clocks_that_change(text: str, after: str, expected: list[str]) -> None:
    assert times(text, after, 2, BERLIN) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("* * * *", "has 4 fields"),
        ("60 * * * *", "0 to 59"),
        ("* 24 * * *", "0 to 23"),
        ("* * 0 * *", "1 to 31"),
        ("* * * 13 *", "1 to 12"),
        ("* * * * 8", "0 to 7"),
        ("* * * * mond", "no day of the week"),
        ("* * * monday *", "no month"),
        ("5/2 * * * *", "a step wants a range"),
        ("*/0 * * * *", "a step of nothing"),
        ("9-5 * * * *", "0 to 59"),
        ("0 0 31 2 *", "a day that no month has"),
        ("0 0 30 2,2 *", "a day that no month has"),
        ("0 d", "has 2 fields"),
        ("@often", "has 1 fields"),
        ("0 h", "has 2 fields"),
        ("", "has 0 fields"),
    ],
)
def test_what_cron_would_not_take(text: str, words: str) -> None:
    """A mistake says which part it is in."""
    with pytest.raises(NotCron, match=words):
        read_cron(text)


def test_intervals() -> None:
    """A schedule may also be a plain length of time."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    found = [next_run(read_schedule(text), start, UTC) for text in ("90 min", "6h", "every 2 days", "1 week")]
    assert found == [start + timedelta(hours=hours) for hours in (1.5, 6, 48, 168)]
    with pytest.raises(NotCron, match="no time at all"):
        read_schedule("0 h")


field = st.one_of(st.just("*"), st.integers(1, 6).map(str), st.tuples(st.integers(1, 3), st.integers(4, 6)).map("{0[0]}-{0[1]}".format), st.just("*/2"))


@given(field, field, field, field, field, st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))
def test_nothing_fires_in_between(minute: str, hour: str, day: str, month: str, weekday: str, after: datetime) -> None:
    """The next time fits the expression, and no earlier minute does: held against a plain search, minute by minute."""
    cron = read_cron(f"{minute} {hour} {day} {month} {weekday}")
    after = after.replace(second=0, microsecond=0, tzinfo=UTC)
    found = next_time(cron, after, UTC)
    assert found is not None

    def fits(at: datetime) -> bool:
        return at.minute in cron.minutes and at.hour in cron.hours and cron.on(at.date())

    minutes = min(int((found - after).total_seconds() // 60), 3000)  # what lies farther is believed
    assert fits(found) and not any(fits(after + timedelta(minutes=n)) for n in range(1, minutes))
