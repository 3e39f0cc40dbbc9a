"""An account's own page and its feed, for servers that show their interface only after a login.

Mastodon states counts in og:description and has `/@NAME.rss`; GoToSocial, whose robots.txt keeps
programs off its interface, lists counts on the page and has a feed if the owner wants one
(docs.gotosocial.org/en/latest/user_guide/rss).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from scrapers.parse.feeds import read_feed
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import authority_of
from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import REFUSALS, Home

_RULE = "platform.mastodon"
_SHOWN = re.compile(r"(\d[\d.,]{0,15}[KMB]?)\s+(Posts?|Following|Followers?)\b")
_NAME = re.compile(r"^(.{1,200}?)[\s,]*\(?@")
_COUNTS = {"posts": "posts", "post": "posts", "following": "following", "followed by": "followers",
           "follower": "followers", "followers": "followers"}  # fmt: skip
_HIDDEN = "hidden"
Shown = Mapping[str, str]


def read_page(
    ask: kit.Ask, home: Home, refusal: kit.Unknown | None = None
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the page for people, then the feed that it names; `refusal` is why not otherwise.

    An address that is only guessed, of an account that WebFinger knows, proves nothing by a 404.
    """
    found = yield from kit.ask_page(home.page or f"{home.api}/@{home.name}")
    if isinstance(found, kit.Failure):
        if found.reason in kit.GONE and (home.page or not home.actor):
            return kit.not_found(found, _RULE)
        if found.reason in REFUSALS:
            return refusal or kit.reason_of(found)
        return (yield from _feed_alone(ask, home, refusal or kit.reason_of(found)))
    document = read_html(found)
    shown = _shown(document)
    silent = "noindex" in document.meta("robots").casefold()
    line = (
        kit.unread(kit.Outcome.HIDDEN, "the owner asks not to be indexed: counts only")
        if silent
        else (yield from _named_feed(ask, home, document))
    )
    if not shown and isinstance(line, kit.Unknown):
        return refusal or kit.unread(kit.Outcome.PARSE_FAILED, "no counts and no feed on the page")
    proof = kit.Proof(found, _RULE)
    title = document.meta("og:title")
    name = _NAME.match(title)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{home.name}@{home.host}: {title}"),),
        url=f"{home.api}/@{home.name}",
        handle=home.name,
        account=home.actor,
        name=name[1] if name is not None else home.name,
        audience=_count(proof, shown, "followers"),
        figures=(
            kit.ProfileFigure(count=kit.Count.FOLLOWING, value=_count(proof, shown, "following")),
            kit.ProfileFigure(count=kit.Count.POSTS, value=_count(proof, shown, "posts")),
        ),
        timeline=line,
        links=() if silent else tuple(_links(document, home)),
    )


def _shown(document: Document) -> Shown:
    """The counts as the page shows them, by what they count."""
    words = document.tree.css("dl.accountstats dt")
    values = document.tree.css("dl.accountstats dd")
    listed = {
        word: value.text(deep=True).strip()
        for each, value in zip(words, values, strict=False)
        if (word := _COUNTS.get(each.text(deep=True).strip().casefold()))
    }
    said = document.meta("og:description", "description")[:300]
    return listed or {_COUNTS[word.casefold()]: count for count, word in _SHOWN.findall(said)}


def _count(proof: kit.Proof, shown: Shown, word: str) -> kit.Known[int] | kit.Unknown:
    if shown.get(word) == _HIDDEN:
        return kit.unread(kit.Outcome.HIDDEN, f"the owner does not show the count of {word}")
    return proof.count(shown.get(word), word)


def _links(document: Document, home: Home) -> Iterator[str]:
    """The addresses that the owner gives as being the same: rel=me, on other servers."""
    urls = [link.url for link in document.links if "me" in link.rel]
    for url in dict.fromkeys((*urls, *document.rel_me)):
        if authority_of(url) not in ("", home.host):
            yield url


def _named_feed(
    ask: kit.Ask, home: Home, document: Document
) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """The feed that the page names; without one the owner has not turned it on."""
    own = [each.url for each in document.feeds if authority_of(each.url) == home.host]
    if not own:
        return kit.unread(kit.Outcome.HIDDEN, "the page names no feed, and its interface is closed")
    return (yield from read_posts(ask, own[0]))


def _feed_alone(
    ask: kit.Ask, home: Home, refusal: kit.Unknown
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """The posts of the usual feed where not even the page can be read."""
    line = yield from read_posts(ask, f"{home.api}/@{home.name}.rss")
    if isinstance(line, kit.Unknown):
        return refusal
    return replace(kit.profile_of_posts(line, refusal), handle=home.name)


def read_posts(
    ask: kit.Ask, url: str, *, kind: str = "text"
) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """The newest posts from a feed; older ones may be missing unless it reaches far enough."""
    found = yield from kit.ask_feed(url)
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    said = read_feed(found)
    if said is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no feed where it used to be")
    posts = (
        replace(post, title=kit.headline(post.title), text=post.text or post.title)
        for post in kit.posts_of_feed(said, kit.Proof(found, _RULE), kind, language=said.language)
    )
    return kit.timeline_of(posts, ask, truncated=True)
