"""What a config file may say, and how a mistake in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.config import Config, FetchTable, read_config
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
        ("[fetch]\ncontact = 'hello'\n", "fetch.contact", "give a mail address or a page: https://..."),
        ("[fetch]\ncontact = 'ann@blog.example\\nX-Evil: 1'\n".replace("'", '"'), "fetch.contact", "can write to"),
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


@pytest.mark.parametrize("contact", ["", "ann@blog.example", "a.b+c@mail.blog.example", "https://blog.example", "http://blog.example/about-us?x=1"])
def test_a_contact(tmp_path: Path, contact: str) -> None:
    """A mail address or a page."""
    assert read(tmp_path, f'[fetch]\ncontact = "{contact}"\n').fetch.contact == contact


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """Each with its place and its own reason, in the file's order."""
    text = "[fetch]\ncontact = 5\ngap = -1\nxyz = 1\n[[source]]\nkind = 'url'\nurl = 'https://a.example/'\n"
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert str(caught.value).removeprefix(f"{tmp_path / 'config.toml'}: ").split("; ") == [
        "fetch.contact: input should be a valid string",
        "fetch.gap: input should be greater than or equal to 0",
        "fetch.xyz: there is no such key",
        f"known are {', '.join(FetchTable.model_fields)}",
        "source[1].name: this key is missing",
    ]


def test_many_mistakes_are_counted(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"; and 3 more$"):
        read(tmp_path, "[notify]\n" + "".join(f"qqqq{n} = 1\n" for n in range(13)))


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        read_config(tmp_path / "none.toml")


def test_not_text(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="not TOML"):
        read_config(tmp_path / "c.toml")
