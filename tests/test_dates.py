"""Dates as pages print them: the precision that is printed, an offset only where one is printed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.dates import find_date, order_of, read_attribute, same_moment
from parsers.dates.months import month_of

AT = datetime(2024, 5, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "May I ask who wrote this?",  # a month's name, and no day or year beside it
        "Chapter 12, verse 3",
        "12:30",  # a time alone is no date
        "version 1.2.3",
        "it costs 10.05.99€ or so",
        "31 February 2024",  # no such day
        "call 040/1234567",
        "she was 20 years old",
        "the 1990s",
    ],
)
def test_no_date(text: str) -> None:
    """Figures and month names that are no date yield none."""
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("October 20, 2019 at 1:31 pm", "2019-10-20T13:31"),
        ("Oct 20th, 2019 @ 12:05 AM", "2019-10-20T00:05"),
        ("Sunday, October 20, 2019 1:31:07 PM", "2019-10-20T13:31:07"),
        ("20 October 2019", "2019-10-20"),
        ("Sun, 20/10/2007 - 18:51", "2007-10-20T18:51"),
        ("09:02 PM 10/28/10", "2010-10-28T21:02"),
        ("12.29.14 at 8:09 pm", "2014-12-29T20:09"),
        ("2006/03/30 23:20", "2006-03-30T23:20"),
        ("2019-10-20 1:31 pm", "2019-10-20T13:31"),
        ("2019-10-20T13:31:05+02:00", "2019-10-20T13:31:05+02:00"),
        ("October 20, 2019 at 13:31 GMT+2", "2019-10-20T13:31+02:00"),
        ("Apr 20th 2015 4:18 GMT", "2015-04-20T04:18+00:00"),
        ("January 10th, 2010 at 11:22 am PST", "2010-01-10T11:22"),  # a zone's name is printed all year round: not believed
        ("May 2025", "2025-05"),
        ("Reader 5 April 06, 2024", "2024-04-06"),  # a year in full goes before one of two figures
        ("22. Dezember 2019 um 11:16 Uhr", "2019-12-22T11:16"),
        ("7. Dez 2018 um 13:22 Uhr", "2018-12-07T13:22"),
        ("14.09.22, 21.11 Uhr", "2022-09-14T21:11"),
        ("2 décembre 2017 à 15 h 08 min", "2017-12-02T15:08"),
        ("le 1er août 2020", "2020-08-01"),
        ("26 abril 2022 a las 14:02", "2022-04-26T14:02"),
        ("26 de abril de 2022 às 14h02", "2022-04-26T14:02"),
        ("26 aprile 2022 alle 14:02", "2022-04-26T14:02"),
        ("woensdag 21 mei 2008 om 22:12", "2008-05-21T22:12"),
        ("wtorek, 11 maja 2021, 23:13", "2021-05-11T23:13"),
        ("28 мая 2013 в 23:38", "2013-05-28T23:38"),
        ("28 травня 2013 о 23:38", "2013-05-28T23:38"),
        ("5. ledna 2016 (20:20)", "2016-01-05T20:20"),
        ("3. toukokuuta 2019 klo 9.15", "2019-05-03T09:15"),
        ("5 Ocak 2016, 20:20", "2016-01-05T20:20"),
        ("15 Φεβρουαρίου 2021", "2021-02-15"),
        ("2006年03月30日 23:20", "2006-03-30T23:20"),
        ("2024年5月1日 下午 3:04", "2024-05-01T15:04"),
        ("2024년 5월 1일 오후 3:04", "2024-05-01T15:04"),
        ("3 במרץ 2020", "2020-03-03"),
        ("26 กันยายน 2562", "2019-09-26"),  # counted from the Buddha's death
    ],
)
def test_read(text: str, iso: str) -> None:
    """What is printed, no more precise than printed."""
    found = find_date(text)
    assert found is not None
    assert (found.iso, found.approximate) == (iso, False)


def test_the_language_decides_between_months() -> None:
    """Croatian "listopad" is October, Polish "listopad" is November."""
    assert [month_of("listopada", language) for language in ("hr", "pl", "pl-pl")] == [10, 11, 11]


@pytest.mark.parametrize(
    ("texts", "language", "order", "iso"),
    [
        (["03/04/2019", "03/14/2019"], "de", "mdy", "2019-03-04"),  # one of them can be read one way only
        (["03/04/2019", "14/04/2019"], "en-us", "dmy", "2019-04-03"),
        (["03/04/2019"], "en-us", "mdy", "2019-03-04"),
        (["03/04/2019"], "en-gb", "dmy", "2019-04-03"),
        (["03/04/2019"], "fr", "dmy", "2019-04-03"),
        (["03.04.2019"], "en", "dmy", "2019-04-03"),  # dots are not American
    ],
)
def test_day_or_month_first(texts: list[str], language: str, order: str, iso: str) -> None:
    """Figures alone are read as the page's other dates, and else as its language."""
    found = find_date(texts[0], language, order_of(texts, language))
    assert (order_of(texts, language), found and found.iso) == (order, iso)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("3 days ago", "2024-05-17"),
        ("about 2 hours ago", "2024-05-20T10:00+00:00"),
        ("a year ago", "2023"),
        ("1 year, 3 months ago", "2023-02"),
        ("vor 2 Wochen", "2024-05-06"),
        ("il y a 5 jours", "2024-05-15"),
        ("hace 3 meses", "2024-02"),
        ("3 дня назад", "2024-05-17"),
        ("3日前", "2024-05-17"),
        ("8d", "2024-05-12"),
        ("Yesterday at 9:05 pm", "2024-05-19T21:05"),
        ("gestern, 10:23 Uhr", "2024-05-19T10:23"),
        ("Oct 12, 11:49 AM", "2023-10-12T11:49"),  # no year: the latest such day
        ("19. Mai um 08:50", "2024-05-19T08:50"),
    ],
)
def test_counted_back(text: str, iso: str) -> None:
    """Resolved against the time of capture, marked, and without it unread."""
    with_now, without = find_date(text, now=AT), find_date(text)
    assert with_now is not None
    assert (with_now.iso, with_now.approximate, without and without.iso) == (iso, True, "")


@pytest.mark.parametrize("text", ["I moved here ten years ago, and it was cold, and nobody came to see us for a long while", "Here today"])
def test_prose_is_not_counted_back(text: str) -> None:
    """A sentence that speaks of the past is no date of a comment."""
    found = find_date(text, now=AT)
    assert found is None or found.iso == AT.date().isoformat()


def test_where_it_stands() -> None:
    """The stretch of the text that is the date, with its time."""
    text = "Ann Lee on May 3, 2020 at 10:20 pm says:"
    found = find_date(text)
    assert found is not None
    assert text[found.start : found.end] == "May 3, 2020 at 10:20 pm"


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2019-10-20T13:31:05Z", "2019-10-20T13:31:05+00:00"),
        ("2019-10-20T13:31:05.123+0200", "2019-10-20T13:31:05+02:00"),
        ("2019-10-20 13:31", "2019-10-20T13:31"),
        ("2019-10-20", "2019-10-20"),
        ("Sun, 20 Oct 2019 13:31:05 +0000", "2019-10-20T13:31:05+00:00"),
        ("2019-13-20", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_attributes(value: str, iso: str) -> None:
    """What is written for machines."""
    assert read_attribute(value) == iso


def test_a_zone_apart_is_the_same_moment() -> None:
    """Two readings of one date agree within what a zone explains, and not beyond."""
    pairs = [("2019-10-20T13:31+02:00", "2019-10-19T23:31"), ("2019-10-20", "2019-10-20T10:00"), ("2019-10-20T01:00", "2019-10-22T23:00")]
    assert [same_moment(*pair) for pair in pairs] == [True, True, False]


@given(st.text(max_size=120), st.sampled_from(["", "de", "pl", "ja", "en-us"]), st.booleans())
def test_any_text_is_survived(text: str, language: str, timed: bool) -> None:
    """Whatever is asked, the answer is None or ISO 8601 inside the text."""
    found = find_date(text, language, now=AT if timed else None)
    assert found is None or (0 <= found.start <= found.end <= len(text) and (found.iso == "" or _is_iso(found.iso)))


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.sampled_from(["%d %B %Y %H:%M", "%B %d, %Y %I:%M %p", "%Y-%m-%dT%H:%M", "%d.%m.%Y, %H:%M"]))
def test_any_date_comes_back(moment: datetime, pattern: str) -> None:
    """Each common way of printing is read back to the minute."""
    found = find_date(moment.strftime(pattern), "en", "dmy")
    assert found is not None
    assert found.iso == moment.strftime("%Y-%m-%dT%H:%M")


def _is_iso(iso: str) -> bool:
    padded = iso + {4: "-01-01", 7: "-01"}.get(len(iso), "")
    return datetime.fromisoformat(padded) is not None
