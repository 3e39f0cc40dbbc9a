"""Tags that authors give their posts, so that spellings and inflections of one are one."""

from functools import lru_cache

from audit.measure.themes.lexicon import lexicon
from audit.measure.themes.texts import Text, words_of


@lru_cache(20_000)
def tag_key(tag: str) -> str:
    """Return what all inflections and spellings of a tag share: "heat pump" for "Heat-Pumps".

    Tags bear no language of their own, so that all are brought to stems as English is: what matters
    is that the same tag of two companies comes out alike.
    """
    words = (part for word in words_of(tag) for part in word.replace("-", " ").split())
    return " ".join(lexicon("en").key(word) for word in words)


def tags_of(text: Text) -> frozenset[str]:
    """Return the keys of a post's tags."""
    return frozenset(tag_key(tag) for tag in text.tags)
