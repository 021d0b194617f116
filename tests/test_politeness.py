"""When a host may be asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.web.politeness import MONTH, HostState, after, retry_after, wait

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("state", "gap", "delay", "expected"),
    [
        (HostState(), 2, 0, 0),  # never asked
        (HostState(last=ago(5)), 2, 0, 0),  # long enough ago
        (HostState(last=ago(0.5)), 2, 0, 1.5),
        (HostState(last=ago(1), last_page=ago(1)), 2, 10, 9),  # Crawl-delay is longer
        (HostState(last=ago(1), last_page=ago(1)), 2, 0.5, 1),  # the gap is longer
        (HostState(last=ago(1)), 2, 10, 1),  # only robots.txt was asked for, and it is no page
        (HostState(last=ago(9), not_before=after(NOW, 60)), 2, 0, 60),  # Retry-After
        (HostState(not_before=ago(1)), 2, 0, 0),  # which is over
        (HostState(last=after(NOW, 3600)), 2, 0, 2),  # the clock was put back an hour
        (HostState(not_before=after(NOW, 10 * MONTH)), 2, 0, MONTH),  # nobody may silence us for ever
    ],
)
def test_wait(state: HostState, gap: float, delay: float, expected: float) -> None:
    assert wait(state, NOW, gap, delay) == pytest.approx(expected)


@given(st.floats(0, 100), st.floats(0, 100), st.floats(-1e6, 1e6))
def test_wait_is_bounded_whatever_the_clock_does(gap: float, delay: float, jump: float) -> None:
    """Without Retry-After no wait is longer than the longest of the two gaps, and none is negative."""
    state = HostState(last=after(NOW, jump), last_page=after(NOW, jump))
    assert 0 <= wait(state, NOW, gap, delay) <= max(gap, delay)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", 0),
        ("120", 120),
        (" 7 ", 7),
        ("99999999999999999999", MONTH),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOW - timedelta(days=1), usegmt=True), 0),  # over already
        ("Sunday, 01-Mar-26 12:01:00 GMT", 60),  # RFC 850
        ("Sun Mar  1 12:01:00 2026", 60),  # asctime
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),  # a digit elsewhere
        ("Mon, 99 Foo 2026 00:00:00 GMT", None),
    ],
)
def test_retry_after(value: str, expected: float | None) -> None:
    assert retry_after(value, NOW) == expected


@given(st.text(max_size=40))
def test_retry_after_never_fails(value: str) -> None:
    seconds = retry_after(value, NOW)
    assert seconds is None or 0 <= seconds <= MONTH
