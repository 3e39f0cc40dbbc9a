"""Tell whether an encyclopedia's article is about the company, or about what its pages mention."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from audit.model.facts import ChannelLink, ChannelSource, Whose
from scrapers.page.names import folded, tokens

ENCYCLOPEDIA = "encyclopedia"
"""The kind of platform whose pages are about anything in the world."""

_TOLD_APART = re.compile(r"[_ ]\([^()]{1,80}\)$")
"""What tells an article from its namesakes: `Acme_(company)`."""

_SHORTEST = 4
"""Letters of a name that may stand joined with other words, as in an address."""

_INITIALS = 3


def is_about_another(links: Sequence[ChannelLink], kind: str, names: Sequence[str]) -> bool:
    """Tell whether a profile is an article of an encyclopedia on something else than the company.

    Texts link articles to explain their words. An article that a person, Wikidata or the company's
    own structured data name is about it, in whatever script its title is.
    """
    if kind != ENCYCLOPEDIA or any(map(_is_given, links)):
        return False
    return not any(is_titled(link.handle, names) for link in links)


def _is_given(link: ChannelLink) -> bool:
    """Tell whether somebody says that a profile is the company's, and does not only link it."""
    data = link.source is ChannelSource.SAME_AS and link.whose is Whose.OPEN and not link.person
    return data or link.source in (ChannelSource.CONFIG, ChannelSource.WIKIDATA)


def is_titled(title: str, names: Iterable[str]) -> bool:
    """Tell whether an article's title fits one of a company's names.

    One begins with the other, or the title holds the whole name: `Acme`, `Acme_Pumps_Ltd` and
    `History_of_Acme_Pumps` are about Acme Pumps, `Pump` is not. Initials will do.
    """
    title = _TOLD_APART.sub("", unquote(title)).replace("_", " ")
    words = tokens(title)
    return any(_are_alike(words, tokens(name), folded(name)) for name in names if name)


def _are_alike(title: Sequence[str], name: Sequence[str], whole: str) -> bool:
    """Tell whether the words of a title fit those of a name; `whole` is the name as it stands."""
    if not title or not name:
        return False
    places = range(len(title) - len(name) + 1)
    if any(tuple(title[place : place + len(name)]) == tuple(name) for place in places):
        return True
    if tuple(name[: len(title)]) == tuple(title):
        return True
    # Names in addresses and handles stand without blanks: `acmepumps`, "MediaWiki".
    first, second = sorted(("".join(title), "".join(name)), key=len)
    if len(first) >= _SHORTEST and second.startswith(first) and 2 * len(first) > len(second):
        return True
    initials = "".join(word[0] for word in re.findall(r"\w+", whole))
    return len(title) == 1 and len(title[0]) >= _INITIALS and title[0] == initials
