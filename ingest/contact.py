"""Whoever is asked may know who asks."""

from __future__ import annotations

from .config import Config
from .report import Voice

NO_CONTACT = (
    'no contact is configured, so bloggers cannot tell who asks; put contact = "https://..." (or a mail address) '
    "under [fetch] into config.toml"
)


def has_contact(config: Config) -> bool:
    """True where the User-Agent says whom to write to."""
    return bool(config.fetch.contact or config.fetch.user_agent)


def warn_without_contact(config: Config, voice: Voice) -> None:
    """Say that nobody can tell who asks."""
    if not has_contact(config):
        voice.say(f"warning: {NO_CONTACT}")
