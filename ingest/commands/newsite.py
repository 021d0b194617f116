"""`ingest new-site`: a first guess at a site's rule, with a fixture."""

from __future__ import annotations

from pathlib import Path

from parsers import Bundle
from parsers.parse import read

from ..config import Config
from ..exits import DONE, WRONG_USAGE
from ..newsite import guess
from ..report import Voice
from .explain import capture_of


def run(source: str, config: Config, voice: Voice, into: Path) -> int:
    """Write the TOML and the fixture folder; nothing that is there is overwritten."""
    capture = capture_of(source, config)
    site = guess(read(Bundle(capture)))
    rule = into / f"{site.host}.toml"
    folder = into / "fixtures" / site.host / site.slug
    for path in (rule, folder / "page.html"):
        if path.exists():
            voice.complain(f"{path} is there already: remove it first, or choose another folder with --into")
            return WRONG_USAGE
    folder.mkdir(parents=True)
    rule.write_text(site.rule, encoding="utf-8")
    (folder / "page.html").write_bytes(capture.body)
    (folder / "fixture.toml").write_text(site.fixture, encoding="utf-8")
    (folder / "expected.json").write_text(site.expected, encoding="utf-8")
    voice.say(f"{rule}: correct it until {folder / 'expected.json'} is right")
    return DONE
