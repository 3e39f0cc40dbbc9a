"""What an address is worth to a visit with a small budget, and which are worth nothing."""

from collections.abc import Mapping

from audit.model.facts import Area
from audit.model.value import Reason
from scrapers.parse.urls import segments
from scrapers.site.kinds import KINDS

WORTH: Mapping[str, int] = {
    **{word: worth for kind in KINDS.values() for word, worth in kind.words.items()},
    "community": 25,
    "contact": 26,
    "about": 27,
    "help": 28,
    "docs": 29,
    "newsletter": 30,
    "reviews": 31,
    "events": 33,
    "subscribe": 34,
    "careers": 35,
    "glossary": 36,
    "case_studies": 37,
    "calculator": 37,
    "configurator": 37,
}
"""Sections of the vocabulary, by the order in which addresses that they name are asked for."""

START, POINTED, FRAME, SITEMAP, FEED, SOURCE, FURTHER = 0, 1, 2, 5, 10, 12, 13
PAGING, DATING, GUESSED, SAMPLE, OTHER, MAPPED = 24, 26, 40, 45, 60, 70
"""The order of other requests; a lower number goes first."""

POSTS_FOR_DATES = 10
"""Post pages opened where the index shows no dates."""

POSTS_FOR_FEATURES = 2
"""Post pages opened to see comments, authors and share buttons."""

MENUS = frozenset({Area.HEADER, Area.NAV, Area.FOOTER})
"""Areas of a page in which a site links to its own parts."""

BINARY = frozenset(
    {
        *("jpg", "jpeg", "png", "gif", "svg", "webp", "ico", "bmp", "avif", "pdf", "zip", "gz"),
        *("tar", "rar", "7z", "exe", "dmg", "apk", "msi", "mp3", "mp4", "m4a", "avi", "mov", "wav"),
        *("ogg", "webm", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "csv", "css", "js", "woff"),
        *("woff2", "ttf", "eot", "ics", "vcf", "epub", "psd", "ai", "eps", "swf", "torrent"),
    }
)
"""Endings of files that are no pages."""

USELESS = frozenset(
    {
        *("login", "signin", "sign-in", "signup", "sign-up", "register", "logout"),
        *("cart", "basket", "checkout", "wishlist", "warenkorb", "kasse", "panier", "carrito"),
        *("account", "my-account", "search", "suche", "print", "share", "compare", "calendar"),
        *("wp-admin", "wp-login.php", "wp-json", "cgi-bin", "cdn-cgi", "replytocom"),
        *("tag", "tags", "author"),
    }
)
"""Segments of addresses that hold nothing new for anybody, or nothing for a guest."""

PARTIAL = frozenset({"category", "tag", "author", "tags", "categories", "autor", "kategorie"})
"""Segments of addresses that show a part of a section, which its index holds anyway."""

FEED_ENDINGS = ("/feed", "/feed.xml", "/rss.xml", "/atom.xml", "/rss", "/index.xml", "/feed.json")

_MISHAPS = frozenset(
    {Reason.TIMEOUT, Reason.CONNECTION, Reason.TOO_LARGE, Reason.BAD_CONTENT, Reason.INTERNAL_ERROR}
)
"""Why one page of an index may fail and the others come."""


def worth_of(sections: frozenset[str]) -> int:
    """Return the worth of an address that names these sections: that of the best of them."""
    return min(WORTH.get(section, OTHER) for section in sections)


def is_useless(url: str) -> bool:
    """Tell whether an address holds nothing for anybody, or nothing for a guest, or is a file."""
    parts = [part.lower() for part in segments(url)]
    if USELESS.intersection(parts) or (parts and parts[-1].rpartition(".")[2] in BINARY):
        return True
    # Feeds of single posts, shopping carts, and what wikis do with a page: edits, old versions.
    return any(part in url.lower() for part in ("/feed/", "add-to-cart", "action=", "oldid="))


def is_mishap(reason: Reason) -> bool:
    """Tell whether a page failed though it is there and may be asked for, so that others may come.

    A page that is gone ends an index, and a refusal is meant for its other pages too.
    """
    return reason in _MISHAPS or reason.startswith("http-5")


def sitemap_worth(url: str) -> tuple[int, str]:
    """Return what sitemaps are sorted by: those of posts and news come first."""
    of_posts = any(word in url.lower() for word in ("post", "blog", "news", "article"))
    return (0 if of_posts else 1, url)
