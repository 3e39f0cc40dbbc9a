"""Tell which feature a link offers, from its words, its host and the end of its path."""

import re
from collections.abc import Iterator

from audit.model.facts import Area, Link
from scrapers.page.words import LinkWords
from scrapers.parse.urls import host_of, segments
from scrapers.site.worth import MENUS

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
"""Sections of the vocabulary, and the feature that a link with their words leads to."""

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
"""Labels of a host that name a feature, as in `community.acme.example`."""

_PERSONAL_HELP = re.compile(
    r"support|service|kund|contact|kontakt|assist|atenci|поддерж|サポート|支持|지원", re.I
)
_WRITTEN_HELP = re.compile(r"faq|knowledge|help|hilfe|aide|ayuda|docs|guide|cent(?:er|re)\b", re.I)
_NO_HELP = frozenset({"contact", "careers"})
_LISTING = frozenset({"tag", "tags", "category", "categories", "topic", "topics", "author"})
"""Segments of addresses that list the posts of one keyword; `/tags/podcast` is no podcast."""

_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|cfm)$")
_INITIALS = re.compile(r"\b(?:\w\.){2,}")
"""Initials with dots: "F.A.Q." is read as "FAQ"."""

_SUBSCRIBE = re.compile(
    r"subscri|abonn|suscri|iscriv|prenumer|подпис|購読|订阅|訂閱|구독|اشترك", re.I
)
"""Words for subscribing in the languages in which addresses carry them too."""

_SHORT = 3
"""Words of a phrase that may name a knowledge base: "Help for small farms in need" does not."""

_DEPTH = 4
"""Deeper addresses are pages of a part, hardly its door."""


def offered(link: Link, link_words: LinkWords) -> frozenset[str]:
    """Return the features whose door a link is; the caller knows whether it is the company's.

    A link in running text tells little by its words: there its host counts, or words and address
    together.
    """
    parts = segments(link.url)
    # Addresses such as `/Special:Login/x` are pages of a wiki's software, not parts of the site.
    if any(":" in part for part in parts[:-1]) and ":" not in parts[-1]:
        return frozenset()
    if not link.text or _LISTING & {part.lower() for part in parts}:
        return frozenset()
    text = _INITIALS.sub(lambda match: match.group().replace(".", ""), link.text)
    end = _end(parts)
    in_menu = link.area in MENUS
    by_host = set(_by_host(link.url)) if in_menu or len(parts) <= 2 else set()
    by_text = set(_features(link_words.exact(text), f"{text} {link.url}"))
    # "A forum of farmers" in an article, on /2026/forum/, is a text and no forum.
    if link.area is Area.ARTICLE:
        return frozenset(by_host | (by_text & set(_features(link_words.of_text(end), end))))
    by_end = set(_features(link_words.exact(end), end)) if len(parts) <= _DEPTH else set()
    by_phrase = _in_phrase(text, end, link_words) if in_menu else set()
    # Words and address: "Subscribe" alone may lead to /register.
    if in_menu and _SUBSCRIBE.search(text) and _SUBSCRIBE.search(end):
        by_phrase.add("newsletter")
    excluded = {"api"} if "?" in link.url else set()
    # "Help" that leads to /contact-us/, and a job called "Help wanted", are no knowledge base.
    if (link_words.exact(text) | link_words.exact(end)) & _NO_HELP:
        excluded.add("knowledge-base")
    return frozenset((by_host | by_text | by_end | by_phrase) - excluded)


def _in_phrase(text: str, end: str, link_words: LinkWords) -> set[str]:
    """Return what the words of a menu speak of, such as "Sign up to newsletter".

    Help for somebody or something is no knowledge base.
    """
    features = _IN_PHRASES & set(_features(link_words.of_text(text), text))
    if len(text.split()) > _SHORT:
        features -= {"knowledge-base"}
    by_end = {"newsletter"} & set(_features(link_words.of_text(end), end))
    return set(features | by_end)


def _by_host(url: str) -> Iterator[str]:
    """Yield the features that a label of the host names, the domain itself left out."""
    labels = host_of(url).partition(":")[0].split(".")[:-2]
    for feature, names in _HOSTS.items():
        if any(names.fullmatch(label) for label in labels):
            yield feature


def _features(sections: frozenset[str], words: str) -> Iterator[str]:
    """Yield the features that sections of the vocabulary stand for.

    Help by persons ("Support", "Kundendienst") is no knowledge base; help to read is.
    """
    for section in sections & _FEATURES.keys():
        by_persons = _PERSONAL_HELP.search(words) and not _WRITTEN_HELP.search(words)
        if section != "help" or not by_persons:
            yield _FEATURES[section]


def _end(parts: tuple[str, ...]) -> str:
    """Return the last name in a path, without `index.html` and the like; "" where there is none."""
    names = [_ENDING.sub("", part) for part in parts]
    kept = [name for name in names if name.lower() not in ("index", "default")]
    return kept[-1] if kept else ""
