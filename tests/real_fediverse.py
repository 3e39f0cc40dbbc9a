"""A real server of the fediverse on loopback: Madblog, from PyPI, with followers who sign.

Madblog (AGPL) is a blog that speaks ActivityPub and the reading part of Mastodon's interface. It
believes to be https://social.acme.example behind a proxy; all that it asks of others goes to a
server of fans here, which has their public keys. What fans do, they send to its inbox.
"""

import base64
import hashlib
import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx

from tests.real_served import packages, served, until

PACKAGE = "madblog==1.3.11"
HOME = "https://social.acme.example"
ACTOR = f"{HOME}/ap/actor"
LINK = "https://mastodon.social/@acme@social.acme.example"
FANS = "http://fans.example/users"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
AS_OF = date(2026, 11, 1)
DAYS = [AS_OF - timedelta(days=3 + 9 * each) for each in range(60)]
FOLLOWERS = 12
LIKES = {0: 5, 1: 3, 2: 1}
SHARES = {0: 2}
REPLIES = {0: 2, 3: 1}
"""How many fans like, share and answer the newest posts, by the place of the post."""
VIDEOS = "https://www.youtube.com/@acme-logistics"
Json = Mapping[str, object]


@contextmanager
def running(port: int) -> Iterator[Json]:
    """Install, start and seed the server; what is known of it. Nothing of it stays."""
    with tempfile.TemporaryDirectory(prefix="fediverse-") as name, _fans(Path(name)) as fans:
        folder = Path(name)
        packages(folder, PACKAGE)
        _write(folder)
        url = f"http://127.0.0.1:{port}"
        with _started(folder, port, fans):
            until(lambda: _published(url) > len(DAYS), folder / "log")
            for activity in _activities():
                _send(folder, url, activity)
            yield _truth(url)


def _write(folder: Path) -> None:
    """The configuration and the posts, in the form that Madblog documents (JSON is YAML)."""
    settings = {
        "title": "Acme Logistics",
        "description": "Robots that ship boxes.",
        "author": "Acme Logistics",
        "link": HOME,
        "enable_webmentions": False,
        "enable_guestbook": False,
        "enable_latex": False,
        "enable_mermaid": False,
        "enable_activitypub": True,
        "activitypub_username": "acme",
        "activitypub_domain": HOME.removeprefix("https://"),
        "activitypub_profile_fields": {"Videos": VIDEOS},
    }
    (folder / "config.yaml").write_text(json.dumps(settings), "utf-8")
    (folder / "markdown").mkdir()
    for place, day in enumerate(DAYS):
        head = f"[//]: # (title: News {place})\n[//]: # (published: {day}T09:30:00+00:00)\n"
        text = f"{head}\nWe ship box number {place}.\n"
        (folder / "markdown" / f"news-{place}.md").write_text(text, "utf-8")


@contextmanager
def _started(folder: Path, port: int, proxy: str) -> Iterator[None]:
    proxies = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
    command: list[str | Path] = [folder / "venv" / "bin" / "madblog"]
    command += ["--host", "127.0.0.1", "--port", str(port), folder]
    with served(command, folder / "log", dict.fromkeys(proxies, proxy)):
        yield


@contextmanager
def _fans(folder: Path) -> Iterator[str]:
    """The fans' server: who they are, with the public half of one key; it takes all they are sent."""
    key = folder / "key.pem"
    _openssl("genrsa", "-out", key, "2048")
    public = _openssl("pkey", "-in", key, "-pubout").decode()

    class Fan(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path.startswith(f"{FANS}/")
            body = json.dumps(_fan(self.path, public)).encode() if known else b""
            self.answer(200 if known else 404, body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.answer(202, b"")

        def answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/activity+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Fan)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _openssl(*words: str | Path, of: str = "") -> bytes:
    command = ["openssl", *(str(word) for word in words)]
    return subprocess.run(command, input=of.encode(), capture_output=True, check=True).stdout


def _fan(actor: str, public: str) -> Json:
    name = actor.rpartition("/")[2]
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": actor,
        "type": "Person",
        "preferredUsername": name,
        "name": name.title(),
        "summary": "I like robots.",
        "inbox": f"{actor}/inbox",
        "publicKey": {"id": f"{actor}#main-key", "owner": actor, "publicKeyPem": public},
    }


def _activities() -> Iterator[Json]:
    """What the fans do: follow, like, share and answer."""
    for each in range(1, FOLLOWERS + 1):
        yield _activity(each, "Follow", ACTOR)
    for place, many in LIKES.items():
        for each in range(1, many + 1):
            yield _activity(each, "Like", _post(place))
    for place, many in SHARES.items():
        for each in range(1, many + 1):
            yield _activity(each, "Announce", _post(place))
    for place, many in REPLIES.items():
        for each in range(1, many + 1):
            note = {
                "id": f"{FANS}/fan{each}/notes/{place}",
                "type": "Note",
                "attributedTo": f"{FANS}/fan{each}",
                "inReplyTo": _post(place),
                "content": "<p>Great news!</p>",
                "to": [PUBLIC],
            }
            yield _activity(each, "Create", note)


def _activity(fan: int, kind: str, what: str | Json) -> Json:
    about = what if isinstance(what, str) else str(what["id"])
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{FANS}/fan{fan}#{kind}-{hashlib.sha256(about.encode()).hexdigest()[:12]}",
        "type": kind,
        "actor": f"{FANS}/fan{fan}",
        "object": what,
        "to": [PUBLIC],
    }


def _post(place: int) -> str:
    return f"{HOME}/article/news-{place}"


def _send(folder: Path, url: str, activity: Json) -> None:
    """Bring an activity to the inbox, signed as servers do (draft-cavage-http-signatures-12)."""
    body = json.dumps(activity).encode()
    digest = "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()
    signed = {"host": HOME.removeprefix("https://"), "date": formatdate(usegmt=True)}
    signed["digest"] = digest
    lines = ["(request-target): post /ap/inbox", *(f"{key}: {signed[key]}" for key in signed)]
    said = _openssl("dgst", "-sha256", "-sign", folder / "key.pem", of="\n".join(lines))
    signature = (
        f'keyId="{activity["actor"]}#main-key",algorithm="rsa-sha256",'
        f'headers="(request-target) host date digest",'
        f'signature="{base64.b64encode(said).decode()}"'
    )
    headers = {**signed, "signature": signature, "content-type": "application/activity+json"}
    answer = httpx.post(f"{url}/ap/inbox", content=body, headers=headers, trust_env=False)
    if answer.status_code != 202:
        raise SystemExit(f"fediverse: the inbox answered {answer.status_code}: {answer.text[:400]}")


def _published(url: str) -> int:
    """How many posts the server says that it has published."""
    with suppress(httpx.TransportError):
        said = httpx.get(f"{url}/nodeinfo/2.1", trust_env=False).json()
        return int(said["usage"]["localPosts"])
    return 0


def _truth(url: str) -> Json:
    """What the audit has to find; the server counts a change of the profile as a post."""
    dates = [str(day) for day in DAYS]
    return {
        "url": url,
        "as_of": str(AS_OF),
        "followers": FOLLOWERS,
        "posts": len(dates),
        "figures": {"posts": len(dates) + 1, "following": 0},
        "dates": dates,
        "likes": sum(LIKES.values()),
        "reposts": sum(SHARES.values()),
        "replies": sum(REPLIES.values()),
        "bio_links": [f"{HOME}/", VIDEOS],
    }
