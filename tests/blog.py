"""A blog on loopback whose pages a test writes, and that remembers who asked for what and when."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

POST = """<!doctype html><html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>We put one question to people who know the matter. {text}</p>
<p>They answered at length, and none of them hid that much is still open in these days of change.</p></article></body></html>"""


@dataclass(slots=True)
class Hit:
    """One request."""

    path: str
    began: float
    headers: dict[str, str]
    status: int = 0
    ended: float = 0.0


@dataclass
class Blog:
    """`with Blog() as blog:`; `blog.pages[path]` is (status, headers, body)."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    delay: float = 0.0  #: seconds before each answer

    def __enter__(self) -> Self:
        blog = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                hit = Hit(self.path, time.time(), {key.lower(): value for key, value in self.headers.items()})
                blog.hits.append(hit)
                time.sleep(blog.delay)
                status, headers, body = blog.answer(hit)
                hit.status = status
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                hit.ended = time.time()  # before the last bytes go: after, this thread may have been left waiting
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def name(self) -> str:
        """As `--allow-host` wants it."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """Without a slash at the end."""
        return f"http://{self.name}"

    def answer(self, hit: Hit) -> tuple[int, dict[str, str], bytes]:
        """What a request gets; an ETag that is asked for with If-None-Match gets 304."""
        status, headers, body = self.pages.get(hit.path, (404, {"Content-Type": "text/html"}, b"<title>No</title>"))
        if headers.get("ETag") and hit.headers.get("if-none-match") == headers["ETag"]:
            return 304, {"ETag": headers["ETag"]}, b""
        return status, headers, body

    def post(self, path: str, text: str = "", **headers: str) -> None:
        """Put a page up, or another text into it."""
        body = POST.format(title=f"Post {path.strip('/')}", text=text)
        self.pages[path] = (200, {"Content-Type": "text/html; charset=utf-8", **headers}, body.encode())

    def feed(self, path: str, *links: str, etag: str = "", date: str = "") -> None:
        """Put a feed up that lists some pages."""
        when = f"<pubDate>{date}</pubDate>" if date else ""
        items = "".join(f"<item><title>x</title><link>{self.url}{link}</link>{when}</item>" for link in links)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>f</title>{items}</channel></rss>'
        self.pages[path] = (200, {"Content-Type": "application/rss+xml", **({"ETag": etag} if etag else {})}, body.encode())

    def json(self, path: str, body: str, **headers: str) -> None:
        """Put a JSON answer up."""
        self.pages[path] = (200, {"Content-Type": "application/json", **headers}, body.encode())

    def asked(self, prefix: str = "/") -> list[str]:
        """The paths that were asked for, without robots.txt, in order."""
        return [hit.path for hit in self.hits if hit.path.startswith(prefix) and hit.path != "/robots.txt"]
