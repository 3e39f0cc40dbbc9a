"""Draw the invented companies' websites as they stand on a given day: address → reply."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from importlib.resources import files
from string import Template

from audit.demo.invented import Forum, Invented, Newsletter, Wiki
from audit.demo.posts import (
    BlogPost,
    feed,
    index_pages,
    logbook_pages,
    post_pages,
    posts_on,
)

FEED_TYPE = "application/rss+xml; charset=utf-8"
HTML_TYPE = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server replies to an address; `location` is where it sends the reader instead."""

    status: int
    content_type: str
    body: bytes
    location: str = ""


def website(company: Invented, root: str, day: date, today: date) -> dict[str, Reply]:
    """Draw every page of a company as it stood on `day`, at the latest `today`.

    Keys are paths such as `/blog/`; `root` is the address of the site without a slash at the end.
    """
    if company.status != 200:
        return {}
    bodies = {path: (page.title, page.body) for path, page in company.pages.items()}
    bodies |= _wiki(company.wiki) if company.wiki else {}
    bodies |= _forum(company.forum, day) if company.forum else {}
    posts = posts_on(company.posts, day, today) if company.posts else ()
    if company.posts:
        bodies |= index_pages(company.posts, posts) | post_pages(company.posts, posts)
    if company.logbook:
        bodies |= logbook_pages(company.logbook, posts_on(company.logbook, day, today))
    drawn = {
        path: Reply(
            status=200,
            content_type=HTML_TYPE,
            body=_draw(company, title, body, later=day == today).encode(),
        )
        for path, (title, body) in bodies.items()
    }
    script = _script(company, posts) if company.layout == "shell" else {}
    return drawn | script | _for_robots(company, root, tuple(drawn), posts)


def _script(company: Invented, posts: tuple[BlogPost, ...]) -> dict[str, Reply]:
    """Give what the pages of a shell are drawn from: a script, and the data that it asks for."""
    rows = [{"url": post.path, "title": post.title, "at": f"{post.at}"[:10]} for post in posts]
    data = json.dumps({"posts": rows, "channels": dict(company.channels)})
    script = (files("config") / "demo" / "layouts" / "shell.js").read_text("utf-8")
    return {
        "/assets/main.js": _ok("text/javascript; charset=utf-8", script),
        "/assets/site.json": _ok("application/json", data),
    }


def _for_robots(
    company: Invented, root: str, paths: tuple[str, ...], posts: tuple[BlogPost, ...]
) -> dict[str, Reply]:
    """Write the files that no person reads: robots.txt, sitemap, feed."""
    robots = company.robots.replace("{root}", root)
    replies = {"/robots.txt": _ok("text/plain; charset=utf-8", robots)}
    if "Sitemap:" in robots:
        entries = "".join(f"<url><loc>{escape(root + path)}</loc></url>" for path in paths)
        urlset = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
        replies["/sitemap.xml"] = _ok("application/xml", urlset)
    if company.posts and company.layout != "shell":
        text = feed(company.posts, posts, root, company.language)
        replies[company.posts.feed] = _ok(FEED_TYPE, text)
    return replies


def _ok(content_type: str, text: str) -> Reply:
    """Reply with a text."""
    return Reply(status=200, content_type=content_type, body=text.encode())


def _draw(company: Invented, title: str, body: str, *, later: bool) -> str:
    """Draw a page in the company's layout; `later` adds the channels that are new today."""
    channels = {**company.channels, **(company.channels_later if later else {})}
    layout = (files("config") / "demo" / "layouts" / f"{company.layout}.html").read_text("utf-8")
    return Template(layout).substitute(
        language=company.language,
        company=escape(company.name),
        title=escape(title),
        head=_head(company),
        menu="".join(f'<a href="{path}">{escape(text)}</a> ' for text, path in company.menu),
        body=_filled(company, body, later=later) + (_share() if company.share else ""),
        channels=_channels(company, channels),
    )


def _head(company: Invented) -> str:
    """Write what a page's head says: the software behind it, the feed."""
    lines = []
    if company.generator:
        lines.append(f'<meta name="generator" content="{escape(company.generator)}">')
    if company.posts and company.layout != "shell":
        title, address = escape(company.posts.title), company.posts.feed
        kind = "application/rss+xml"
        lines.append(f'<link rel="alternate" type="{kind}" title="{title}" href="{address}">')
    return "\n".join(lines)


def _filled(company: Invented, body: str, *, later: bool) -> str:
    """Put the newsletter's form, the stars, the chat and the counts where the body names them."""
    stars = (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Product", '
        '"name": "demo", "aggregateRating": {"@type": "AggregateRating", "ratingValue": "4.6", '
        '"reviewCount": "128"}}</script>'
    )
    form = _newsletter(company.newsletter) if company.newsletter else ""
    parts = {"{newsletter}": form, "{stars}": stars, "{chat}": company.chat}
    for name, count in company.counts.items():
        parts[f"{{{name}}}"] = count.now if later else count.before
    for name, text in parts.items():
        body = body.replace(name, text)
    return body


def _newsletter(form: Newsletter) -> str:
    """Draw a form to sign up."""
    return (
        f'<form class="newsletter" action="{escape(form.action)}" method="post">'
        f"<label>{escape(form.label)} <input type='email' name='email'></label>"
        f"<button>{escape(form.button)}</button></form>"
    )


def _share() -> str:
    """Draw links that share the page; an audit must not take them for profiles."""
    return (
        '<div class="share"><a href="https://www.facebook.com/sharer/sharer.php?u=demo">Share</a> '
        '<a href="https://x.com/intent/post?text=demo">Post</a> '
        '<a href="https://www.linkedin.com/shareArticle?url=demo">Share</a></div>'
    )


def _channels(company: Invented, channels: Mapping[str, str]) -> str:
    """Draw the links to the company's profiles, as its layout lists them."""
    item = "<li>{}</li>" if company.layout == "hugo" else "{} "
    return "".join(
        item.format(f'<a href="{escape(url)}" rel="noopener">{escape(name)}</a>')
        for name, url in channels.items()
    )


def _wiki(wiki: Wiki) -> dict[str, tuple[str, str]]:
    """Draw the pages of a wiki, each with links to edit it and to its history: path → page."""
    names = [wiki.main.rsplit("/", 1)[1], *wiki.articles]
    links = "".join(f'<li><a href="/wiki/{name}">{name}</a></li>' for name in wiki.articles)
    pages = {}
    for name in names:
        edit = f"/w/index.php?title={name}&amp;action="
        tools = (
            f'<ul id="p-views"><li id="ca-edit"><a href="{edit}edit">Bearbeiten</a></li>'
            f'<li id="ca-history"><a href="{edit}history">Versionsgeschichte</a></li></ul>'
        )
        pages[f"/wiki/{name}"] = (name, f'<div id="mw-content-text">{tools}<ul>{links}</ul></div>')
    return pages


def _forum(forum: Forum, day: date) -> dict[str, tuple[str, str]]:
    """Draw a forum in which threads were written to in the days before `day`: path → page."""
    rows, pages = [], {}
    for number, thread in enumerate(forum.threads, start=1):
        path = f"{forum.index}thread-{number}/"
        last = day - timedelta(days=2 + 3 * number)
        rows.append(
            f'<tr class="topic"><td><a class="topictitle" href="{path}">{escape(thread)}</a></td>'
            f'<td class="replies">{3 * number}</td>'
            f'<td><time datetime="{last}">{last}</time></td></tr>'
        )
        reply = '<div class="post reply"><p>Merci, cela marche.</p></div>' * 3
        pages[path] = (thread, f'<div class="topic-posts">{reply}</div>')
    table = "<tr><th>Sujets</th><th>Réponses</th><th>Dernier message</th></tr>" + "".join(rows)
    pages[forum.index] = ("Forum", f'<table class="forumbg topics">{table}</table>')
    return pages
