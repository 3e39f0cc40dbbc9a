"""The hashtags that a company uses most on its own profiles, with the interactions they met."""

import re
import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile

from audit.measure.interactions import NOT_SHOWN, interactions_with, rounded, settled
from audit.measure.outlets import outlets
from audit.measure.own_posts import is_counted
from audit.measure.subject import Brief
from audit.model.engagement import EVERYWHERE
from audit.model.hashtags import Hashtag, Hashtags
from audit.model.result import Window
from audit.model.site import Post
from audit.model.value import PROOFS, Known, Unknown

MOST = 10
"""Hashtags of one channel that are told."""

_ADDRESS = re.compile(r"https?://\S{1,2000}")
"""Behind the sign of an address stands a place on its page, and no hashtag."""

_TAG = re.compile(r"(?<![\w&/])[#＃](?=(\S{1,100}))")
_JOINERS = "_\u200c\u200d"
"""Signs within a tag: the low line, and the joiners of Persian and the scripts of India."""


def hashtags(brief: Brief) -> tuple[Hashtags, ...]:
    """Return the hashtags of all own profiles together, then of each that uses any.

    They are looked for where hashtags are links: on networks, not on the company's own site.
    """
    window = brief.context.window
    listed = [
        (each, [post for post in each.posts if is_counted(post, window)])
        for each in outlets(brief)
        if each.profile is not None
    ]
    rows = [_of(each.name, each.url, posts, window) for each, posts in listed]
    used = tuple(row for row in rows if row.tags)
    if not used:
        return ()
    every = [post for _, posts in listed for post in posts]
    return (_of(EVERYWHERE, brief.company.website, every, window), *used)


def hashtags_in(text: str) -> list[str]:
    """Return the hashtags of a text in their order, without the sign: ["Pumps", "水"].

    A number ("#1"), a colour within a word and the place of an address ("/page#top") are none.
    """
    found = (_name(match) for match in _TAG.findall(_ADDRESS.sub(" ", text)))
    return [name for name in found if any(sign.isalpha() for sign in name)]


def _name(run: str) -> str:
    """Return the beginning of a run of signs, as far as it is a hashtag."""
    return "".join(takewhile(_is_of_tag, run))


def _is_of_tag(sign: str) -> bool:
    """Tell whether a sign may stand in a hashtag: a letter with its marks, a digit, a joiner."""
    return sign.isalnum() or sign in _JOINERS or unicodedata.category(sign) in ("Mn", "Mc")


def _of(channel: str, url: str, posts: Sequence[Post], window: Window) -> Hashtags:
    """Return the most used hashtags of some posts; those in as many posts by their names."""
    on: dict[str, list[Post]] = defaultdict(list)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for post in posts:
        for key, form in _of_post(post):
            on[key].append(post)
            forms[key][form] += 1
    most = sorted(on, key=lambda key: (-len(on[key]), key))[:MOST]
    return Hashtags(
        channel=channel,
        url=url,
        of=len(posts),
        different=len(on),
        tags=tuple(_hashtag(_commonest(forms[key]), on[key], window) for key in most),
    )


def _of_post(post: Post) -> Iterator[tuple[str, str]]:
    """Give each hashtag of a post once: what all its spellings share, and how it is written."""
    # The title of a post on a network is the beginning of its text.
    named = hashtags_in(post.text or post.title)
    yield from {unicodedata.normalize("NFKC", name).casefold(): name for name in named}.items()


def _commonest(forms: Counter[str]) -> str:
    """Return the spelling that is used most; of several the first in the order of letters."""
    return min(forms, key=lambda form: (-forms[form], form))


def _hashtag(name: str, posts: Sequence[Post], window: Window) -> Hashtag:
    """Return a hashtag with the posts that bear it."""
    return Hashtag(
        name=name,
        posts=len(posts),
        interactions=_interactions(posts, window),
        evidence=tuple(post.evidence for post in posts[:PROOFS]),
    )


def _interactions(posts: Sequence[Post], window: Window) -> Known[float] | Unknown:
    """Return the mean interactions of posts that are settled; unknown where none shows any."""
    shown = [
        (count, post)
        for post in settled(posts, window)
        if (count := interactions_with(post)) is not None
    ]
    if not shown:
        return NOT_SHOWN
    return Known(
        value=statistics.fmean(count for count, _ in shown),
        evidence=tuple(post.evidence for _, post in shown[:PROOFS]),
        exact=not rounded([post for _, post in shown]),
    )
