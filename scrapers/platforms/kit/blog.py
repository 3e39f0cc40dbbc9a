"""What platforms for blogs have in common: their posts lie in a feed, and a blog may be gone."""

from dataclasses import dataclass

from audit.model.exchange import Failure, Page
from audit.model.facts import FeedPage
from audit.model.profile import Profile, ProfilePost
from audit.model.value import Unknown
from scrapers.parse.feeds import read_feed
from scrapers.platforms.kit.base import GONE, Steps, ask_feed, ask_page, bad_content
from scrapers.platforms.kit.posts import posts_of_feed
from scrapers.platforms.kit.proof import Proof, not_found, reason_of

_HEAD = 4_000
"""Bytes at the beginning of a feed, where it says by what it was made."""


@dataclass(frozen=True, slots=True)
class BlogFeed:
    """A feed that was read: the page, what its head says, its posts in the order of the file."""

    page: Page
    said: FeedPage
    posts: tuple[ProfilePost, ...]


def read_blog_feed(
    url: str, rule: str, mark: str, form: str = "article"
) -> Steps[BlogFeed | Failure]:
    """Read a feed; an empty one is only believed where `mark` says that the platform made it."""
    found = yield from ask_feed(url)
    if isinstance(found, Failure):
        return found
    said = read_feed(found)
    if said is None or not (said.items or mark.encode() in found.body[:_HEAD].lower()):
        return bad_content(found, "no feed where it used to be")
    posts = posts_of_feed(said, Proof(found, rule), form, language=said.language)
    return BlogFeed(page=found, said=said, posts=posts)


def blog_without_feed(failure: Failure, url: str, rule: str) -> Steps[Profile | Unknown]:
    """A feed that could not be read: the blog is gone where its first page is gone, too."""
    if failure.reason not in GONE:
        return reason_of(failure)
    home = yield from ask_page(url)
    if isinstance(home, Failure):
        return not_found(home, rule) if home.reason in GONE else reason_of(home)
    return Unknown(reason=failure.reason, detail="there is a page, but no feed of it")
