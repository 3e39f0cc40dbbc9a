"""WordPress: all posts by its REST API (developer.wordpress.org/rest-api/reference/posts)."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlunsplit

from audit.model.exchange import Page
from audit.model.facts import FeedPage, Item, PageFacts
from scrapers.parse.readable import each_readable, read_json
from scrapers.parse.text import clean
from scrapers.parse.urls import join, split
from scrapers.parse.values import Json, count_of, dated_at, field, items, plain_text, text_of
from scrapers.sources.posts.source import PostSource
from scrapers.sources.source import Reading

_SIZE = 100
"""Posts of one answer: the most that the interface gives."""

_QUERY = (
    f"per_page={_SIZE}&orderby=date&order=desc&_embed=wp:term"
    "&_fields=link,date_gmt,title,excerpt,_links,_embedded"
)
"""The newest first; of each post its address, time, title, excerpt and the names of its terms."""

_MAX_TAGS, _TAG_LENGTH = 20, 60


def addresses(facts: PageFacts) -> Sequence[str]:
    """Return the address of the newest posts, below the root that the page's head names.

    Without pretty addresses the root is a parameter: `/index.php?rest_route=/`.
    """
    roots = [url for url in facts.interfaces if "wp-json" in url or "rest_route" in url]
    mark = "&" if roots and "?" in roots[0] else "?"
    return [f"{root.rstrip('/')}/wp/v2/posts{mark}{_QUERY}" for root in roots[:1]]


def read(page: Page) -> FeedPage | None:
    """Read one page of posts; its headers count the posts and the pages."""
    payload = read_json(page.body)
    stated, pages = (count_of(page.header(f"x-wp-total{part}")) for part in ("", "pages"))
    if not isinstance(payload, list) or stated is None or pages is None:
        return None
    posts = tuple(each_readable(items(payload), lambda post: _item(page.url, post)))
    number = _number(page.url)
    return FeedPage(
        url=page.url,
        title="",
        site="",
        language="",
        items=posts,
        comments=False,
        audio=False,
        updates=False,
        next_url=_numbered(page.url, number + 1) if number < pages and posts else "",
        evidence=Reading(page, "source.posts.wordpress").proof(
            f"{len(posts)} posts, page {number} of {pages}, {stated} in all"
        ),
        truncated=page.truncated,
        stated=stated,
        generator="WordPress",
    )


def _item(base: str, post: Json) -> Item | None:
    """Return one post; None for one without address or title."""
    link = text_of(post.get("link"))
    url = join(base, link) if link else None
    title = clean(plain_text(field(post, "title", "rendered")), 300)
    summary = clean(plain_text(field(post, "excerpt", "rendered")), 500)
    if url is None or not (title or summary):
        return None
    return Item(
        url=url,
        title=title or clean(summary, 80),
        published=dated_at(post.get("date_gmt")),
        summary=summary,
        tags=_tags(field(post, "_embedded", "wp:term")),
    )


def _tags(listed: object) -> tuple[str, ...]:
    """Return the names of categories and tags, which the answer holds as a list a taxonomy."""
    groups = listed[:_MAX_TAGS] if isinstance(listed, list) else []
    terms = [term for group in groups for term in items(group)[:_MAX_TAGS]]
    names = (clean(plain_text(term.get("name")), _TAG_LENGTH + 1) for term in terms)
    kept = [name for name in names if 0 < len(name) <= _TAG_LENGTH]
    return tuple(dict.fromkeys(kept))[:_MAX_TAGS]


def _number(url: str) -> int:
    """Return which page of the list an address asks for; the first has no number."""
    return count_of(dict(parse_qsl(split(url).query)).get("page")) or 1


def _numbered(url: str, number: int) -> str:
    """Return the address of another page of the list."""
    parts = split(url)
    pairs = [pair for pair in parse_qsl(parts.query) if pair[0] != "page"]
    query = urlencode([*pairs, ("page", str(number))], safe=":,/")
    return urlunsplit(parts._replace(query=query))


SOURCE = PostSource("blog-engine", "WordPress", addresses, read)
