"""The user's own topics: posts that hold one of their keywords, in any inflection."""

from collections.abc import Iterator, Sequence

from audit.measure.themes.lexicon import Lexicon, lexicon
from audit.measure.themes.texts import Text, words_of
from audit.model.company import Theme as NamedTheme

_COMPOUNDING = frozenset({"da", "de", "fi", "hu", "is", "nb", "nl", "nn", "no", "sv"})
"""Languages that write "pump maintenance" as one word: a keyword may be a part of a word there."""

_PART = 5
"""Letters that a keyword needs to be looked for within words."""

_NO_SPACES = frozenset({"ja", "lo", "km", "my", "th", "zh"})
"""Languages that are written without spaces: a keyword may stand anywhere in a text."""


def named(themes: Sequence[NamedTheme], text: Text) -> frozenset[str]:
    """Return the names of those of the user's topics that a post is on, none to all of them."""
    if not themes:
        return frozenset()
    parts = [(*text.heading,), text.summary, *map(words_of, text.tags)]
    of = lexicon(text.language)
    stems = [[of.key(word) for word in part] for part in parts]
    return frozenset(
        theme.name
        for theme in themes
        if any(_holds(keyword, parts, stems, of) for keyword in theme.keywords)
    )


def _holds(
    keyword: str, parts: Sequence[Sequence[str]], stems: Sequence[Sequence[str]], of: Lexicon
) -> bool:
    """Tell whether a keyword stands in a post: as stems in a row, or as a part of a word."""
    wanted = [of.key(word) for word in words_of(keyword) if word]
    if not wanted:
        return False
    if any(wanted == list(run) for part in stems for run in _runs(part, len(wanted))):
        return True
    low = keyword.lower()
    if of.language in _NO_SPACES:
        return any(low in "".join(part).lower() for part in parts)
    if of.language not in _COMPOUNDING or len(wanted) > 1 or len(wanted[0]) < _PART:
        return False
    return any(wanted[0] in word.lower() for part in parts for word in part)


def _runs(part: Sequence[str], length: int) -> Iterator[Sequence[str]]:
    """Yield the runs of so many words of a text."""
    return (part[begin : begin + length] for begin in range(len(part) - length + 1))
