"""`make demo`: serve a small blog on loopback, archive its roundup, edit the roundup, archive the edit, show what changed.

Everything is done with the command line that a user has; each command is printed before it runs. What it makes lies
in demo/work/ and is made anew every time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import tomllib
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DEMO = Path(__file__).resolve().parent
ROOT = DEMO.parent
WORK = DEMO / "work"
POST = "2019/03/12/should-a-library-lend-tools/"
PORTS = (8765, 0)  # the usual one, so that the addresses stay the same from run to run; else any that is free
# A web server tells when a file was last changed; these are the times that the blog's first version and its edit claim.
WRITTEN, EDITED = 1552384800, 1552939920
INGEST = Path(sys.executable).parent / "ingest"


class Quiet(SimpleHTTPRequestHandler):
    """Serves the blog without a log line for each request."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder over HTTP on loopback; the address, without a slash at the end."""
    server = _listen(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _listen(folder: Path) -> ThreadingHTTPServer:
    for port in PORTS:
        try:
            return ThreadingHTTPServer(("127.0.0.1", port), partial(Quiet, directory=str(folder)))
        except OSError:
            continue
    raise SystemExit("No port on 127.0.0.1 can be listened on.")


def write_blog(folder: Path, blog: str) -> None:
    """Put the sample blog into `folder`, with `blog` as its own address."""
    for source in sorted((DEMO / "blog").rglob("*.*")):
        target = folder / source.relative_to(DEMO / "blog")
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, _addressed(source.read_text(encoding="utf-8"), blog), WRITTEN)


def edit_post(folder: Path, blog: str) -> list[str]:
    """Do to the roundup what edits.toml says; what was done, in words."""
    page = folder / POST / "index.html"
    text = page.read_text(encoding="utf-8")
    edits = tomllib.loads((DEMO / "edits.toml").read_text(encoding="utf-8"))["edit"]
    for edit in edits:
        old, new = _addressed(edit["old"], blog), _addressed(edit["new"], blog)
        if text.count(old) != 1:
            raise SystemExit(f"edits.toml: {edit['what']}: `old` does not stand in the page exactly once")
        text = text.replace(old, new)
    _write(page, text, EDITED)
    return [edit["what"] for edit in edits]


def _addressed(text: str, blog: str) -> str:
    return text.replace("@POST@", f"{blog}/{POST}").replace("@BLOG@", blog)


def _write(path: Path, text: str, when: int) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (when, when))


def say(text: str) -> None:
    """A line of the story, set apart from what the commands print."""
    print(f"\n== {text}", flush=True)


def ingest(*words: str) -> None:
    """Run one command as a user would, and stop the demo where it fails."""
    args = [*words, "--config", "demo/config.toml"]
    print(f"$ ingest {' '.join(args)}", flush=True)
    env = {key: value for key, value in os.environ.items() if not key.startswith("INGEST_")}
    done = subprocess.run([str(INGEST), *args], cwd=ROOT, env=env, check=False)
    if done.returncode:
        raise SystemExit(f"demo: this command ended with exit code {done.returncode}")


def main() -> None:
    """Tell the story."""
    shutil.rmtree(WORK, ignore_errors=True)
    with served(WORK / "blog") as blog:
        write_blog(WORK / "blog", blog)
        post, allow = f"{blog}/{POST}", ("--allow-host", blog.removeprefix("http://"))
        say(f"A blog is up at {blog}/ for as long as this takes. What the parser reads on its roundup, and what it drops:")
        ingest("parse", post, *allow)
        say("Into the archive:")
        ingest("url", post, *allow)
        say("Once more. Nothing has changed, so nothing is added but the visit:")
        ingest("url", post, *allow)
        say("Now the blogger edits the post: " + "; ".join(edit_post(WORK / "blog", blog)) + ".")
        ingest("url", post, *allow)
        say("How the roundup changed, from the archive alone:")
        ingest("history", post)
        say("The archive agrees with itself:")
        ingest("verify", "--deep")
    say(f"The archive is {(WORK / 'archive.db').relative_to(ROOT)}. Look at it in a browser:")
    print("  .venv/bin/ingest browse --config demo/config.toml")


if __name__ == "__main__":
    main()
