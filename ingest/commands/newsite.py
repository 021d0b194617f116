"""`ingest new-site`: a first guess at a site's rule, with a fixture."""

from __future__ import annotations

from pathlib import Path

from parsers import Bundle

from ..config import Config
from ..exits import DONE, WRONG_USAGE
from ..newsite import NAMELESS, guess
from ..report import Voice
from ..sources.files import FileError
from ..worker import reading_of
from .explain import capture_of


def run(source: str, config: Config, voice: Voice, into: Path) -> int:
    """Write the TOML and the fixture folder; nothing that is there is overwritten. Returns the exit code."""
    capture = capture_of(source, config)
    reading = reading_of(Bundle(capture))
    site = guess(reading)
    rule = into / f"{site.host}.toml"
    folder = into / "fixtures" / site.host / site.slug
    for path in (rule, folder):
        if path.exists():
            voice.complain(f"{path} is there already, and stays as it is: remove it, or choose another folder with --into")
            return WRONG_USAGE
    try:
        folder.mkdir(parents=True)
        rule.write_text(site.rule, encoding="utf-8")
        (folder / "page.html").write_bytes(capture.body)
        (folder / "fixture.toml").write_text(site.fixture, encoding="utf-8")
        (folder / "expected.json").write_bytes(site.expected.encode("utf-8", "replace"))
    except OSError as error:
        raise FileError(str(into), f"it cannot be written ({error.strerror})") from error
    if site.host == NAMELESS:
        voice.say(f"the page does not say where it comes from: put its address into {rule} and {folder / 'fixture.toml'}")
    if not reading.parsed.roundup.statements:
        voice.say(f"warning: the general way finds nobody who speaks on this page; {rule} is empty until you fill it in")
    else:
        how = "it reads the page as the general way does" if site.same else "a guess, which reads the page otherwise"
        voice.say(f"{rule}: {how}")
    voice.say(f"Correct {folder / 'expected.json'} by what a person reads on the page, and the rule until it gives the same")
    return DONE
