"""`ingest sources`: from any address of a blog to an entry in a config that somebody has written by hand."""

from __future__ import annotations

import asyncio
import json
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from archive import Archive
from ingest.config import read_config
from ingest.sources.entries import add_source, allow_hosts, free_name, remove_source
from ingest.sources.offers import Found, Offer, find
from parsers import Capture
from parsers.errors import BadStatus, ConfigError

from . import servers
from .blog import Blog
from .conftest import Ingest
from .jobs import Runs

B = "https://blog.example"
WRITTEN = """# What I watch. Do not touch the order!
[fetch]
contact = "https://reader.example/"   # me
gap    = 2.5

# the first one
[[source]]
name = "first"   # best blog there is
kind = "feed"
url  = 'https://first.example/feed/'

[[source]]
kind = "url"     # a single page
name = "second"
urls = [
  "https://second.example/1",  # one
  "https://second.example/2",
]

# the end
"""


def test_adding_leaves_every_line_as_it_is(tmp_path: Path) -> None:
    """Comments, order, spacing: the old text is there to the letter, but for the end."""
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN)
    add_source(path, {"name": "third", "kind": "feed", "url": f"{B}/feed/", "backfill": True})
    text = path.read_text()
    assert text.startswith(WRITTEN.rstrip())
    assert text.endswith(f'\n\n[[source]]\nname = "third"\nkind = "feed"\nurl = "{B}/feed/"\nbackfill = true\n')
    assert [source.name for source in read_config(path).source] == ["first", "second", "third"]


def test_removing_takes_only_the_one(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN)
    remove_source(path, "second")
    text = path.read_text()
    assert [source.name for source in read_config(path).source] == ["first"]
    assert 'name = "first"   # best blog there is' in text and "# the first one" in text and "second.example" not in text
    remove_source(path, "first")
    assert read_config(path).source == ()
    with pytest.raises(ConfigError, match="no source 'first'"):
        remove_source(path, "first")


def test_add_and_remove_again_and_again(tmp_path: Path) -> None:
    """The file does not grow."""
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN)
    sizes = set()
    for _ in range(5):
        add_source(path, {"name": "x", "kind": "url", "url": f"{B}/x"})
        remove_source(path, "x")
        sizes.add(len(path.read_text()))
    assert len(sizes) == 1


def test_new_file_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    add_source(path, {"name": "a", "kind": "url", "url": f"{B}/a"})
    assert 'contact = ""' in path.read_text()
    assert [source.name for source in read_config(path).source] == ["a"]


@pytest.mark.parametrize("broken", ["[fetch\n", "[fetch]\ncontct = 1\n", "source = 3\n", 'source = [{name = "a", kind = "url", url = "https://a.example/"}]\n'])
def test_what_cannot_be_read_is_not_touched(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(broken)
    with pytest.raises(ConfigError):
        add_source(path, {"name": "b", "kind": "url", "url": f"{B}/a"})
    assert (path.read_text(), [file.name for file in tmp_path.iterdir()]) == (broken, ["config.toml"])


def test_wrong_entry_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN)
    with pytest.raises(ConfigError, match="no day of the week") as caught:
        add_source(path, {"name": "b", "kind": "feed", "url": f"{B}/feed/", "schedule": "0 3 * * mond"})
    assert str(caught.value).count(str(tmp_path)) == 1  # of the config, and of no file that was tried in its stead
    assert path.read_text() == WRITTEN


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    """A config that is a link stays one, and a private file private."""
    real = tmp_path / "real.toml"
    real.write_text(WRITTEN)
    real.chmod(0o600)
    (tmp_path / "config.toml").symlink_to(real)
    add_source(tmp_path / "config.toml", {"name": "x", "kind": "url", "url": f"{B}/x"})
    assert (tmp_path / "config.toml").is_symlink() and "x" in tomllib.loads(real.read_text())["source"][2]["name"]
    assert real.stat().st_mode & 0o777 == 0o600


def test_names() -> None:
    assert (free_name("a", []), free_name("a", ["a"]), free_name("  a \n b ", [])) == ("a", "a 2", "a b")


HEAD = '<!doctype html><html><head><title>Harbour</title>{head}</head><body class="{body}"><main>{main}</main></body></html>'
TITLES = "".join(f'<h2><a href="/post-{n}/">Post number {n}</a></h2>' for n in range(4))
FEED = '<rss version="2.0"><channel><title>x</title>{more}<item><link>https://blog.example/post-1/</link></item></channel></rss>'
NEXT = '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="next" href="https://blog.example/feed/2"/>'
MAP = "<urlset><url><loc>https://blog.example/post-1/</loc></url><url><loc>https://blog.example/post-2/</loc></url></urlset>"
RSS = '<link rel="alternate" type="application/rss+xml" href="{href}">'
API = '<link rel="https://api.w.org/" href="https://blog.example/wp-json/">'
POSTS = "wp-json/wp/v2/posts?per_page=100&orderby=modified&_fields=link%2Cdate_gmt%2Cmodified_gmt"
COMMENTS = "wp-json/wp/v2/comments?per_page=100&_fields=link%2Cdate_gmt"


def offers(site: dict[str, str], url: str = "") -> Found:
    """What a site that is a dict offers."""

    async def get(address: str) -> Capture:
        body = site.get(address.removeprefix(f"{B}/"))
        if body is None:
            raise BadStatus(address, 404)
        return Capture(address, body.encode())

    return asyncio.run(find(f"{B}/{url}", get))


def home(head: str = "", main: str = TITLES, body: str = "home") -> str:
    return HEAD.format(head=head, main=main, body=body)


@pytest.mark.parametrize(
    ("site", "url", "what", "expected"),
    [
        (  # WordPress's interface knows of edits, and the comments tell of comments
            {"": home(RSS.format(href="/feed/") + API), "feed/": FEED, POSTS: '[{"link":"https://blog.example/post-1/"}]', COMMENTS: "[]"},
            "", "a blog", [Offer("wordpress", f"{B}/{POSTS}", 1, past=True), Offer("wordpress", f"{B}/{COMMENTS}", 0, past=True, comments=True)],
        ),
        (  # switched off: its feed and its sitemap
            {"": home(RSS.format(href="/feed/") + API), "feed/": FEED.format(more=""), "sitemap.xml": MAP},
            "", "a blog", [Offer("feed", f"{B}/feed/", 1), Offer("sitemap", f"{B}/sitemap.xml", 2, past=True)],
        ),
        (  # a feed that leads through the past is enough
            {"": home(RSS.format(href="/feed/")), "feed/": FEED.format(more=NEXT), "sitemap.xml": MAP},
            "", "a blog", [Offer("feed", f"{B}/feed/", 1, past=True)],
        ),
        (  # a feed that is announced and is none
            {"": home(RSS.format(href="/feed/")), "feed/": home(), "wp-sitemap.xml": MAP},
            "", "a blog", [Offer("sitemap", f"{B}/wp-sitemap.xml", 2, past=True)],
        ),
        (  # robots.txt knows where its sitemap is
            {"": home(), "robots.txt": "User-agent: *\nSitemap: https://blog.example/maps/all.xml", "maps/all.xml": MAP},
            "", "a blog", [Offer("sitemap", f"{B}/maps/all.xml", 2, past=True)],
        ),
        ({"": home()}, "", "a blog", [Offer("index", f"{B}/", 4)]),
        ({"tag/a/": home(RSS.format(href="/tag/a/feed/")), "tag/a/feed/": FEED.format(more="")}, "tag/a/", "a part of a blog", [Offer("feed", f"{B}/tag/a/feed/", 1)]),
        ({"tag/a/": home(RSS.format(href="/feed/")), "feed/": FEED.format(more="")}, "tag/a/", "a part of a blog", [Offer("index", f"{B}/tag/a/", 4)]),
        ({"post-1/": home(RSS.format(href="/feed/"), body="single postid-1"), "feed/": FEED}, "post-1/", "a single page", [Offer("url", f"{B}/post-1/", 1)]),
        ({"about/": home(main="<p>About us.</p>")}, "about/", "a single page", [Offer("url", f"{B}/about/", 1)]),
        ({"feed/": FEED.format(more="")}, "feed/", "a feed", [Offer("feed", f"{B}/feed/", 1)]),
        ({"s.xml": MAP}, "s.xml", "a sitemap", [Offer("sitemap", f"{B}/s.xml", 2, past=True)]),
    ],
    ids=["wordpress", "feed and sitemap", "feed with a past", "broken feed", "robots", "bare", "tag", "tag without a feed", "post", "page", "feed", "sitemap"],
)  # fmt: skip
def test_what_a_blog_offers(site: dict[str, str], url: str, what: str, expected: list[Offer]) -> None:
    found = offers(site, url)
    comments = [Offer(one.kind, one.url, one.pages, one.past and not one.comments, one.comments) for one in expected]
    assert (found.what, list(found.offers)) == (what, comments)


def test_what_is_not_there_is_an_error() -> None:
    with pytest.raises(BadStatus):
        offers({}, "")


def work(tmp_path: Path, blog_name: str) -> Path:
    path = tmp_path / "work" / "config.toml"
    path.write_text(f'# mine\n[fetch]\ncontact = "https://reader.example/"\ngap = 0\nallow_hosts = ["{blog_name}"]\n')
    return path


def test_from_the_command_line(ingest: Ingest, tmp_path: Path) -> None:
    """Add, add again, list, check, run, remove: each says in words what it did."""
    with Blog() as blog:
        path = work(tmp_path, blog.name)
        blog.post("/1")
        blog.feed("/feed/", "/1")
        added = ingest("sources", "add", f"{blog.url}/feed/", "--name", "harbour", "--schedule", "0 6 * * *", "--skip", "*/shop/*", "--since", "2020-01-31")
        assert (added.returncode, "added 'harbour': its feed, 1 pages now" in added.stdout) == (0, True), added.stderr
        entry = tomllib.loads(path.read_text())["source"][0]
        assert (entry["schedule"], entry["skip"], entry["since"].isoformat()) == ("0 6 * * *", ["*/shop/*"], "2020-01-31")
        assert path.read_text().startswith("# mine\n")
        assert "is watched already, as 'harbour'" in ingest("sources", "add", f"{blog.url}/feed/").stderr
        assert "harbour: feed with 1 pages" in ingest("sources", "check").stdout
        assert ingest("run").returncode == 0
        (row,) = [json.loads(line) for line in ingest("sources", "list", "--json").stdout.splitlines()]
        assert (row["name"], row["kind"], row["pages"]) == ("harbour", "feed", 1)
        assert datetime.fromisoformat(row["next"]).isoformat() == row["next"]  # with a T, as everywhere
        blog.pages.clear()
        failed = ingest("sources", "check", "harbour")
        assert (failed.returncode, "harbour: failed: " in failed.stdout) == (1, True)
        removed = ingest("sources", "remove", "harbour")
        assert (removed.returncode, "1 pages are not watched any more" in removed.stderr) == (0, True)
    with Archive.open(tmp_path / "archive.db", read_only=True) as archive:
        assert (archive.pages(), archive.agenda.pages("harbour")) == ((f"{blog.url}/1",), [])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", 'allow_hosts = ["a.example:81"]'),
        ("allow_hosts = []  # none yet\n", 'allow_hosts = ["a.example:81"]  # none yet'),
        ('allow_hosts = [\n  "10.0.0.1:80",  # mine\n]\n', 'allow_hosts = [\n  "10.0.0.1:80",  # mine\n  "a.example:81",\n]'),
        ('allow_hosts = ["a.example:81"]\n', 'allow_hosts = ["a.example:81"]'),
    ],
)
def test_allowing_a_host(tmp_path: Path, written: str, expected: str) -> None:
    """Once, in its place, and all else stays."""
    path = tmp_path / "config.toml"
    path.write_text(f"# mine\n[fetch]\ngap = 0.5  # s\n{written}\n[watch]\nevery = 5\n")
    new = [] if "81" in written else ["a.example:81"]
    assert [allow_hosts(path, ["a.example:81", "a.example:81"]), allow_hosts(path, ["a.example:81"])] == [new, []]
    assert path.read_text().replace("\n\n", "\n") == f"# mine\n[fetch]\ngap = 0.5  # s\n{expected}\n[watch]\nevery = 5\n"


def test_a_host_that_was_allowed_may_be_reached_by_a_run_too(ingest: Ingest, tmp_path: Path) -> None:
    """`add --allow-host` reached it, so `run` must: it is written down, and said."""
    path = tmp_path / "work" / "config.toml"
    with Blog() as blog:
        blog.post("/1")
        blog.feed("/feed/", "/1")
        added = ingest("sources", "add", f"{blog.url}/feed/", "--allow-host", blog.name)
        assert f"{blog.name} stands in config.toml" in added.stderr, added.stderr
        path.write_text(path.read_text().replace('contact = ""', 'contact = "https://reader.example/"\ngap = 0'))
        assert (ingest("run").returncode, blog.asked("/1")) == (0, ["/1"])
    assert (read_config(path).fetch.allow_hosts, len(read_config(path).source)) == ((blog.name,), 1)


def test_what_is_missing_is_told_in_its_place(ingest: Ingest, tmp_path: Path) -> None:
    """Without a contact: "before that" stands after what comes next, and a source that is known brings nothing next."""
    with Blog() as blog:
        path = tmp_path / "work" / "config.toml"
        path.write_text(f'[fetch]\ngap = 0\nallow_hosts = ["{blog.name}"]\n')
        blog.post("/1")
        blog.feed("/feed/", "/1")
        told = [ingest("sources", "add", f"{blog.url}/feed/").stderr.splitlines() for _ in range(2)]
    assert [lines[-1].partition(": no contact")[0] for lines in told] == ["before that", "warning"]
    assert told[0][-2].endswith("next: ingest run") and told[1][-2].endswith(f"is watched already, as {blog.name!r}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "http://127.0.0.1:9/"), "is not a public address"),
        (("add", "blog.example"), "did you mean https://blog.example ?"),
        (("add", "https://blog.example/", "--since", "soon"), "write it as 2020-01-31"),
        (("add", "https://blog.example/", "--schedule", "bogus"), "Invalid value for --schedule: 'bogus' has 1 fields, and a cron expression has five"),
        (("remove", "nobody"), "there is no source 'nobody'"),
        (("check", "nobody"), "there is no source 'nobody'"),
    ],
)
def test_mistakes(ingest: Ingest, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """One sentence, no traceback, and a config that is as it was."""
    (tmp_path / "work" / "config.toml").write_text(WRITTEN)
    done = ingest("sources", *words)
    assert (done.returncode != 0, said in done.stderr, "Traceback" in done.stderr) == (True, True, False), done.stderr
    assert (tmp_path / "work" / "config.toml").read_text() == WRITTEN


def test_comments_tell_which_post_to_look_at(tmp_path: Path) -> None:
    """A new comment on an old post is found by the list of comments, long before the post is due; comment pages are no posts."""
    with Blog() as blog, Runs(tmp_path, [
        {"name": "posts", "kind": "wordpress", "url": f"{blog.url}/posts"},
        {"name": "comments", "kind": "wordpress", "url": f"{blog.url}/comments"},
    ], [blog.name]) as runs:  # fmt: skip
        blog.post("/old-post/")
        blog.json("/posts", json.dumps([{"link": f"{blog.url}/old-post/", "date_gmt": "2015-01-01T00:00:00"}]))
        blog.json("/comments", "[]")
        runs.run()
        now = runs.later(days=3).now.strftime("%Y-%m-%dT%H:%M:%S")
        blog.json("/comments", json.dumps([{"link": f"{blog.url}/old-post/comment-page-2/#comment-9", "date_gmt": now}]))
        assert [outcome.url for outcome in runs.later(minutes=1).run()] == [f"{blog.url}/old-post/"]
        assert runs.archive.agenda.pages("comments") == []


def test_real_wordpress_home_page(ingest: Ingest, classic: servers.WordPress, tmp_path: Path) -> None:
    """Its interface for the posts, and the one for the comments."""
    path = work(tmp_path, classic.host)
    done = ingest("sources", "add", classic.url, "--json")
    assert done.returncode == 0, done.stderr
    assert [entry["kind"] for entry in json.loads(done.stdout)["added"]] == ["wordpress", "wordpress"]
    assert [source.backfill for source in read_config(path).source] == [True, False]
