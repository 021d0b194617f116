"""`ingest sources`: what is watched. Add finds out by itself what a blog offers; list, check and remove."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from archive import Archive
from parsers import Capture
from parsers.errors import ConfigError, NotAnArchive, PipelineError
from parsers.listings import READERS
from parsers.urls import host_of, page_key

from ..config import LISTED, Config, Source
from ..contact import NO_CONTACT, has_contact
from ..exits import DONE, SOME_FAILED
from ..report import Voice
from ..schedule import moment
from ..sources.discover import unpacked
from ..sources.entries import add_source, allow_hosts, free_name, remove_source
from ..sources.offers import Found, Offer, find
from ..sources.warcs import files
from ..web.address import public
from ..web.turns import utc_now
from ..web.visit import Visitor
from .common import opened
from .run import chosen


def add(url: str, config: Config, voice: Voice, path: Path, wishes: dict[str, Any]) -> int:
    """Find out what `url` offers and write it into the config; returns the exit code."""
    found = asyncio.run(_find(url, config))
    for host in allow_hosts(path, wishes.get("allow_hosts") or ()):
        voice.say(f"{host} stands in {path} as one that may be reached though it is not public: [fetch] allow_hosts")
    voice.say(f"{public(url)} is {found.what}" + (f": {found.title}" if found.title else ""))
    watched = {page_key(public(address)): source.name for source in config.source for address in source.addresses}
    taken = [source.name for source in config.source]
    added: list[dict[str, Any]] = []
    for offer in found.offers:
        if (name := watched.get(page_key(public(offer.url)))) is not None:
            voice.say(f"  {offer.kind} {public(offer.url)} is watched already, as {name!r}")
            continue
        entry = _entry(offer, free_name(_name(offer, found, url, wishes), taken), wishes)
        add_source(path, entry)
        taken.append(entry["name"])
        added.append(entry)
        if not voice.json:
            voice.out(f"added {entry['name']!r}: {_told(offer)}")
    if voice.json:
        voice.out(json.dumps({"what": found.what, "title": found.title, "added": added}, ensure_ascii=False))
    if added:
        voice.say(f"written to {path}; next: ingest run")
    if not has_contact(config):
        voice.say(f"{'before that' if added else 'warning'}: {NO_CONTACT}")
    return DONE


async def _find(url: str, config: Config) -> Found:
    async with Visitor(config.fetch) as visitor:

        async def get(address: str) -> Capture:
            return await visitor.get(address, None, "listing")

        return await find(url, get)


def _name(offer: Offer, found: Found, url: str, wishes: dict[str, Any]) -> str:
    name = str(wishes.get("name") or "") or host_of(url).removeprefix("www.")
    past = offer.kind == "sitemap" and len(found.offers) > 1
    return f"{name} comments" if offer.comments else f"{name} past" if past else name


def _entry(offer: Offer, name: str, wishes: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": name, "kind": offer.kind, "url": offer.url}
    if offer.past and not wishes.get("no_backfill"):
        entry["backfill"] = True
    keys = ("schedule",) if offer.kind == "url" else ("schedule", "follow", "skip", "since", "limit")
    return entry | {key: wishes[key] for key in keys if wishes.get(key)}


def _told(offer: Offer) -> str:
    what = {"feed": "its feed", "sitemap": "its sitemap", "wordpress": "WordPress's interface", "index": "its list of posts"}
    if offer.kind == "url":
        return "this one page"
    told = "the newest comments, which tell when a post has new ones" if offer.comments else what[offer.kind]
    return f"{told}, {offer.pages} pages now" + (", and on through its past" if offer.past and offer.kind != "sitemap" else "")


def list_all(config: Config, voice: Voice) -> int:
    """Print every source with how it stands; returns the exit code."""
    if not config.source:
        voice.say("no source is listed; see ingest sources add")
    try:
        with opened(config, create=False, read_only=True) as archive:
            for source in config.source:
                _list_one(source, archive, voice)
    except NotAnArchive:
        for source in config.source:
            _list_one(source, None, voice)
    return DONE


def _list_one(source: Source, archive: Archive | None, voice: Voice) -> None:
    health = archive.watching.source(source.name, utc_now()) if archive is not None else None
    where = source.path or ", ".join(map(public, source.addresses))
    if voice.json:
        row: dict[str, object] = {"name": source.name, "kind": source.kind, "where": where, "schedule": source.schedule}
        row |= {"pages": health.pages if health else 0}
        row |= {"next": health.next_due.isoformat() if health and health.next_due else ""}
        voice.out(json.dumps(row, ensure_ascii=False))
        return
    pages = f"{health.pages} pages" if health else "not run yet"
    due = f", next {moment(health.next_due)} UTC" if health and health.next_due else ""
    on = f", on {source.schedule!r}" if source.schedule else ""
    voice.out(f"{source.name}\n    {source.kind} {where}\n    {pages}{due}{on}")


def check(names: list[str], config: Config, voice: Voice, config_path: str) -> int:
    """Read each source's listing now, and archive nothing; returns the exit code."""
    failed = False
    for source in chosen(config.source, names, config_path):
        try:
            said = asyncio.run(_check(source, config))
        except PipelineError as error:
            failed, said = True, f"failed: {error}"
        if voice.json:
            voice.out(json.dumps({"name": source.name, "ok": not said.startswith("failed"), "said": said}, ensure_ascii=False))
        else:
            voice.out(f"{source.name}: {said}")
    return SOME_FAILED if failed else DONE


async def _check(source: Source, config: Config) -> str:
    if source.kind == "folder":
        if not Path(source.path).is_dir():
            raise ConfigError(source.path, "", "there is no such folder")
        return f"a folder at {source.path}"
    if source.kind == "warc":
        try:
            return f"{len(files(Path(source.path)))} WARC files at {source.path}"
        except OSError as error:
            raise ConfigError(source.path, "", str(error.strerror or error)) from None
    async with Visitor(config.fetch) as visitor:
        if source.kind not in LISTED:
            for url in source.addresses:
                await visitor.get(url)
            return f"{len(source.addresses)} pages, and each answers"
        capture = unpacked(await visitor.get(source.url, None, "listing"))
        listing = READERS[source.kind](capture)
    newest = max(listing.dates, default="")
    more = f", and leads to {len(listing.more)} more" if listing.more else ""
    return f"{source.kind} with {len(listing.pages)} pages" + (f", the newest of {newest[:10]}" if newest else "") + more


def remove(name: str, config: Config, voice: Voice, path: Path) -> int:
    """Take a source out of the config and off the agenda; returns the exit code."""
    chosen(config.source, [name], str(path))
    remove_source(path, name)
    try:
        with opened(config, create=False) as archive:
            pages = archive.agenda.forget(name)
    except NotAnArchive:
        pages = 0
    voice.say(f"removed {name!r}; {pages} pages are not watched any more, and what was archived of them stays")
    return DONE
