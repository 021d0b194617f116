"""How the watching goes, in words: what is wrong, each source, each host, what is due next and why. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..schedule import moment, span

if TYPE_CHECKING:
    from archive.health import Health
    from archive.incidents import Incident


@dataclass(frozen=True, slots=True)
class Status:
    """All that `ingest status` tells."""

    now: datetime
    archive: str
    holder: str  #: of the run lock, in words
    last_run: tuple[str, datetime, datetime | None, str] | None
    incidents: tuple[Incident, ...]
    sources: tuple[tuple[Health, str], ...]  #: with how far the walk through the past is
    hosts: tuple[Health, ...]


def lines(status: Status) -> Iterator[str]:
    """For a person."""
    yield f"archive   {status.archive}"
    yield f"run       {status.holder or _run(status)}"
    for incident in status.incidents:
        yield f"ALARM     {incident.words} (since {moment(incident.opened)})"
    for health, past in status.sources:
        yield ""
        yield f"source    {health.name}"
        yield from _health(health, status.now)
        if past:
            yield f"          {past}"
    for health in status.hosts:
        yield ""
        yield f"host      {health.name}"
        yield from _health(health, status.now, host=True)


def _run(status: Status) -> str:
    if status.last_run is None:
        return "none yet"
    command, began, ended, how = status.last_run
    if ended is None:
        return f"{command}, begun {moment(began)}, has not ended properly; what it had done is kept"
    return f"{command}, {moment(began)}, took {span(ended - began)}, {how}"


def _health(health: Health, now: datetime, host: bool = False) -> Iterator[str]:
    parts = [f"{health.pages} pages"]
    parts += [f"{count} {what}" for count, what in _counts(health) if count]
    yield f"          {', '.join(parts)}"
    good = f"{moment(health.last_good)}, {span(now - health.last_good)} ago" if health.last_good else "none yet"
    yield f"          last success {good}"
    if health.next_due is not None:
        when = "now" if health.next_due <= now else f"{moment(health.next_due)}, in {span(health.next_due - now)}"
        yield f"          next {when}: {health.next_url}"
        yield f"               {health.why}"
    if health.not_before is not None and health.not_before > now:
        yield f"          asked to be left alone until {moment(health.not_before)}"
    if health.listing_failures and not host:
        yield f"          its listing failed {health.listing_failures}×: {health.listing_error}"
    for error, pages in health.errors:
        yield f"          {pages}× {error}"


def _counts(health: Health) -> tuple[tuple[int, str], ...]:
    return (
        (health.waiting, "not looked at yet"),
        (health.overdue, "overdue by more than a day"),
        (health.failing, "failing"),
        (health.gone, "gone"),
        (health.unlisted, "listed no more"),
    )


def as_document(status: Status) -> dict[str, object]:
    """For a machine."""
    return {
        "archive": status.archive,
        "running": status.holder,
        "alarms": [{"about": one.about, "words": one.words, "since": one.opened.isoformat()} for one in status.incidents],
        "sources": [_document(health) | {"past": past} for health, past in status.sources],
        "hosts": [_document(health) for health in status.hosts],
    }


def _document(health: Health) -> dict[str, object]:
    return {
        "name": health.name,
        "pages": health.pages,
        "waiting": health.waiting,
        "overdue": health.overdue,
        "failing": health.failing,
        "gone": health.gone,
        "unlisted": health.unlisted,
        "last_success": health.last_good.isoformat() if health.last_good else None,
        "next": health.next_due.isoformat() if health.next_due else None,
        "next_url": health.next_url,
        "why": health.why,
        "listing_failures": health.listing_failures,
        "listing_error": health.listing_error,
        "errors": [{"error": error, "pages": pages} for error, pages in health.errors],
    }
