"""Tell the page of one thread from a list of threads, and a count beside a thread from a name."""

import re
from collections.abc import Collection, Iterator

from selectolax.lexbor import LexborNode

from audit.model.value import Dated, DateSource
from scrapers.page.totals import NUMBER
from scrapers.page.words import COMPACT, LinkWords
from scrapers.parse.around import around
from scrapers.parse.dates import parse_date
from scrapers.parse.document import Document
from scrapers.parse.jsonld import types

_POST = re.compile(
    r"(?:js-)?(?:p|m|pid|msg|post|postcount|comment|reply|answer)[-_]?\d{1,12}", re.I
)
"""What software of forums calls the element of one post, and the address that leads to it."""

_DISCUSSION = "DiscussionForumPosting"
DISCUSSIONS = frozenset({_DISCUSSION, "QAPage"})
"""Types of pages on which others ask and answer."""

_BOARD = re.compile(
    r"/(?:forumdisplay|viewforum|showforum|showthread|viewtopic|viewthread)\b|[?&](?:board|topic)=\d"
    r"|/(?:forums?|boards?|community)/(?:[^?#]{1,200}/)?(?:topic|thread|board|f|t|c)/"
    r"|/community/(?:posts|topics|threads|questions|discussions)/",
    re.I,
)
"""Forms of addresses that software of forums has for its boards and threads."""

_COUNTING = ("count_replies", "count_posts", "count_comments")
_ALONE = re.compile(rf"\W*({NUMBER.pattern})\W*")
_LAST = re.compile(r"([^\W\d_]+)(\W{0,3})$")
_FIRST = re.compile(r"(\W{0,3})[件个個条條則则개]?([^\W\d_]+)")
"""The word beside a number with what parts them; some scripts put a counter between."""

_HELD = 3
"""Elements around a number that may be the box about who wrote a post."""

_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:(?:post|user|author|member|mini)?-?profile|author|poster|user-?(?:info|details?"
    r"|stats?|name|extras?)|member-?info|signature)(?:$|[\s_-])",
    re.I,
)
"""Names of that box: its "Posts: 8,292" are those of somebody's lifetime."""


def is_board(url: str) -> bool:
    """Tell whether an address is that of a board or a thread of a forum, whatever it is called.

    "News" at `/forumdisplay.php?f=1` is what members talk about, and no section of the site.
    """
    return _BOARD.search(url) is not None


def is_thread(document: Document) -> bool:
    """Tell whether a page of a forum is that of one thread: it holds posts that it leads to.

    A list leads to posts on other pages.
    """
    written = [thing for thing in document.jsonld if _DISCUSSION in types(thing)]
    return len(written) == 1 or next(_own_posts(document), None) is not None


def last_written(document: Document) -> Dated | None:
    """Return when the newest post on the page of a thread was written, as the links to them say.

    None where those are no dates, or may be of another day.
    """
    now = document.page.fetched_at
    texts = (document.words.of(node, 80) for node in _own_posts(document))
    dates = (parse_date(text, DateSource.TEXT, now) for text in texts)
    sure = [date for date in dates if date is not None and not date.ambiguous and date.at <= now]
    return max(sure, key=lambda date: date.at, default=None)


def _own_posts(document: Document) -> Iterator[LexborNode]:
    """Yield the links to posts that stand on the page itself."""
    for href, node in document.targets:
        path, _, fragment = href.partition("#")
        place = fragment or path.rstrip("/").rpartition("/")[2]
        if path and _POST.fullmatch(place) and not document.names.isdisjoint(_spelled(place)):
            yield node


def _spelled(place: str) -> tuple[str, str]:
    """Return what the element of a post may be called; XenForo's scripts mark theirs."""
    return place, f"js-{place}"


def is_of_author(node: LexborNode) -> bool:
    """Tell whether an element stands in the box about who wrote a post."""
    return any(_AUTHOR.search(block.attributes.get("class") or "") for block in around(node, _HELD))


def counting_words(link_words: LinkWords) -> frozenset[str]:
    """Return the words of all languages for what is counted beside threads."""
    phrases = (phrase for name in _COUNTING for phrase in link_words.phrases(name))
    return frozenset(map(str.casefold, phrases))


def count_beside(text: str, words: Collection[str]) -> str:
    """Return the digits of a short text that count something; "" where none do.

    The number stands alone, or a counting word is beside it as a word of its own: "12", "Replies:
    12", "12 ответов". The 2798 of "ombit2798" and the 5 of "by Kim 5" are of names.
    """
    if alone := _ALONE.fullmatch(text):
        return alone[1]
    text = text.casefold()
    for match in NUMBER.finditer(text):
        if _ends_in(text[: match.start()], words) or _begins_with(text[match.end() :], words):
            return match.group()
    return ""


def _ends_in(text: str, words: Collection[str]) -> bool:
    """Tell whether a text before a number ends in a counting word and a sign or blank."""
    last = _LAST.search(text)
    if last is None:
        return False
    apart = bool(last[2]) and last[1] in words
    return apart or any(last[1].endswith(word) for word in words if COMPACT.search(word))


def _begins_with(text: str, words: Collection[str]) -> bool:
    """Tell whether a text behind a number begins with a blank or sign and a counting word."""
    first = _FIRST.match(text)
    if first is None:
        return False
    apart = bool(first[1]) and first[2] in words
    return apart or any(first[2].startswith(word) for word in words if COMPACT.search(word))
