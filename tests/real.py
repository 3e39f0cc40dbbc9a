"""`make test-real`: audit real software on loopback and compare with what is known of it.

A question board, a wiki and a server of the fediverse are started by the modules beside this one
(tests/real_askbot.py and so on), others by the scripts in ../shared/realsites, where these are
there. All install what is missing (Debian packages as root, PyPI, npm) and listen on this machine.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread

from ruamel.yaml import YAML

from tests import real_askbot, real_cluster, real_dokuwiki, real_fediverse, real_postgres, real_s3
from tests.hostile import page, serving

SITES = Path(__file__).resolve().parents[1].parent / "shared" / "realsites"
AUDIT = Path(sys.executable).parent / "audit"
FIRST_PORT = 8301
Json = Mapping[str, object]
OURS: Mapping[str, Callable[[int], AbstractContextManager[Json]]] = {
    "fediverse": real_fediverse.running,
    "askbot": real_askbot.running,
    "dokuwiki": real_dokuwiki.running,
}
"""Software that the tests themselves can start, by its name: on a port, with what is known of it."""

NAMES = ("mediawiki", "spirit_forum", "spa", "wordpress", "hugo", "bluesky", *OURS)


UNDER_IT: Mapping[str, tuple[str, Callable[[], int]]] = {
    "postgres": ("the history of a team on a real PostgreSQL", real_postgres.failures),
    "s3": ("the shared pages of a team on a real S3-compatible server", real_s3.failures),
    "cluster": ("audits on real clusters of processes", real_cluster.failures),
}
"""Software that is not audited, but that an audit can run on: what is tested, and how."""


def main() -> int:
    """Start, seed, audit, compare; 1 if anything differs."""
    chosen = [name for name in NAMES if not sys.argv[1:] or name in sys.argv[1:]]
    wrong = 0
    for name, (what, failures) in UNDER_IT.items():
        if not sys.argv[1:] or name in sys.argv[1:]:
            say(f"Testing {what} …")
            wrong += failures()
    if not SITES.exists():
        chosen = [name for name in chosen if name in OURS]
        say(f"There is no real software in {SITES}: testing {', '.join(chosen)} alone.")
    for name in chosen:
        with started(name) as truth, tempfile.TemporaryDirectory() as folder:
            found = audited(name, truth, Path(folder))
            for line, fits in compared(name, truth, found):
                say(f"{'ok   ' if fits else 'WRONG'} {name}: {line}")
                wrong += not fits
    say("Everything was found." if not wrong else f"{wrong} things differ.")
    return 1 if wrong else 0


@contextmanager
def started(name: str) -> Iterator[Json]:
    """Start one site on its own port, stop it in the end; give what is known of it."""
    port = FIRST_PORT + 10 * NAMES.index(name)
    say(f"Starting {name} …")
    with OURS[name](port) if name in OURS else running(name, port) as truth:
        yield truth


@contextmanager
def running(name: str, port: int) -> Iterator[Json]:
    """One site, started, seeded, and stopped again; its truth."""

    def script(word: str) -> str:
        command: list[str | Path] = [sys.executable, SITES / f"{name}.py", word, str(port)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{name} {word}: {done.stderr.strip()[-400:] or done.stdout[-400:]}")
        return done.stdout

    script("start")
    try:
        script("seed")
        said = script("truth")
        yield json.loads(said[said.index("{") :])
    finally:
        script("stop")


def audited(name: str, truth: Json, folder: Path, formats: str = "json") -> Json:
    """The site as the audit sees it; spa is served under its real name, with its own authority.

    Of Bluesky and the fediverse, a site of one page links the profile, and the server's base URL is
    configured.
    """
    if name in PROFILES:
        origin, link = PROFILES[name](truth)
        home = page(f'<title>Acme Logistics</title><footer><a href="{link}">Us</a></footer>')
        with serving({"/": home}) as site:
            base = {origin: str(truth["url"]), "https://www.wikidata.org": site.url}
            settings = {"profiles": True, "base_urls": base}
            return _audited("Acme Logistics", f"{site.url}/", truth, folder, settings, formats)
    return _audited(name.replace("_", " ").title(), str(truth["url"]), truth, folder, {}, formats)


def _audited(
    name: str, website: str, truth: Json, folder: Path, settings: Json, formats: str
) -> Json:
    """Run the command as a user would; profiles on real networks are never opened."""
    file, out = folder / "competitors.yaml", folder / "results.json"
    given = {"delay_seconds": 0.05, "max_pages_per_site": 60, "profiles": False, **settings}
    content = {"settings": given, "companies": [{"name": name, "website": website}]}
    with file.open("w", encoding="utf-8") as stream:
        YAML().dump(content, stream)
    command: list[str | Path] = [
        AUDIT,
        "run",
        file,
        "--format",
        formats,
        "--output",
        out,
        "--quiet",
    ]
    command += ["--as-of", str(truth["as_of"]), "--allow-private-hosts"]
    clean = {key: value for key, value in os.environ.items() if "PROXY" not in key.upper()}
    clean |= {"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1,localhost"}
    with names_on_loopback(truth) as environment:
        done = subprocess.run(command, env=clean | environment, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"the audit of {name} ended with status {done.returncode}")
    results: Json = json.loads(out.read_text("utf-8"))
    return results


def compared(name: str, truth: Json, results: Json) -> Iterator[tuple[str, bool]]:
    """Each thing that is known of the site, and whether it was found."""
    company = results["companies"][0]  # type: ignore[index]
    if name in PROFILES:
        yield from _profile("mastodon" if name == "fediverse" else name, truth, company)
        return
    known = [each for each in company["features"] if each["state"] == "known"]
    yield from _channels(truth, company)
    yield from _dates(name, truth, company)
    yield from _cadence(SECTIONS.get(name, ("blog", "news")), truth, company)
    yield from _features(name, truth, known)


def _profile(platform: str, truth: Json, company: Json) -> Iterator[tuple[str, bool]]:
    """Followers, posts with their days, and what readers did with them."""
    (channel,) = [each for each in company["channels"] if each["platform"] == platform]  # type: ignore[attr-defined]
    posts = [each for each in company["posts"] if each["channel"] == platform]  # type: ignore[attr-defined]
    followers = channel["followers"].get("value")
    yield f"followers {truth['followers']} (found {followers})", followers == truth["followers"]
    for count, wanted in truth.get("figures", {}).items():  # type: ignore[attr-defined]
        got = channel["figures"].get(count, {}).get("value")
        yield f"{count}, as the server counts: {wanted} (found {got})", got == wanted
    days = Counter(each["published_at"][:10] for each in posts)
    yield from _cadence((platform,), truth, company)
    yield f"{truth['posts']} posts and their days", days == Counter(truth["dates"])  # type: ignore[call-overload]
    for reaction, word in (("likes", "likes"), ("shares", "reposts"), ("comments", "replies")):
        total = sum(each["interactions"].get(reaction, 0) for each in posts)
        yield f"{word} {truth[word]} (found {total})", total == truth[word]
    links = sorted(truth["bio_links"])  # type: ignore[call-overload]
    found = {each["platform"] for each in company["channels"]}  # type: ignore[attr-defined]
    yield f"a profile named by this one ({links[1]})", "youtube" in found


def _channels(truth: Json, company: Json) -> Iterator[tuple[str, bool]]:
    found = {each["platform"] for each in company["channels"] if not each["candidate"]}  # type: ignore[attr-defined]
    wanted = set(truth["channels"])  # type: ignore[call-overload]
    yield f"channels {', '.join(sorted(wanted))}", found == wanted


def _dates(name: str, truth: Json, company: Json) -> Iterator[tuple[str, bool]]:
    """The days of all posts, threads or new pages."""
    kinds = SECTIONS.get(name, ("blog", "news"))
    days = Counter(
        each["published_at"][:10]
        for each in company["posts"]  # type: ignore[attr-defined]
        if each["channel"] in kinds and each["published_at"]
    )
    wanted = Counter(truth["dates"])  # type: ignore[call-overload]
    yield f"{sum(wanted.values())} dates in {'/'.join(kinds)}", days == wanted


def _cadence(kinds: tuple[str, ...], truth: Json, company: Json) -> Iterator[tuple[str, bool]]:
    """The posts of the last 90 and 365 days, the longest silence, and that nothing is missing."""
    if "posts_last_365_days" not in truth:
        return
    (row,) = [each for each in company["cadence"] if each["channel"] in kinds]  # type: ignore[attr-defined]
    wanted, posts = truth["posts_last_365_days"], row["posts"]
    whole = posts.get("value") == wanted and not row["truncated"] and row["read"] != "cut off"
    yield f"{wanted} posts in 365 days, all of them (found {posts})", whole
    since = date.fromisoformat(str(truth["as_of"])) - timedelta(days=90)
    days = [each["published_at"] for each in company["posts"] if each["channel"] in kinds]  # type: ignore[attr-defined]
    late = sum(day is not None and date.fromisoformat(day[:10]) > since for day in days)
    wanted = truth["posts_last_90_days"]
    yield f"{wanted} posts in 90 days (found {late})", late == wanted
    gap = row["longest_gap_days"].get("value")
    yield (
        f"a silence of {truth['longest_gap_days']} days (found {gap})",
        gap == truth["longest_gap_days"],
    )


def _features(name: str, truth: Json, known: list[Json]) -> Iterator[tuple[str, bool]]:
    """Software, vendors and counts."""
    for feature, vendor, figures in WANTED[name](truth):
        rows = [each for each in known if each["feature"] == feature]
        mine = [each for each in rows if not vendor or each["vendor"] == vendor]
        yield f"{feature} {vendor}".strip(), bool(mine)
        said = {each["kind"]: each["value"] for row in rows for each in row["activity"]}  # type: ignore[attr-defined]
        for kind, value in figures.items():
            got = str(said.get(kind))[:10] if "last" in kind else said.get(kind)
            yield f"{feature}: {kind} {value} (found {got})", got == value


def _wiki(truth: Json) -> list[tuple[str, str, Json]]:
    figures = {
        "pages": truth["content_pages"],
        "edits": truth["revisions"],
        "active editors": len(truth["editors"]),  # type: ignore[arg-type]
        "last change": truth["dates"][-1],  # type: ignore[index]
    }
    return [("wiki", "MediaWiki", figures)]


def _forum(truth: Json) -> list[tuple[str, str, Json]]:
    figures = {
        "threads": truth["topics"],
        "posts": truth["comments"],
        "replies": truth["replies"],
        "last post": truth["dates"][-1],  # type: ignore[index]
    }
    return [("forum", "Spirit", figures)]


def _spa(truth: Json) -> list[tuple[str, str, Json]]:
    return [("comments", "Isso", {"comments": truth["comments"]})]


def _wordpress(truth: Json) -> list[tuple[str, str, Json]]:
    return [
        ("blog-engine", "WordPress", {}),
        ("comments", "WordPress comments", {"comments": truth["comments"]}),
        *((str(feature), "", {}) for feature in truth["features"]),  # type: ignore[attr-defined]
    ]


def _hugo(truth: Json) -> list[tuple[str, str, Json]]:
    vendors = {"share": ("share-buttons", "AddToAny"), "podcast": ("podcast", "Spotify player")}
    found: list[tuple[str, str, Json]] = [
        ("knowledge-base", "", {"articles": truth["doc_pages"]}),
        ("rss", "", {}),
    ]
    for widget in truth["widgets"]:  # type: ignore[attr-defined]
        feature, _, vendor = widget.partition(":")
        found.append((*vendors.get(feature, (feature, vendor.capitalize())), {}))
    return found


def _askbot(truth: Json) -> list[tuple[str, str, Json]]:
    figures = {key: truth[key] for key in ("threads", "replies")}
    return [("forum", "Askbot", figures | {"last post": truth["last"]}), ("rss", "", {})]


def _dokuwiki(truth: Json) -> list[tuple[str, str, Json]]:
    return [("wiki", "DokuWiki", {"last change": truth["last"]})]


PROFILES: Mapping[str, Callable[[Json], tuple[str, str]]] = {
    "bluesky": lambda truth: (
        "https://public.api.bsky.app",
        f"https://bsky.app/profile/{truth['handle']}",
    ),
    "fediverse": lambda _: (real_fediverse.HOME, real_fediverse.LINK),
}
"""Software whose one profile is read: the server that is asked, and the link on the site."""

WANTED = {
    "mediawiki": _wiki,
    "spirit_forum": _forum,
    "spa": _spa,
    "wordpress": _wordpress,
    "hugo": _hugo,
    "askbot": _askbot,
    "dokuwiki": _dokuwiki,
}

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "mediawiki": ("wiki",),
    "dokuwiki": ("wiki",),
    "spirit_forum": ("forum",),
    "askbot": ("forum",),
}
"""Where the dated entries of a software stand, if not in a blog or news."""


@contextmanager
def names_on_loopback(truth: Json) -> Iterator[dict[str, str]]:
    """A proxy through which the names of the site lead to this machine; others lead nowhere."""
    if "connect_to" not in truth:
        yield {}
        return
    port = int(str(truth["connect_to"]).rpartition(":")[2])
    ready, ports = Event(), list[int]()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        server = await asyncio.start_server(lambda r, w: _connect(r, w, port), "127.0.0.1", 0)
        ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        await server.serve_forever()

    task = loop.create_task(serve())
    thread = Thread(target=_run, args=(loop, task), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        address = f"http://127.0.0.1:{ports[0]}"
        yield {"HTTPS_PROXY": address, "SSL_CERT_FILE": str(truth["ca_file"])}
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(5)


def _run(loop: asyncio.AbstractEventLoop, task: "asyncio.Task[None]") -> None:
    try:
        loop.run_until_complete(task)
    except asyncio.CancelledError:
        return


async def _connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    """Join a client with the site, if it asks for a name of the site's."""
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.split(b" ")[1].split(b":")[0].endswith(b".test"):
        writer.write(b"HTTP/1.1 502 Elsewhere\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()
        return
    inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    await asyncio.gather(_pass(reader, inner_writer), _pass(inner_reader, writer))


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while chunk := await reader.read(65_536):
            writer.write(chunk)
            await writer.drain()
    except OSError:
        return
    finally:
        writer.close()


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
