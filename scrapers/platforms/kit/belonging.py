"""Tell whose a count is on a page whose layout nobody knows: the profile's own, or another's.

Recommendations, posts that were passed on and requests to log in show counts of others, in any
language and layout. So a count is the profile's own where what names the profile stands nearer to
it than what names another: a text with its name, or a link to it.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborNode

from scrapers.parse.count_words import counts_in, has_word
from scrapers.parse.document import Document
from scrapers.parse.urls import join, unwrap
from scrapers.platforms.kit.base import Ask
from scrapers.platforms.kit.standing import SHORT, is_in_item, is_seen, up

_MOST_TEXTS, _MOST_MARKS, _MOST_HEADINGS = 4_000, 2_000, 20
_AROUND = 40
"""Elements around a count in which it is looked for whom it belongs to."""

_REST = 6
"""Letters that may stand beside a count: "12K people follow this"."""

_HEADINGS = "h1,h2,h3,h4,h5,h6,[role=heading]"
_BETWEEN = re.compile(r"[|•·–—:/,()\[\]\n]| - ")
"""What stands between the name of a profile and other words: "Acme (@acme) • Photos"."""

_LOGIN = re.compile(
    r"\b(?:log|sign)[ -]?(?:in|into|on|up)\b|\blogin\b|\banmelden\b|\beinloggen\b|\bregistrier"
    r"|se connecter|\bconnexion\b|s’inscrire|s'inscrire|inici(?:a|e|ar) sesi[oó]n|reg[ií]strate"
    r"|\baccedi\b|\biscriviti\b|\bentrar\b|\binicia[rt] sess|\baanmelden\b|\binloggen\b"
    r"|logga in|log(?:g)? (?:ind|inn)\b|kirjaudu|zaloguj|přihl[aá][sš]|prihl[aá][sš]|bejelentkez"
    r"|conecteaz|autentific|giriş yap|oturum aç|\bвойти\b|\bвход\b|увійти|вхід|σύνδεση|συνδεθ"
    r"|ログイン|登录|登錄|登入|로그인|تسجيل الدخول",
    re.I,
)
"""Words of a page that asks its reader to log in, in its title or heading."""


@dataclass(frozen=True, slots=True)
class Account:
    """How the profile of a page is told from others.

    `whose` tells of an address whether it is of the profile, of another one of its platform, or
    (None) of no such; `is_name` whether a text is a name: the first is the text.
    """

    whose: Callable[[str], bool | None]
    is_name: Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class _Mark:
    """What names an account: its element, its place in the page, and whether it is the profile.

    `named`: it does so by the profile's name, and not in a post.
    """

    node: LexborNode
    place: int
    own: bool
    named: bool = False


@dataclass(slots=True)
class Belonging:
    """What a page says of whom its counts belong to.

    `is_wall`: it asks its reader to log in; of such a page a count is taken only where it stands by
    the name of the profile with nothing else. `name` is that of the company, as a person gave it,
    where the page's title or heading begins with it; `head` is the element that names the profile.
    `places` are those of all elements, `around` what names accounts within each.
    """

    is_wall: bool
    name: str = ""
    head: LexborNode | None = None
    places: dict[int, int] = field(default_factory=dict)
    around: dict[int, list[_Mark]] = field(default_factory=lambda: defaultdict(list))
    _captions: dict[int, list[_Mark]] = field(default_factory=dict)
    _headings: dict[int, list[LexborNode]] = field(default_factory=dict)

    def holds(self, node: LexborNode) -> bool:
        """Tell whether the count at an element is the profile's own."""
        part, child = self._nearest(node)
        if part is None:
            return not self.is_wall
        if not self._is_own(part, self.places.get(node.mem_id, 0)):
            return False
        if part.tag == "a" or self.head is None:
            return part.tag == "a" or not self.is_wall
        if child is not None and self._is_of_another_section(child, node):
            return False
        if not self.is_wall:
            return True
        return part.tag not in ("body", "html") and not _words_beside(child or node)

    def is_anothers(self, item: LexborNode) -> bool:
        """Tell whether an item is somebody else's: it leads to another, and not to the profile.

        Whom its sentences mention does not count.
        """
        told = self._told(item)
        return bool(told) and not any(mark.own for mark in told)

    def _nearest(self, node: LexborNode) -> tuple[LexborNode | None, LexborNode | None]:
        """Return the smallest part around a count that names accounts, and what is below it."""
        below: LexborNode | None = None
        for part in islice(up(node), _AROUND):
            if part.mem_id in self.around:
                return part, below
            below = part
        return None, below

    def _is_own(self, part: LexborNode, here: int) -> bool:
        """Tell whether the account named last before a place is the profile; else that named next.

        Where only others are named, their mentions count, too.
        """
        told = self._told(part)
        if not any(mark.own for mark in told):
            return False
        before = bisect_right(told, here, key=lambda mark: mark.place)
        return told[max(0, before - 1)].own

    def _told(self, part: LexborNode) -> list[_Mark]:
        """Return what names accounts in a part, in its order, but for mentions in sentences."""
        if part.mem_id not in self._captions:
            marks = self.around.get(part.mem_id, ())
            told = [mark for mark in marks if mark.own or not _is_mention(mark.node)]
            self._captions[part.mem_id] = told
        return self._captions[part.mem_id]

    def _is_of_another_section(self, part: LexborNode, node: LexborNode) -> bool:
        """Tell whether a part without the profile's name has a heading over a count of its own."""
        if part.mem_id not in self._headings:
            found = part.css(_HEADINGS)[:_MOST_HEADINGS]
            self._headings[part.mem_id] = [
                each for each in found if (text := _text(each)) and not has_word(text)
            ]
        here, holders = self.places.get(node.mem_id, 0), {each.mem_id for each in up(node)}
        return any(
            each.mem_id not in holders and self.places.get(each.mem_id, 0) < here
            for each in self._headings[part.mem_id]
        )


def belonging_of(document: Document, ask: Ask, account: Account) -> Belonging:
    """Return whom the counts of a page belong to, the profile of `ask` or others."""
    body = document.tree.body
    titles = (*document.metas.get("og:title", ()), document.title)
    heading = next((node for node in document.elements("h1") if is_seen(node)), None)
    heads = [*titles, _text(heading) if heading is not None else ""]
    found = Belonging(
        is_wall=_is_wall(document, heads), name=_first_fitting(heads, ask.names, account)
    )
    if body is None:
        return found
    found.places.update((node.mem_id, place) for place, node in enumerate(body.traverse()))
    names = tuple(name for name in (ask.handle, *ask.names) if name)
    marks = [*_texts(body, names, account, found.places), *_links(document, account, found.places)]
    named = [mark for mark in marks if mark.named]
    # A page that is called so and does not show it shows something else in its place.
    is_called_so = (
        bool(_first_fitting(titles, names, account)) and heading is not None and _text(heading)
    )
    found.is_wall |= not named and bool(is_called_so)
    if not named and heading is not None and not found.is_wall:
        # Profiles bear names that nobody knows: then the heading is it, as on most pages.
        marks.append(_Mark(heading, found.places.get(heading.mem_id, 0), own=True))
    found.head = _first_heading(named) if named else None
    for mark in sorted(marks, key=lambda mark: mark.place)[:_MOST_MARKS]:
        for part in up(mark.node):
            found.around[part.mem_id].append(mark)
    return found


def _is_wall(document: Document, heads: Sequence[str]) -> bool:
    """Tell whether a page asks its reader to log in; many do that and show the profile as well."""
    asks = document.tree.css_first('input[type="password" i]') is not None
    return asks or any(_LOGIN.search(head[:SHORT]) for head in heads)


def _first_fitting(heads: Sequence[str], names: Sequence[str], account: Account) -> str:
    """Return the first of some names with which a title or heading begins; "" for none.

    What stands behind it may be anybody's employer: "Jane Doe - Acme".
    """
    first = (_BETWEEN.split(head.strip()[:SHORT], maxsplit=1)[0] for head in heads)
    fitting = (name for text in first for name in names if account.is_name(text, name))
    return next(fitting, "")


def _texts(
    body: LexborNode, names: Sequence[str], account: Account, places: dict[int, int]
) -> Iterator[_Mark]:
    """Yield the elements whose own words are a name of the profile."""
    count = 0
    for node in body.traverse():
        text = " ".join(node.text(deep=False).split())
        if not text or len(text) > SHORT:
            continue
        count += 1
        if count > _MOST_TEXTS:
            return
        if _bears(text, names, account) and is_seen(node):
            place, is_head = places.get(node.mem_id, 0), not is_in_item(node)
            yield _Mark(node, place, own=True, named=is_head)


def _bears(text: str, names: Sequence[str], account: Account) -> bool:
    """Tell whether a part of a short text is one of these names."""
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    return any(account.is_name(part, name) for part in parts for name in names)


def _links(document: Document, account: Account, places: dict[int, int]) -> Iterator[_Mark]:
    """Yield the links to the profile, and those to others of its platform.

    A link to log in that names what comes after it leads to no profile.
    """
    for node in document.elements("a")[:_MOST_MARKS]:
        url = join(document.base, node.attributes.get("href") or "")
        own = account.whose(unwrap(url)) if url is not None else None
        if url is None or own is None or (own and (unwrap(url) != url or not is_seen(node))):
            continue
        yield _Mark(node, places.get(node.mem_id, 0), own=own)


def _first_heading(named: Sequence[_Mark]) -> LexborNode:
    """Return the first heading that names the profile, else the first text that does."""
    in_headings = (mark.node for mark in named if any(_is_heading(each) for each in up(mark.node)))
    return next(in_headings, named[0].node)


def _is_heading(node: LexborNode) -> bool:
    return node.tag in ("h1", "h2", "h3") or node.attributes.get("role") == "heading"


def _is_mention(link: LexborNode) -> bool:
    """Tell whether a link stands in a sentence: "part of @group"."""
    around = link.parent
    return around is not None and any(map(str.isalpha, around.text(deep=False)))


def _words_beside(part: LexborNode) -> bool:
    """Tell whether there is more in a part of a page than counts: a name, or a sentence."""
    text = _text(part)
    if len(text) > 2 * SHORT:
        return True
    for told in counts_in(text):
        text = text.replace(told.words, " ")
    rest = "".join(filter(str.isalpha, text))
    return bool(rest) and not (rest.islower() and len(rest) <= _REST)


def _text(node: LexborNode) -> str:
    """Return the words of an element in one line."""
    return " ".join(node.text(deep=True, separator=" ").split())
