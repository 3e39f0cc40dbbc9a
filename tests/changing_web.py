"""A small invented web that changes over four quarters, served on loopback.

Each company is a function of the quarter. What changes is planted there and said in a comment; the
test holds it against what the program tells (tests/audit/changes/test_four_quarters.py).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from html import escape
from pathlib import Path

from ruamel.yaml import YAML

from audit.demo.networks.fediverse import bluesky, mastodon
from audit.demo.networks.replies import Replying
from audit.demo.platforms import ORIGINS
from audit.demo.profiles import DemoAccount, DemoPost, InventedProfile
from audit.demo.serve import Server, _served
from audit.demo.show import sealed
from audit.demo.web import Reply

QUARTERS = (date(2025, 2, 16), date(2025, 5, 18), date(2025, 8, 17), date(2025, 11, 16))
"""The days of the four runs: 91 days lie between two."""

BLUESKY, MASTODON = "https://public.api.bsky.app", "https://mastodon.social"
_CLOSED = Reply(status=200, content_type="text/plain", body=b"User-agent: *\nDisallow: /\n")

_HTML = "text/html; charset=utf-8"
_KEEP_OUT = Reply(status=403, content_type=_HTML, body=b"<h1>Forbidden</h1>")
_OPEN = Reply(status=200, content_type="text/plain", body=b"User-agent: *\nAllow: /\n")
_TITLES = (
    "How to oil a hinge",
    "Spring fair in the old harbour",
    "Our new workshop opens",
    "Which wood for which table",
    "Meet the people behind the bench",
    "A guide to sanding",
)
_INTERCOM = '<script src="https://widget.intercom.io/widget/k2m4x9"></script>'
_JIVO = '<script src="https://code.jivosite.com/widget/k2m4x9"></script>'

Site = Callable[[int, str], dict[str, Reply]]
"""The pages of a company in a quarter (0 to 3), by path; told the address of its server."""


def _days(quarter: int, every: int = 14, until: date | None = None) -> list[date]:
    """Days of posts: every so many days back from two days before a run, for 400 days."""
    last = (until or QUARTERS[quarter]) - timedelta(days=2)
    start = QUARTERS[quarter] - timedelta(days=400)
    first = QUARTERS[0] - timedelta(days=2 + 14 * 200)
    days = (first + timedelta(days=every * number) for number in range(10_000))
    return [day for day in days if start <= day <= last][::-1]


def _page(
    title: str, body: str, *, head: str = "", links: str = "", layout: str = "plain"
) -> Reply:
    """A page in one of two layouts that have nothing in common but what they say."""
    if layout == "plain":
        text = (
            f'<html lang="en"><head><title>{escape(title)}</title>{head}</head><body>'
            f"<header><nav>{links}</nav></header><main><h1>{escape(title)}</h1>{body}</main></body></html>"
        )
    else:
        text = (
            f'<html lang="en"><head>{head}<title>{escape(title)} | shop</title></head><body class="x">'
            f'<div id="top"><ul class="menu"><li>{links}</li></ul></div>'
            f'<div class="wrap"><div class="row"><h1 class="big">{escape(title)}</h1>{body}</div></div></body></html>'
        )
    return Reply(status=200, content_type=_HTML, body=f"<!doctype html>{text}".encode())


def _entries(days: Sequence[date], layout: str) -> str:
    """The list of a blog, as the layout has it."""
    rows = []
    for day in days:
        title = _title(day)
        path = f"/blog/{day}/"
        time = f'<time datetime="{day}T09:00:00Z">{day}</time>'
        if layout == "plain":
            rows.append(f'<article><h2><a href="{path}">{title}</a></h2>{time}</article>')
        else:
            rows.append(f'<div class="teaser">{time}<h3><a href="{path}">{title}</a></h3></div>')
    return "".join(rows)


def _title(day: date) -> str:
    """The heading of a post; six take turns, so that no subject comes or goes."""
    number = day.toordinal() // 5
    return f"{_TITLES[number % len(_TITLES)]} ({number})"


def _blog(days: Sequence[date], *, layout: str = "plain", links: str = "") -> dict[str, Reply]:
    """A blog with the page of each post."""
    pages = {"/blog/": _page("Blog", _entries(days, layout), links=links, layout=layout)}
    for day in days:
        body = f'<p>By the bench.</p><time datetime="{day}T09:00:00Z">{day}</time><p>{"Wood. " * 40}</p>'
        pages[f"/blog/{day}/"] = _page(_title(day), body, links=links, layout=layout)
    return pages


def _site(
    name: str,
    days: Sequence[date] = (),
    *,
    parts: Mapping[str, tuple[str, str]] | None = None,
    head: str = "",
    links: str = "",
    layout: str = "plain",
) -> dict[str, Reply]:
    """A company's website: a start page, a blog where there are posts, further parts by path."""
    menu = '<a href="/">Home</a> <a href="/blog/">Blog</a> <a href="/contact/">Contact</a> '
    extra = parts or {}
    menu += " ".join(f'<a href="{path}">{title}</a>' for path, (title, _) in extra.items())
    menu += f" {links}"
    about = (
        f"<p>{name} makes things by hand since 1954 and sends them all over the country.</p>" * 3
    )
    pages = {
        "/": _page(name, about, head=head, links=menu, layout=layout),
        "/contact/": _page("Contact", about, head=head, links=menu, layout=layout),
    }
    if days:
        pages |= _blog(days, layout=layout, links=menu)
    for path, (title, body) in extra.items():
        pages[path] = _page(title, body, head=head, links=menu, layout=layout)
    return pages


_THREADS = "".join(
    f'<tr class="topic"><td><a class="topictitle" href="/forum/t{number}/">How do I mend part {number}?</a></td>'
    f"<td>{number + 3}</td><td>2025-01-1{number}</td></tr>"
    for number in range(1, 6)
)
_FORUM = f'<table class="topics"><tr><th>Topic</th><th>Replies</th><th>Last post</th></tr>{_THREADS}</table>'
_NEWSLETTER = (
    '<form action="/subscribe" method="post"><label>Subscribe to our newsletter '
    '<input type="email" name="email"></label><button>Subscribe</button></form>'
)


def steady(quarter: int, root: str) -> dict[str, Reply]:
    """Nothing changes but the posts, which come as ever."""
    del root
    links = '<a href="https://bsky.app/profile/aster.example">Bluesky</a>'
    return _site("Aster Kettles", _days(quarter), links=links)


def adding(quarter: int, root: str) -> dict[str, Reply]:
    """Q2: a forum is new. Q3: it is gone, and another account has its name. Q4: another chat."""
    del root
    links = '<a href="https://bsky.app/profile/birch.example">Bluesky</a>'
    parts = {"/newsletter/": ("Newsletter", _NEWSLETTER)}
    if quarter == 1:
        parts["/forum/"] = ("Forum", _FORUM)
    chat = _JIVO if quarter == 3 else _INTERCOM
    return _site("Birch Lamps", _days(quarter), parts=parts, head=chat, links=links)


def moving(quarter: int, root: str) -> dict[str, Reply]:
    """Q2: the Bluesky handle is another. Q3: Mastodon shuts us out. Q4: one more profile."""
    del root
    handle = "cedar.example" if quarter == 0 else "cedardesks.example"
    links = f'<a href="https://bsky.app/profile/{handle}">Bluesky</a> '
    links += '<a href="https://mastodon.social/@cedar">Mastodon</a> '
    if quarter == 3:
        links += '<a href="https://www.linkedin.com/company/cedar-desks">LinkedIn</a>'
    return _site("Cedar Desks", _days(quarter), links=links)


def blocking(quarter: int, root: str) -> dict[str, Reply]:
    """Q2: the site blocks us. Q3: it can be read again, and has a newsletter since."""
    del root
    if quarter == 1:
        return {"*": _KEEP_OUT}
    parts = {"/newsletter/": ("Newsletter", _NEWSLETTER)} if quarter > 1 else {}
    return _site("Dune Chairs", _days(quarter), parts=parts)


def silent(quarter: int, root: str) -> dict[str, Reply]:
    """Q2: the blog has fallen silent. Q4: it is back."""
    del root
    quiet = [day for day in _days(quarter) if not QUARTERS[0] < day <= QUARTERS[2]]
    return _site("Elm Tools", quiet)


def rebuilding(quarter: int, root: str) -> dict[str, Reply]:
    """Q2: another layout. Q3: another CMS. Q4: the list of the blog shows no posts any more."""
    del root
    cms = "WordPress 6.8" if quarter < 2 else "Hugo 0.140.2"
    head = f'<meta name="generator" content="{cms}">'
    layout = "plain" if quarter == 0 else "other"
    pages = _site("Fern Beds", _days(quarter), head=head, layout=layout)
    if quarter == 3:
        pages = {path: page for path, page in pages.items() if not path.startswith("/blog/2")}
        pages["/blog/"] = _page("Blog", '<div id="app" data-feed="/x.json"></div>', layout=layout)
    return pages


def busier(quarter: int, root: str) -> dict[str, Reply]:
    """Q2: posts come thrice as often. Q4: many more follow."""
    del root
    days = _days(quarter, until=QUARTERS[0]) if quarter else _days(quarter)
    if quarter:
        days = [day for day in _days(quarter, every=4) if day > QUARTERS[0]] + days
    links = '<a href="https://bsky.app/profile/gorse.example">Bluesky</a>'
    return _site("Gorse Rugs", days, links=links)


def passing(quarter: int, root: str) -> dict[str, Reply]:
    """On the list in Q3 alone."""
    del root
    return _site("Hazel Pots", _days(quarter), parts={"/forum/": ("Forum", _FORUM)})


SITES: Mapping[str, Site] = {
    "Aster Kettles": steady,
    "Birch Lamps": adding,
    "Cedar Desks": moving,
    "Dune Chairs": blocking,
    "Elm Tools": silent,
    "Fern Beds": rebuilding,
    "Gorse Rugs": busier,
    "Hazel Pots": passing,
}


def _profile(
    platform: str, handle: str, number: str, site: str, followers: int, quarter: int
) -> InventedProfile:
    """A profile that posts every ten days."""
    day = QUARTERS[quarter] - timedelta(days=3)
    posts = tuple(
        DemoPost(
            number=60 - count,
            title=_title(day - timedelta(days=10 * count)),
            at=datetime.combine(day - timedelta(days=10 * count), datetime.min.time(), UTC),
            likes=4,
            comments=1,
            shares=1,
            views=0,
        )
        for count in range(60)
    )
    account = DemoAccount(
        platform=platform, handle=handle, id=number, name=handle, since=date(2020, 1, 2)
    )
    return InventedProfile(
        account=account,
        about=f"By hand since 1954. {site}",
        shows="all",
        site=site,
        followers=followers,
        posts=posts,
    )


class ChangingWeb:
    """The websites and the two networks; `show` turns them to a quarter."""

    def __init__(self, sites: Mapping[str, Server], networks: Mapping[str, Server]) -> None:
        self._sites, self._networks = sites, networks

    def show(self, quarter: int) -> None:
        """Turn everything to a quarter, 0 to 3."""
        for name, server in self._sites.items():
            server.replying = _replying(SITES[name](quarter, server.root))
        roots = {name: f"{server.root}/" for name, server in self._sites.items()}
        cedar = "cedar.example" if quarter == 0 else "cedardesks.example"
        fans = 1300 if quarter == 3 else 1000
        on_bluesky = [
            _profile(
                "bluesky", "aster.example", "did:plc:aster", roots["Aster Kettles"], 410, quarter
            ),
            _profile("bluesky", cedar, "did:plc:cedar", roots["Cedar Desks"], 520, quarter),
            _profile(
                "bluesky", "gorse.example", "did:plc:gorse", roots["Gorse Rugs"], fans, quarter
            ),
        ]
        birch = ("did:plc:birch", roots["Birch Lamps"]) if quarter < 2 else ("did:plc:other", "")
        on_bluesky.append(_profile("bluesky", "birch.example", *birch, 75, quarter))
        on_mastodon = [_profile("mastodon", "cedar", "104", roots["Cedar Desks"], 300, quarter)]
        for server in self._networks.values():
            server.replying = lambda path, _query: _CLOSED if path == "/robots.txt" else None
        self._networks[BLUESKY].replying = _with_robots(bluesky(on_bluesky))
        shut = _with_robots(lambda _path, _query: _KEEP_OUT)
        there = _with_robots(mastodon(on_mastodon))
        self._networks[MASTODON].replying = shut if quarter == 2 else there

    def write_list(self, path: Path, quarter: int) -> None:
        """Write the list of companies of a quarter."""
        names = [name for name in SITES if name != "Hazel Pots" or quarter == 2]
        rows = [
            {
                "name": name,
                "website": f"{self._sites[name].root}/",
                **({"own": True} if name == "Aster Kettles" else {}),
                # The list of a blog tells all that is needed: so a quarter is read in a second.
                "exclude": [f"{self._sites[name].root}/blog/20"],
            }
            for name in names
        ]
        urls = {origin: server.root for origin, server in self._networks.items()}
        settings = {
            "delay_seconds": 0,
            "browser": "never",
            "max_pages_per_site": 120,
            "base_urls": urls,
        }
        with path.open("w", encoding="utf-8") as out:
            YAML().dump({"settings": settings, "companies": rows}, out)


def _replying(pages: Mapping[str, Reply]) -> Replying:
    """Reply from the pages of a site; a page by the name of * stands for all."""

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        del query
        if path == "/robots.txt":
            return _OPEN
        return pages.get("*") or pages.get(path)

    return reply


def _with_robots(replying: Replying) -> Replying:
    """Put an open robots.txt before the replies of a network."""
    return lambda path, query: _OPEN if path == "/robots.txt" else replying(path, query)


@contextmanager
def changing_web() -> Iterator[ChangingWeb]:
    """Serve the web until the context is left; nothing else is reached meanwhile, by any name."""
    with ExitStack() as stack:
        stack.enter_context(sealed())
        sites = {name: _served(stack) for name in SITES}
        networks = {origin: _served(stack) for origin in ORIGINS}
        yield ChangingWeb(sites, networks)
