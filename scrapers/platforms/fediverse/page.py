"""An account's own page and its feed, for servers that show their interface only after a login.

Mastodon states counts in og:description and has `/@NAME.rss`; GoToSocial, whose robots.txt keeps
programs off its interface, lists counts on the page and has a feed if the owner wants one
(docs.gotosocial.org/en/latest/user_guide/rss).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from scrapers.parse.document import Document
from scrapers.parse.feeds import read_feed
from scrapers.parse.html import read_html
from scrapers.parse.urls import authority_of
from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import REFUSALS, Home

_RULE = "platform.mastodon"
_COUNT = re.compile(r"(\d[\d.,]{0,15}[KMB]?)\s+(Posts?|Following|Followers?)\b")
_NAME = re.compile(r"^(.{1,200}?)[\s,]*\(?@")
_WORDS = {
    "posts": "posts",
    "post": "posts",
    "following": "following",
    "followed by": "followers",
    "follower": "followers",
    "followers": "followers",
}
_HIDDEN = "hidden"
"""What GoToSocial shows in place of a count that the owner hides."""

Counts = Mapping[str, str]
"""The counts as a page shows them ("1.2K"), by what they count (posts, following, followers)."""


def read_page(
    ask: kit.Ask, home: Home, refusal: kit.Unknown | None = None
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the page for people, then the feed that it names.

    `refusal` is why the interface gave nothing, and stays the reason where the page gives nothing
    either.
    """
    page = yield from kit.ask_page(home.page or f"{home.api}/@{home.name}")
    if isinstance(page, kit.Failure):
        return (yield from _without_page(ask, home, page, refusal))
    document = read_html(page)
    counts = _counts(document)
    silent = "noindex" in document.meta("robots").casefold()
    line = (
        kit.unread(kit.Outcome.HIDDEN, "the owner asks not to be indexed: counts only")
        if silent
        else (yield from _named_feed(ask, home, document))
    )
    if not counts and isinstance(line, kit.Unknown):
        return refusal or kit.unread(kit.Outcome.PARSE_FAILED, "no counts and no feed on the page")
    proof = kit.Proof(page, _RULE)
    title = document.meta("og:title")
    name = _NAME.match(title)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{home.name}@{home.host}: {title}"),),
        url=f"{home.api}/@{home.name}",
        handle=home.name,
        account=home.actor,
        name=name[1] if name is not None else home.name,
        audience=_count(proof, counts, "followers"),
        figures=(
            kit.ProfileFigure(count=kit.Count.FOLLOWING, value=_count(proof, counts, "following")),
            kit.ProfileFigure(count=kit.Count.POSTS, value=_count(proof, counts, "posts")),
        ),
        timeline=line,
        links=() if silent else tuple(_links(document, home)),
    )


def _without_page(
    ask: kit.Ask, home: Home, failure: kit.Failure, refusal: kit.Unknown | None
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Say what it means that the page could not be read, or read the feed alone."""
    # An address that is only guessed, of an account that WebFinger knows, proves nothing by a 404.
    if failure.reason in kit.GONE and (home.page or not home.actor):
        return kit.not_found(failure, _RULE)
    reason = refusal or kit.reason_of(failure)
    if failure.reason in REFUSALS:
        return reason
    return (yield from _feed_alone(ask, home, reason))


def _counts(document: Document) -> Counts:
    """Return the counts that a page shows: in GoToSocial's list, else in Mastodon's description.

    That is "12 Posts, 3 Following, 1.2K Followers · Acme Pumps".
    """
    words = document.tree.css("dl.accountstats dt")
    values = document.tree.css("dl.accountstats dd")
    # A list that lacks a value is read as far as it goes.
    listed = {
        word: value.text(deep=True).strip()
        for label, value in zip(words, values, strict=False)
        if (word := _WORDS.get(label.text(deep=True).strip().casefold()))
    }
    description = document.meta("og:description", "description")[:300]
    return listed or {_WORDS[word.casefold()]: count for count, word in _COUNT.findall(description)}


def _count(proof: kit.Proof, counts: Counts, word: str) -> kit.Known[int] | kit.Unknown:
    """Return one of the counts with its proof, unless the owner hides it."""
    if counts.get(word) == _HIDDEN:
        return kit.unread(kit.Outcome.HIDDEN, f"the owner does not show the count of {word}")
    return proof.count(counts.get(word), word)


def _links(document: Document, home: Home) -> Iterator[str]:
    """Give the addresses that the owner calls the same person's: rel=me, on other servers."""
    urls = [link.url for link in document.links if "me" in link.rel]
    for url in dict.fromkeys((*urls, *document.rel_me)):
        if authority_of(url) not in ("", home.host):
            yield url


def _named_feed(
    ask: kit.Ask, home: Home, document: Document
) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Read the feed that the page names; without one the owner has not turned it on."""
    own = [feed.url for feed in document.feeds if authority_of(feed.url) == home.host]
    if not own:
        return kit.unread(kit.Outcome.HIDDEN, "the page names no feed, and its interface is closed")
    return (yield from read_feed_posts(ask, own[0]))


def _feed_alone(
    ask: kit.Ask, home: Home, refusal: kit.Unknown
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the posts of the usual feed where not even the page can be read."""
    line = yield from read_feed_posts(ask, f"{home.api}/@{home.name}.rss")
    if isinstance(line, kit.Unknown):
        return refusal
    return replace(kit.profile_of_posts(line, refusal), handle=home.name)


def read_feed_posts(
    ask: kit.Ask, url: str, *, form: str = "text"
) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Read the newest posts from a feed; older ones may be missing unless it reaches far enough.

    Posts here have no titles: feeds put the whole text in place of one, which becomes the text.
    """
    page = yield from kit.ask_feed(url)
    if isinstance(page, kit.Failure):
        return kit.reason_of(page)
    feed = read_feed(page)
    if feed is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no feed where it used to be")
    posts = (
        replace(post, title=kit.headline(post.title), text=post.text or post.title)
        for post in kit.posts_of_feed(feed, kit.Proof(page, _RULE), form, language=feed.language)
    )
    return kit.timeline_of(posts, ask, truncated=True)
