"""How well a profile's handle fits a company's names."""

import re
import unicodedata
from collections.abc import Iterable

from scrapers.parse.remembered import remembered

_LONG = 200
"""Characters of a name or handle that are read."""

_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(r"[a-z0-9]+|[^\W\d_a-z]+")
_FILLER = frozenset(
    {
        *("the", "and", "for", "of", "inc", "ltd", "llc", "gmbh", "ag", "se", "co", "corp"),
        *("company", "group", "official", "hq", "com", "org", "net", "www", "limited", "sa"),
        *("srl", "spa", "bv", "ab", "as", "oy", "kg", "plc", "pty", "uk", "us", "usa", "eu"),
        *("de", "fr", "it", "es", "io", "und", "et", "y", "e", "der", "die", "das", "le", "la"),
        *("les", "el", "app", "team", "get"),
    }
)
"""Words that many names hold: articles, legal forms, countries, and what handles add."""


@remembered(8_192)
def folded(text: str) -> str:
    """Return a text in lower case and without accents: "Größe" becomes "grosse"."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


def plain(text: str) -> str:
    """Return the letters and digits of a text alone: "@Acme_Pumps" is "acmepumps"."""
    return re.sub(r"[^\w]|_", "", folded(text[:_LONG]))


def plain_words(text: str) -> str:
    """Return the words of a text with blanks between them, without capitals, accents and signs."""
    return " ".join(_PLAIN_WORD.findall(folded(text)))


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a name that tell it from others: "The Acme Group" is "acme"."""
    return _read(text)[0]


@remembered(8_192)
def _read(name: str) -> tuple[tuple[str, ...], str, str]:
    """Return the words of a name that tell it from others, the same in one, and its initials.

    A name of filler words alone keeps all of them. Kept for the last names, since each is compared
    with every handle on a site.
    """
    words = tuple(_WORD.findall(folded(name[:_LONG])))
    telling = tuple(word for word in words if word not in _FILLER) or words
    return telling, "".join(telling), "".join(word[0] for word in words)


def fit(handle: str, names: Iterable[str]) -> float:
    """Return how well a handle fits the best of the names, in 0..1.

    1 for the same letters, high where one contains the other, middling for shared long words
    and for initials, 0 for nothing in common: `acmepumpsde` fits "Acme Pumps GmbH" with 0.9,
    `dpga` "Digital Public Goods Alliance" with 0.6. A number is nobody's name.
    """
    # "The Acme Group" may be @theacmegroup or @acmegroup.
    bare = plain(handle).removeprefix("the")
    if bare.isdigit() or len(bare) < 2:
        return 0.0
    return max((_fit(bare, name) for name in names if name), default=0.0)


def _fit(handle: str, name: str) -> float:
    """Return how well a handle, in plain letters, fits one name: the best of several measures."""
    words, whole, initials = _read(name)
    if len(whole) < 2:
        return 0.0
    shorter, longer = sorted((handle, whole), key=len)
    if len(shorter) >= 4 and shorter in longer:
        return 0.6 + 0.4 * len(shorter) / len(longer)
    if handle == whole:
        return 1.0
    shared = [word for word in words if len(word) >= 4 and word in handle]
    return max(
        0.6 if len(shorter) >= 3 and longer.startswith(shorter) else 0.0,
        min(0.8, 0.3 + 0.6 * sum(map(len, shared)) / len(whole)) if shared else 0.0,
        0.6 if len(initials) >= 3 and handle.startswith(initials) else 0.0,
        0.5 if _common_start(handle, whole) >= 5 else 0.0,
    )


def _common_start(first: str, second: str) -> int:
    """Return how many letters two texts have in common at their beginning."""
    count = 0
    for left, right in zip(first, second, strict=False):
        if left != right:
            break
        count += 1
    return count
