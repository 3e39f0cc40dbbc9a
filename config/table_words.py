"""Read by which words columns of foreign tables are known: `config/tables/columns.yaml`."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from config.names import folded
from config.quick_yaml import quickly_loaded

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where a word begins in a name of programs: followersCount."""

_SIGNS = re.compile(r"[^\w%ø]+|_+")
_NOT_DECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
_LATIN = 0x250


class TableField(StrEnum):
    """What a column of a table can hold; ASIDE is what the product compares nothing by."""

    COMPANY = "company"
    PROFILE = "profile"
    ADDRESS = "address"
    CHANNEL = "channel"
    MEASURE = "measure"
    VALUE = "value"
    ON = "on"
    START = "start"
    DAYS = "days"
    FOLLOWERS = "followers"
    POSTS = "posts"
    LAST_POST = "last_post"
    LIKES = "likes"
    COMMENTS = "comments"
    ABOUT = "about"
    POST_TITLE = "post_title"
    POSTED = "posted_on"
    ASIDE = "aside"


MEASURES = (
    *(TableField.FOLLOWERS, TableField.POSTS, TableField.LAST_POST),
    *(TableField.LIKES, TableField.COMMENTS, TableField.ABOUT),
)
"""The fields that a profile is told by."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TableWords:
    """The words of tables, each as `plain` has it.

    `fields` maps a whole heading to its field, `aside` are words of which one is enough; `per_post`
    and `last_posts` say of what a count is, `periods` how many days it covers, `days` are words
    behind a number of days, `spans` behind one of weeks or months with the days of one, `around`
    before it. `gains` in the title of a table tell that
    it counts new followers alone, `parts` in a column beside them by which way they came. `little`
    change nothing, `totals` begin a row of sums, `platforms` are names of platforms that the
    catalogue does not have.
    """

    fields: Mapping[str, TableField]
    aside: frozenset[str]
    per_post: tuple[str, ...]
    last_posts: tuple[str, ...]
    periods: Mapping[str, int]
    days: frozenset[str]
    spans: Mapping[str, int]
    around: frozenset[str]
    gains: frozenset[str]
    parts: frozenset[str]
    little: frozenset[str]
    totals: frozenset[str]
    platforms: Mapping[str, str]


@lru_cache(maxsize=8_192)
def plain(heading: str) -> str:
    """Return a heading as it is compared: small words without accents and signs.

    `Followers (total)`, `followers_total` and `FollowersTotal` are one.
    """
    small = folded(_HUMP.sub(" ", " ".join(heading.split()))).translate(_NOT_DECOMPOSED)
    return " ".join(_SIGNS.sub(" ", _without_accents(small)).split())


def _without_accents(text: str) -> str:
    """Return a text whose Latin letters have no accents; those of other scripts keep their own."""
    if text.isascii():
        return text
    kept = list[str]()
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        kept.append(parts[0] if ord(parts[0]) < _LATIN else letter)
    return "".join(kept)


@cache
def table_words() -> TableWords:
    """Return the words of tables, read once in a process."""
    text = (files("config") / "tables" / "columns.yaml").read_text("utf-8")
    content = quickly_loaded(text)
    if not isinstance(content, dict):
        raise TypeError("config/tables/columns.yaml is no mapping")
    columns: Mapping[str, Mapping[str, list[str]]] = content["columns"]
    return TableWords(
        fields=dict(_fields(columns)),
        aside=_plainly(word for words in columns[TableField.ASIDE].values() for word in words),
        per_post=_longest_first(content["per_post"]),
        last_posts=_longest_first(content["last_posts"]),
        periods=_by_length(_flat(content["periods"])),
        days=_plainly(content["days"]),
        spans=_by_length(_flat(content["spans"])),
        around=_plainly(content["around"]),
        gains=_plainly(content["gains"]),
        parts=_plainly(content["parts"]),
        little=_plainly(content["little"]),
        totals=_plainly(content["totals"]),
        platforms={word: str(name) for word, name in _flat(content["platforms"])},
    )


def _fields(columns: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, TableField]]:
    """Yield each heading with its field; where languages disagree the first in the file wins."""
    known = set[str]()
    for name, languages in columns.items():
        for word in _plainly(word for words in languages.values() for word in words):
            if word not in known:
                known.add(word)
                yield word, TableField(name)


def _plainly(words: Iterable[object]) -> frozenset[str]:
    """Return words as they are compared."""
    return frozenset(plain(str(word)) for word in words) - {""}


def _longest_first(words: Iterable[object]) -> tuple[str, ...]:
    """Return words as they are compared, so that no word is taken for a part of a longer one."""
    return tuple(sorted(_plainly(words), key=lambda word: (-len(word), word)))


def _flat(words: Mapping[object, list[object]]) -> Iterator[tuple[str, object]]:
    """Yield each word of a mapping of lists with the key of its list."""
    for key, row in words.items():
        for word in row:
            yield plain(str(word)), key


def _by_length(words: Iterable[tuple[str, object]]) -> Mapping[str, int]:
    """Return the days of each word, the longest word first."""
    return {word: int(str(days)) for word, days in sorted(words, key=lambda pair: -len(pair[0]))}
