"""Whose a profile is, in words: what speaks for it, and what against it."""

from collections.abc import Mapping, Sequence

from audit.model.channel import OwnershipPart
from audit.model.facts import Area, ChannelSource

_PLACES: Mapping[str, str] = {
    Area.HEADER: "at the head of the site",
    Area.NAV: "in the menu",
    Area.FOOTER: "in the foot of the site",
    Area.ASIDE: "in a side column",
    Area.ARTICLE: "in an article",
    Area.COMMENT: "in a comment",
    Area.MAIN: "in running text",
}
_SOURCES: Mapping[str, str] = {
    ChannelSource.LINK: "linked {}",
    ChannelSource.REL_ME: "linked as their own {}",
    ChannelSource.PLUGIN: "shown by a widget {}",
    ChannelSource.SAME_AS: "named in the site's own data",
    ChannelSource.META: "named in the page's own data",
    ChannelSource.INLINE: "named in a script of the page",
    ChannelSource.WIKIDATA: "named by Wikidata",
    ChannelSource.WEBFINGER: "named by their own domain",
    ChannelSource.PROFILE: "named by another profile of theirs",
    ChannelSource.SAVED: "a saved page of it links to the site",
}
"""How a site or somebody else names a profile; what stands for a place is put in."""

_WORDS: Mapping[str, str] = {
    "named in competitors.yaml": "named in the list",
    "one of many of its kind": "among many of the same kind",
    "a mention": "mentioned in passing",
    "a person's": "it is a person's",
    "of who wrote the page": "it is that of the page's author",
    "on one page only": "on one page alone",
    "a listing, not a channel": "a page about them, not of them",
    "a vendor's own account": "it is that of a vendor",
    "the account of whoever hosts the site": "it is that of whoever hosts the site",
    "another organisation's": "it is another organisation's",
    "credited as who made it": "it is that of who made the site",
}
"""Parts whose names in the results file a reader would have to guess at."""


def ownership_words(parts: Sequence[OwnershipPart]) -> str:
    """Return what speaks for a profile and what against it, the heaviest first.

    "linked in the foot of the site, links back to the site; but on one page alone". Where nothing
    speaks for it: "only linked in running text, among many of the same kind".
    """
    by_weight = sorted(parts, key=lambda part: -abs(part.weight))
    speaking = [_in_words(part.name) for part in by_weight if part.weight > 0]
    against = [_in_words(part.name) for part in by_weight if part.weight <= 0]
    if not against:
        return ", ".join(speaking)
    if not speaking:
        return f"only {', '.join(against)}"
    return f"{', '.join(speaking)}; but {', '.join(against)}"


def _in_words(name: str) -> str:
    """Return a part in words; `link in footer` tells a source and a place."""
    source, joint, place = name.partition(" in ")
    if joint and source in _SOURCES and place in _PLACES:
        return _SOURCES[source].format(_PLACES[place])
    return _WORDS.get(name, name)
