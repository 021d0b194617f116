"""A real nginx on loopback whose answers are faults of HTTP: what a blog's own front end does on a bad day."""

from __future__ import annotations

import contextlib
import gzip
import os
from collections.abc import Iterator
from pathlib import Path

from .faultserver import PAGE
from .servers import free_port, program, running, scratch

_CONFIG = """
daemon off; worker_processes 1; pid {work}/pid; error_log {work}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; default_type text/html; gzip_static on; server_tokens off;
  client_body_temp_path {work}/body; proxy_temp_path {work}/proxy; fastcgi_temp_path {work}/fastcgi;
  uwsgi_temp_path {work}/uwsgi; scgi_temp_path {work}/scgi;
  server {{
    listen 127.0.0.1:{port}; root {work}/www;
    location = /robots.txt {{ return 404; }}
    location = /wait-seconds {{ add_header Retry-After 3600 always; return 429; }}
    location = /wait-until {{ add_header Retry-After "Fri, 31 Dec 2060 23:59:59 GMT" always; return 429; }}
    location = /down-seconds {{ add_header Retry-After 3600 always; return 503; }}
    location = /down-until {{ add_header Retry-After "Fri, 31 Dec 2060 23:59:59 GMT" always; return 503; }}
    location = /hangs-up {{ return 444; }}
    location = /loop {{ return 302 /loop-2; }}
    location = /loop-2 {{ return 302 /loop; }}
    location = /drip.html {{ limit_rate 100; }}
    location = /etag.html {{ add_header Last-Modified ""; }}
    location = /date.html {{ etag off; }}
  }}
}}
"""


@contextlib.contextmanager
def nginx() -> Iterator[str]:
    """A running nginx; its host and port. Without nginx the test is skipped, or fails in CI."""
    binary = program("nginx")
    with scratch() as work:
        www = Path(work) / "www"
        www.mkdir()
        for name in ("drip", "etag", "date"):
            (www / f"{name}.html").write_bytes(PAGE)
        (www / "gzip.html.gz").write_bytes(gzip.compress(PAGE))
        (www / "gzip.html").write_bytes(PAGE)
        for path in (Path(work), www, *www.iterdir()):  # its workers are another user
            path.chmod(0o755)
        for file in www.iterdir():
            os.utime(file, (1_600_000_000, 1_600_000_000))
        port = free_port()
        config = Path(work) / "nginx.conf"
        config.write_text(_CONFIG.format(work=work, port=port))
        with running([binary, "-c", str(config), "-p", work, "-e", f"{work}/error.log"], f"http://127.0.0.1:{port}/robots.txt"):
            yield f"127.0.0.1:{port}"
