"""See what is wrong, and tell somebody: once for each incident, and once when it is over.

Somebody is a command, a webhook, or both, as the config says. Telling that fails is tried again at the next run.
"""

from __future__ import annotations

import json
import logging
import shlex
import subprocess
import urllib.request
from datetime import datetime

from archive import Archive
from archive.health import layout_changed
from archive.incidents import Incident

from ..config import Config, NotifyTable
from ..report import Voice

log = logging.getLogger("ingest")

COMMAND_TIME = 30.0
WEBHOOK_TIME = 10.0
KINDS = ("layout of ", "listing of ", "pages of ")


def check(archive: Archive, config: Config, now: datetime, voice: Voice) -> None:
    """Open and close incidents by how the sources do, and tell of them."""
    troubles: dict[str, str] = {}
    for source in config.source:
        troubles |= wrong(archive, source.name, now, config.notify.after_failures)
    archive.incidents.seen(troubles, KINDS, now)
    for incident in archive.incidents.untold():
        voice.complain(f"{'alarm         ' if incident.closed is None else 'over          '}{incident.words}")
        if tell(config.notify, incident):
            archive.incidents.told(incident)


def wrong(archive: Archive, source: str, now: datetime, after_failures: int) -> dict[str, str]:
    """What is wrong with a source, as key → sentence."""
    found: dict[str, str] = {}
    health = archive.watching.source(source, now)
    if changed := layout_changed(archive.watching.how_read(source)):
        found[f"layout of {source}"] = f"{source}: layout changed? {changed}"
    if health.listing_failures >= after_failures:
        times = f"{health.listing_failures}× in a row ({health.listing_error})"
        found[f"listing of {source}"] = f"{source}: its listing failed {times}"
    if health.pages >= 5 and health.failing > 0.8 * health.pages:
        why = health.errors[0][0] if health.errors else ""
        found[f"pages of {source}"] = f"{source}: {health.failing} of {health.pages} pages do not answer ({why})"
    return found


def tell(settings: NotifyTable, incident: Incident) -> bool:
    """Send one message wherever the config says; True where it got there, or there is nowhere."""
    message = json.dumps(as_message(incident), ensure_ascii=False)
    sent = [_run(settings.command, message)] if settings.command else []
    sent += [_post(settings.webhook, message)] if settings.webhook else []
    return all(sent)


def as_message(incident: Incident) -> dict[str, str | None]:
    """An incident for a machine; `text` is for people, and what chat services look for."""
    over = incident.closed is not None
    return {
        "event": "recovery" if over else "incident",
        "about": incident.about,
        "text": f"over: {incident.words}" if over else incident.words,
        "opened": incident.opened.isoformat(),
        "closed": incident.closed.isoformat() if incident.closed else None,
    }


def _run(command: str, message: str) -> bool:
    try:
        done = subprocess.run(
            shlex.split(command), input=message, text=True, capture_output=True, timeout=COMMAND_TIME, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        log.warning("notify.command failed: %s", error)
        return False
    if done.returncode:
        log.warning("notify.command ended with %s: %s", done.returncode, done.stderr.strip()[-200:])
    return done.returncode == 0


def _post(webhook: str, message: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        request = urllib.request.Request(webhook, message.encode(), {"Content-Type": "application/json"}, method="POST")
        with opener.open(request, timeout=WEBHOOK_TIME):
            return True
    except (OSError, ValueError) as error:
        log.warning("notify.webhook failed: %s", error)
        return False
