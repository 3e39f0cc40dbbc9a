"""A theme while it is looked for: its name, the words and the tags that put a post on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from audit.measure.themes.corpus import keys_of
from audit.measure.themes.discovery import Vector
from audit.measure.themes.lexicon import lexicon
from audit.measure.themes.tags import tag_key
from audit.measure.themes.texts import words_of
from audit.model.topics import Topic, TopicKind, TopicWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme: `vectors` by language, `tags` (by `tag_key`) that put a post on it at once."""

    name: str
    kind: TopicKind
    language: str
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()

    @property
    def topic(self) -> Topic:
        """Return the theme as it is kept with the run."""
        words = (
            TopicWords(
                language=language,
                weights=tuple((key, round(weight, 4)) for key, weight in vector.items()),
            )
            for language, vector in sorted(self.vectors.items())
        )
        return Topic(name=self.name, kind=self.kind, language=self.language, words=tuple(words))


def kept(topics: Iterable[Topic]) -> list[Theme]:
    """Return the themes of the run before, under their names; the user's own are not among them."""
    return [
        Theme(
            name=topic.name,
            kind=topic.kind,
            language=topic.language,
            vectors={words.language: dict(words.weights) for words in topic.words},
            tags=frozenset({tag_key(topic.name)}),
        )
        for topic in topics
        if topic.kind is not TopicKind.NAMED
    ]


@lru_cache(20_000)
def is_telling(tag: str, language: str) -> bool:
    """Tell whether a tag names a subject, and no year, place in the site or kind of post."""
    letters = sum(letter.isalpha() for letter in tag)
    if letters < 2 or not words_of(tag):
        return False
    return any(keys_of(words_of(tag), lexicon(language), 1)) and any(
        keys_of(words_of(tag), lexicon("en"), 1)
    )
