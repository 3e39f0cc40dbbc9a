"""Tell which feature a link offers, from its words, its host and the end of its path."""

import re
from collections.abc import Iterator

from audit.model.facts import Area, Link
from scrapers.page.words import LinkWords
from scrapers.parse.urls import host_of, segments

MENUS = frozenset({Area.HEADER, Area.NAV, Area.FOOTER})
_READING = frozenset({Area.ARTICLE})
_FEATURES = {
    "forum": "forum",
    "wiki": "wiki",
    "help": "knowledge-base",
    "docs": "knowledge-base",
    "glossary": "knowledge-base",
    "newsletter": "newsletter",
    "reviews": "reviews",
    "podcast": "podcast",
    "events": "events",
    "calculator": "calculator",
    "configurator": "configurator",
    "api": "api",
    "embed": "embed",
    "brand": "brand-assets",
}
SUPPLIED = frozenset({"api", "embed", "brand-assets"})
"""What a site offers for use elsewhere."""

_IN_PHRASES = frozenset({"forum", "wiki", "knowledge-base", "newsletter", "podcast"})
"""Features that a menu may name within a longer phrase; events and reviews are too common words."""
_HOSTS = {
    "forum": re.compile(r"forums?|community|discuss|discourse|boards?"),
    "wiki": re.compile(r"wiki"),
    "knowledge-base": re.compile(
        r"docs?|documentation|help(?:desk|cent(?:er|re))?|faqs?|kb|knowledge(?:base)?"
        r"|support(?:cent(?:er|re))?|hilfe|aide|ayuda"
    ),
    "podcast": re.compile(r"podcasts?"),
}
_PERSONAL_HELP = re.compile(
    r"support|service|kund|contact|kontakt|assist|atenci|поддерж|サポート|支持|지원", re.I
)
_WRITTEN_HELP = re.compile(r"faq|knowledge|help|hilfe|aide|ayuda|docs|guide|cent(?:er|re)\b", re.I)
_NO_HELP = frozenset({"contact", "careers"})
_LISTING = frozenset({"tag", "tags", "category", "categories", "topic", "words", "author"})
_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|cfm)$")
_INITIALS = re.compile(r"\b(?:\w\.){2,}")
_SUBSCRIBE = re.compile(
    r"subscri|abonn|suscri|iscriv|prenumer|подпис|購読|订阅|訂閱|구독|اشترك", re.I
)
"""Words for subscribing in the languages in which addresses carry them too."""

_SHORT = 3
_NAMES = 4
"""Deeper addresses are pages of a part, hardly its door."""


def offered(link: Link, link_words: LinkWords) -> frozenset[str]:
    """The features whose door a link is; the caller knows whether the door is the company's."""
    parts = segments(link.url)
    if any(":" in part for part in parts[:-1]) and ":" not in parts[-1]:
        return frozenset()
    if not link.text or _LISTING & {part.lower() for part in parts}:
        return frozenset()
    text = _INITIALS.sub(lambda match: match.group().replace(".", ""), link.text)
    end = _end(parts)
    shallow = len(parts) <= 2 or link.area in MENUS
    host = set(_by_host(link.url)) if shallow else set()
    named = set(_features(link_words.exact(text), f"{text} {link.url}"))
    if link.area in _READING:
        return frozenset(host | (named & set(_features(link_words.of_text(end), end))))
    ending = set(_features(link_words.exact(end), end)) if len(parts) <= _NAMES else set()
    phrase = _in_phrase(text, end, link_words) if link.area in MENUS else set()
    if link.area in MENUS and _SUBSCRIBE.search(text) and _SUBSCRIBE.search(end):
        phrase.add("newsletter")
    other = {"api"} if "?" in link.url else set()
    if (link_words.exact(text) | link_words.exact(end)) & _NO_HELP:
        other.add("knowledge-base")
    return frozenset((host | named | ending | phrase) - other)


def _in_phrase(text: str, end: str, link_words: LinkWords) -> set[str]:
    """What the words of a menu speak of; help for somebody or something is no knowledge base."""
    found = _IN_PHRASES & set(_features(link_words.of_text(text), text))
    if len(text.split()) > _SHORT:
        found -= {"knowledge-base"}
    return set(found | ({"newsletter"} & set(_features(link_words.of_text(end), end))))


def _by_host(url: str) -> Iterator[str]:
    labels = host_of(url).partition(":")[0].split(".")[:-2]
    for feature, names in _HOSTS.items():
        if any(names.fullmatch(label) for label in labels):
            yield feature


def _features(sections: frozenset[str], words: str) -> Iterator[str]:
    """Help by persons is no knowledge base; help to read is."""
    for section in sections & _FEATURES.keys():
        by_persons = _PERSONAL_HELP.search(words) and not _WRITTEN_HELP.search(words)
        if section != "help" or not by_persons:
            yield _FEATURES[section]


def _end(parts: tuple[str, ...]) -> str:
    """The last name in a path, without `index.html` and the like."""
    names = [_ENDING.sub("", part) for part in parts]
    kept = [name for name in names if name.lower() not in ("index", "default")]
    return kept[-1] if kept else ""
