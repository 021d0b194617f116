"""Real servers on loopback for the tests: WordPress, Isso, and the programs that others start.

Each is started in a process group of its own, waited for with a bound, and stopped by that group. What is not
installed skips the test with the reason, except where CI is set: there a missing server is a failure.
`make servers` (as root on Debian) installs them all.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

HERE = Path(__file__).parent
CACHE = HERE.parent / ".cache" / "servers"
PACKAGES = CACHE / "packages"
ROUNDUP = HERE / "wordpress" / "roundup.json"
CLASSIC, BLOCK = "twentytwentyone", "twentytwentythree"
READY_WITHIN = 30.0  # seconds; a loaded machine is slow, a dead process is noticed at once


def missing(what: str) -> None:
    """Skip the running test since `what` is not there; fail it in CI."""
    reason = f"{what} is not installed (as root on Debian: make servers)"
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def program(*names: str) -> str:
    """The path of the first of `names` that is installed, /usr/sbin included; else the test is skipped."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    found = next((where for name in names if (where := shutil.which(name, path=path))), None)
    if found is None:
        missing(names[0])
    return str(found)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextlib.contextmanager
def running(command: Sequence[str], ready: str, *, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Iterator[None]:
    """Run a server until the end of the block. `ready` is a URL that any HTTP answer comes from once it is up."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, env={**os.environ, **(env or {})}, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
        try:
            if not answers(ready, process):
                log.seek(0)
                said = log.read()[-2000:].decode(errors="replace")
                raise RuntimeError(f"{command[0]} (ended with {process.poll()}) does not answer at {ready}\n{said}")
            yield
        finally:
            stop(process)


def answers(url: str, process: subprocess.Popen[bytes], within: float = READY_WITHIN) -> bool:
    """Wait until the server at `url` answers, whatever it answers. False where it ends or says nothing."""
    until = time.monotonic() + within
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: workers keep a port open when only their parent goes."""
    for sign, patience in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
            break
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder in memory where there is one: SQLite on a slow disk takes ten times as long to fill."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(prefix="roundup-", dir=memory if os.access(memory, os.W_OK) else None)


@dataclass(frozen=True, slots=True)
class WordPress:
    """A running WordPress, and what an editor can do to it."""

    url: str  #: "http://127.0.0.1:PORT", without a slash at the end
    post: int  #: the roundup's id
    roundup: str  #: its address
    comments: Mapping[int, int]  #: the comment's number in roundup.json → its id
    env: Mapping[str, str]
    www: Path = field(repr=False)

    @property
    def host(self) -> str:
        """As `--allow-host` wants it."""
        return self.url.removeprefix("http://")

    def do(self, action: str, **data: Any) -> Any:
        """One action of edit.php; its result. Field names are WordPress's own."""
        return _php(self.env, HERE / "wordpress" / "edit.php", str(self.www), action, json.dumps(data))

    def replace(self, old: str, new: str) -> None:
        """Edit the roundup: `old`, which stands in it once, becomes `new`."""
        self.do("replace", ID=self.post, old=old, new=new)

    def add_comment(self, text: str, author: str = "Newcomer", parent: int = 0, **more: Any) -> int:
        """A public comment on the roundup; `parent` is an id. Its id."""
        return int(self.do("comment", comment_post_ID=self.post, comment_content=text, comment_author=author, comment_parent=parent, **more))

    def edit_comment(self, comment: int, text: str) -> None:
        """Give a comment new words."""
        self.do("edit_comment", comment_ID=comment, comment_content=text)

    def trash_comment(self, comment: int) -> None:
        """Take a comment from the page; `restore_comment` brings it back."""
        self.do("trash_comment", ID=comment)

    def restore_comment(self, comment: int) -> None:
        """Bring a trashed comment back."""
        self.do("restore_comment", ID=comment)

    def delete_comment(self, comment: int) -> None:
        """Delete a comment for good."""
        self.do("delete_comment", ID=comment)

    def options(self, **options: Any) -> None:
        """Set options: default_comments_page="oldest", comment_order="desc", page_comments=0, test_rest_off=1, ..."""
        self.do("options", **options)


def told() -> dict[str, Any]:
    """What roundup.json says: title, lede, experts, comments, pings, held."""
    return dict(json.loads(ROUNDUP.read_text(encoding="utf-8")))


def _php(env: Mapping[str, str], script: Path, *args: str) -> Any:
    command = [program("php"), "-d", "error_reporting=0", "-d", "sendmail_path=/bin/true", str(script), *args]
    done = subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode:
        raise RuntimeError(f"{script.name} {args[1:]}: {done.stderr or done.stdout}")
    return json.loads(done.stdout)


def _wordpress_tree() -> Path:
    """WordPress, unpacked once for all sites and all later runs."""
    packages = [*sorted(PACKAGES.glob("wordpress*_all.deb")), *sorted(PACKAGES.glob("wp-playground-cli-*.tgz"))]
    if len(packages) < 4:
        missing("WordPress")
    made_from = [*(HERE / "wordpress").glob("*.php"), HERE / "wordpress" / "build.sh", ROUNDUP, *packages]
    www = CACHE / f"www-{_digest(made_from)}"
    with FileLock(CACHE / "www.lock"):
        if not www.is_dir():
            for old in CACHE.glob("www-*"):
                shutil.rmtree(old)
            subprocess.run(["bash", str(HERE / "wordpress" / "build.sh"), str(PACKAGES), str(www)], check=True, timeout=120)
    return www


def _digest(files: Sequence[Path]) -> str:
    """Changes with the texts of our scripts and the names of the packages."""
    state = hashlib.sha256()
    for path in sorted(files):
        state.update(path.name.encode() + (b"" if path.parent == PACKAGES else path.read_bytes()))
    return state.hexdigest()[:12]


def _seeded(www: Path) -> Path:
    """A folder with the database of a freshly filled site, and what seed.php said about it."""
    folder = www / "seeded"
    with FileLock(CACHE / "www.lock"):
        if not (folder / "seed.json").is_file():
            shutil.rmtree(folder, ignore_errors=True)
            with scratch() as work:
                said = _php({"WP_URL": "http://127.0.0.1:80", "WP_DB": work}, HERE / "wordpress" / "seed.php", str(www), str(ROUNDUP))
                shutil.copytree(work, folder)
            (folder / "seed.json").write_text(json.dumps(said))
    return folder


@contextlib.contextmanager
def wordpress(theme: str = CLASSIC, **options: Any) -> Iterator[WordPress]:
    """A WordPress of its own, filled from roundup.json, ten top-level comments a page, the newest page first."""
    php = program("php")
    www = _wordpress_tree()
    seeded = _seeded(www)
    said = json.loads((seeded / "seed.json").read_text())
    with scratch() as work:
        shutil.copy(seeded / "wp.sqlite", work)
        url = f"http://127.0.0.1:{free_port()}"
        env = {"WP_URL": url, "WP_DB": work, "PHP_CLI_SERVER_WORKERS": "4"}
        story = told()
        day = story["at"][:10].replace("-", "/")
        ids = {n: key for n, key in enumerate(said["comments"]) if n}
        site = WordPress(url, said["post"], f"{url}/{day}/{story['slug']}/", ids, env, www)
        site.do("theme", name=theme)
        if options:
            site.options(**options)
        server = [php, "-d", "error_reporting=0", "-d", "sendmail_path=/bin/true", "-S", site.host, "-t", str(www)]
        with running([*server, str(HERE / "wordpress" / "router.php")], f"{url}/", env=env):
            yield site


@contextlib.contextmanager
def isso(pages: str) -> Iterator[str]:
    """An Isso that takes comments for the site at `pages`; its own address."""
    binary = CACHE / "isso" / "bin" / "isso"
    if not binary.is_file():
        missing("Isso")
    with scratch() as work:
        port = free_port()
        config = Path(work) / "isso.cfg"
        config.write_text(
            f"[general]\ndbpath = {work}/isso.db\nhost = {pages}\nmax-age = 15m\n"
            f"[server]\nlisten = http://127.0.0.1:{port}\n[guard]\nenabled = false\n[rss]\nbase = {pages}\n"
        )
        with running([str(binary), "-c", str(config), "run"], f"http://127.0.0.1:{port}/info"):
            yield f"http://127.0.0.1:{port}"


def post_to_isso(isso: str, page: str, author: str, text: str, parent: int | None = None) -> int:
    """A comment on the page with this path; its id. Isso nests one level deep, as its own form does."""
    body = json.dumps({"author": author, "text": text, "title": page, "parent": parent}).encode()
    asked = urllib.request.Request(f"{isso}/new?uri={page}", data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return int(json.load(answer)["id"])


@contextlib.contextmanager
def folder(path: Path) -> Iterator[str]:
    """The files of a folder over HTTP; the address, without a slash at the end."""
    port = free_port()
    with running([sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(path)], f"http://127.0.0.1:{port}/"):
        yield f"http://127.0.0.1:{port}"
