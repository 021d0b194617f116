"""What a config file may say, and how a mistake in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.config import Config, read_config
from parsers.errors import ConfigError

HERE = Path(__file__).parent.parent


def read(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "config.toml"
    path.write_text(text)
    return read_config(path)


def test_defaults() -> None:
    """Without a file everything has a value."""
    config = read_config(None)
    assert (config.archive.path, config.fetch.gap, config.source) == ("archive.db", 1.0, ())
    assert config.fetch.agent == "roundup-ingest/0.1"


def test_example_is_a_working_config() -> None:
    """The example at the top of the repository can be used as it is."""
    config = read_config(HERE / "config.toml")
    assert config.fetch.contact
    assert {source.kind for source in config.source} == {"url", "feed"}


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    assert read(tmp_path, '[archive]\npath = "data/a.db"\n').archive.path == str(tmp_path / "data" / "a.db")
    assert read(tmp_path, '[archive]\npath = "/var/a.db"\n').archive.path == "/var/a.db"


def test_sources(tmp_path: Path) -> None:
    config = read(tmp_path, '[[source]]\nname = "a"\nkind = "url"\nurls = ["https://a.example/1", "https://a.example/2"]\n')
    assert config.source[0].addresses == ("https://a.example/1", "https://a.example/2")


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("[fetch]\ncontct = 'a@b.example'\n", "fetch.contct", "did you mean 'contact'?"),
        ("[ftch]\ngap = 1\n", "ftch", "did you mean 'fetch'?"),
        ("[[source]]\nname = 'a'\nkind = 'url'\nurll = 'x'\n", "source[1].urll", "did you mean 'url'?"),
        ("[fetch]\nxyzzy = 1\n", "fetch.xyzzy", "known are contact, user_agent, gap"),
        ("[fetch]\ngap = 'often'\n", "fetch.gap", "valid number"),
        ("[fetch]\ngap = -1\n", "fetch.gap", "greater than or equal to 0"),
        ("[[source]]\nkind = 'url'\nurl = 'https://a.example/'\n", "source[1].name", "missing"),
        ("[[source]]\nname = 'a'\nkind = 'blog'\nurl = 'https://a.example/'\n", "source[1].kind", "'url', 'feed'"),
        ("[[source]]\nname = 'a'\nkind = 'url'\n", "source[1]", "give either url or urls"),
        ("[[source]]\nname = 'a'\nkind = 'feed'\nurls = ['https://a.example/']\n", "source[1]", "a feed has one address"),
        ("[[source]]\nname = 'a'\nkind = 'url'\nurl = 'x'\n" * 2, "", "two sources are called 'a'"),
        ("[fetch\n", "", "not TOML"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, key: str, words: str) -> None:
    """A mistake names the file, the key and the way out, in one line."""
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert caught.value.key == key
    assert str(caught.value).startswith(str(tmp_path / "config.toml")) and words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        read_config(tmp_path / "none.toml")


def test_not_text(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="not TOML"):
        read_config(tmp_path / "c.toml")
