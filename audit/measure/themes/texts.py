"""What one post says, ready to be counted: heading, summary and tags, without what says nothing."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from audit.model.site import Post

BREAK = ""
"""Stands between words that do not belong together: a full stop, or something taken out."""

SUMMARY = 500
"""Characters of a text that count as its summary."""

_TOKEN = re.compile(r"[^\W_]+(?:['’.&+-][^\W_]+)*|[^\w\s'’]")
_HASHTAG = re.compile(r"#(\w*[^\W\d_]\w*)")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|@\w+")
_CAMEL = re.compile(r"(?<=[a-zà-ž])(?=[A-ZÀ-Ž])|_")
"""Where a hashtag is split into its words: "HeatPumps", "heat_pumps"."""

_SERIES = re.compile(
    r"\b(?:part|teil|partie|parte|deel|del|episode|episodio|folge|vol(?:ume)?|ep|nr|no)\b\.?\s*"
    r"(?:\d+|[ivx]+\b)|#\s?\d+\b",
    re.I,
)
"""Marks of a series: "part 3", "Teil II", "Ep. 12", "#7"."""

_TEASER = re.compile(
    r"\b(?:read (?:more|on)|continue reading|learn more|weiterlesen|mehr (?:lesen|erfahren)|"
    r"lire la suite|en savoir plus|leer más|seguir leyendo|leggi tutto|continua a leggere|"
    r"lees (?:meer|verder)|leia mais|saiba mais|czytaj (?:więcej|dalej)|läs mer)\b"
    # What WordPress adds to each summary in a feed.
    r"|\bThe post .{1,300}? (?:appeared first on|first appeared on) .*",
    re.I | re.S,
)
_RUN = 4
"""Words in a row that make a phrase which a company puts below many of its posts."""

_OFTEN, _SEVERAL = 0.3, 5
"""Share of a company's posts, and their least number, from which such a phrase says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The words of one post, as written; `BREAK` parts what does not belong together.

    `place` is that of the post among the company's. `language` is a code, empty where it is not
    known: then the post takes part by its tags and by named topics alone.
    """

    company: str
    place: int
    url: str
    language: str
    heading: tuple[str, ...]
    summary: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def phrases(self) -> list[tuple[str, ...]]:
        """Return what the author put at the head of a post: the heading, then each tag."""
        return [self.heading, *map(words_of, self.tags)]


@lru_cache(20_000)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in their order; signs between them become `BREAK`."""
    return tuple(
        token if token[0].isalnum() else BREAK
        for token in _TOKEN.findall(_ADDRESS.sub(" . ", text))
    )


def text_of(post: Post, place: int, company: str, language: str, names: "Names") -> Text:
    """Return what a post says, without names of companies, series marks and teasers.

    A hashtag is split into its words and kept as a tag, too. The text of a post on a network often
    begins with its title, which then counts once.
    """
    body = post.text.removeprefix(post.title.removesuffix("…"))[:SUMMARY]
    hashtags = _HASHTAG.findall(f"{post.title} {body}")
    tags = (*post.tags, *(_CAMEL.sub(" ", tag) for tag in hashtags))
    return Text(
        company=company,
        place=place,
        url=post.url or post.title,
        language=language,
        heading=names.without(words_of(_plain(post.title))),
        summary=names.without(words_of(_plain(body))),
        tags=tuple(dict.fromkeys(tag for tag in tags if tag and not names.holds(tag))),
    )


def _plain(text: str) -> str:
    """Return a text without hashtags' signs, series marks and teasers."""
    text = _TEASER.sub(" . ", _SERIES.sub(" . ", text))
    return _HASHTAG.sub(lambda match: _CAMEL.sub(" ", match[1]), text)


class Names:
    """Names of companies, which tell who writes and not what about."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names and aliases of all companies of a run, and the names of their domains."""
        sequences = {_folded(words_of(name)) for name in names} - {()}
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for sequence in sorted(sequences, key=len, reverse=True):
            self._by_first.setdefault(sequence[0], []).append(sequence)

    def without(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return words with `BREAK` in place of each name."""
        low, kept, place = _folded(words), list[str](), 0
        while place < len(words):
            length = self._length(low, place)
            kept.append(BREAK if length else words[place])
            place += length or 1
        return tuple(kept)

    def holds(self, tag: str) -> bool:
        """Tell whether a tag is a name of a company and nothing else."""
        return not any(self.without(words_of(tag)))

    def _length(self, low: Sequence[str], place: int) -> int:
        """Return how many words the name that begins at a place has; 0 for none."""
        for sequence in self._by_first.get(low[place], ()):
            if tuple(low[place : place + len(sequence)]) == sequence:
                return len(sequence)
        return 0


def _folded(words: Sequence[str]) -> tuple[str, ...]:
    """Return words in small letters, without an English genitive."""
    return tuple(word.lower().removesuffix("'s").removesuffix("’s") for word in words)


def without_refrains(texts: Sequence[Text]) -> list[Text]:
    """Return texts without the phrases that a company puts below many of its posts.

    A phrase of four words in three of ten summaries (and five at least) is such a refrain.
    """
    counts: Counter[tuple[str, tuple[str, ...]]] = Counter()
    sizes = Counter(text.company for text in texts if text.summary)
    for text in texts:
        counts.update((text.company, run) for run in set(_runs(text.summary)) if all(run))
    refrains = {key for key, n in counts.items() if n >= _SEVERAL and n >= _OFTEN * sizes[key[0]]}
    return [_without(text, refrains) for text in texts] if refrains else list(texts)


def _without(text: Text, refrains: set[tuple[str, tuple[str, ...]]]) -> Text:
    """Return one text without refrains; the same object where it has none."""
    hits = [
        place for place, run in enumerate(_runs(text.summary)) if (text.company, run) in refrains
    ]
    if not hits:
        return text
    out = {place + offset for place in hits for offset in range(_RUN)}
    summary = tuple(BREAK if place in out else word for place, word in enumerate(text.summary))
    return replace(text, summary=summary)


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the runs of four words of a text, in order."""
    return zip(*(words[offset:] for offset in range(_RUN)), strict=False)
