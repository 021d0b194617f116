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


def run(source: str, config: Config, voice: Voice, into: Path, empty: bool) -> int:
    """Write the TOML and the fixture folder; nothing that is there is overwritten. Returns the exit code.

    Where nobody is seen to speak on the page there is nothing to guess from: then only an `empty` rule that was asked for
    is written.
    """
    capture = capture_of(source, config)
    reading = reading_of(Bundle(capture))
    spoken = bool(reading.parsed.roundup.statements)
    if not spoken and not empty:
        voice.complain(
            "nobody is seen to speak on this page, so there is nothing to guess from, and nothing was written: give a page of"
            " the site that shows its answers; or, where a person sees answers here, take an empty rule to fill in: --empty"
        )
        return WRONG_USAGE
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
    if spoken:
        how = "it reads the page as the general way does" if site.same else "a guess, which reads the page otherwise"
    else:
        how = "it is empty until you fill it in"
    voice.say(f"{rule}: {how}")
    voice.say(f"Correct {folder / 'expected.json'} by what a person reads on the page, and the rule until it gives the same")
    return DONE
