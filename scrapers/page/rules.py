"""The catalogue, compiled once a run into what pages are matched against."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.model.catalogue import Catalogue
from scrapers.page.addresses import PlatformIndex
from scrapers.page.index import SignalIndex
from scrapers.page.names import plain, plain_words
from scrapers.page.whose_words import WhoseWords
from scrapers.page.words import LinkWords, link_words
from scrapers.parse.date_words import DateWords, date_words

Hint = tuple[str, str, str, str]
"""Where a widget tells something to a platform's reader: (platform, name, class, attribute)."""


@dataclass(frozen=True, slots=True, init=False)
class Rules:
    """The compiled catalogue: `platforms` by address, `signals` by place, `words` of links.

    `whose` are its words that tell whose the profiles beside them are, `dates` those beside dates.
    `hints` are handed in, so that reading a page needs no platform's reader. `vendors` are the
    names, in plain letters, of those that the catalogue knows as hosts and makers of websites.
    `embedded_words` are the phrases, each with blanks around it, by which an address tells the
    feature of the service that it is of; `frame_words` those that tell it of a frame alone.
    """

    catalogue: Catalogue
    platforms: PlatformIndex
    signals: SignalIndex
    words: LinkWords
    whose: WhoseWords
    dates: DateWords
    hints: tuple[Hint, ...]
    vendors: frozenset[str]
    embedded_words: Mapping[str, tuple[str, ...]]
    frame_words: Mapping[str, tuple[str, ...]]

    def __init__(self, catalogue: Catalogue, hints: Sequence[Hint] = ()) -> None:
        """Compile a catalogue, and take what the platforms want to know of a site's widgets."""
        shared = catalogue.hosted | catalogue.infrastructure
        object.__setattr__(self, "hints", tuple(hints))
        object.__setattr__(self, "catalogue", catalogue)
        object.__setattr__(self, "platforms", PlatformIndex(catalogue.platforms))
        signals = SignalIndex(
            catalogue.features, shared, catalogue.infrastructure, catalogue.hosted
        )
        object.__setattr__(self, "signals", signals)
        object.__setattr__(self, "words", link_words(catalogue.vocabulary))
        object.__setattr__(self, "whose", WhoseWords(catalogue.vocabulary))
        object.__setattr__(self, "dates", date_words(catalogue.vocabulary))
        object.__setattr__(self, "vendors", frozenset(_vendors(catalogue)))
        object.__setattr__(self, "embedded_words", _apart(catalogue.embedded_words))
        object.__setattr__(self, "frame_words", _apart(catalogue.frame_words))

    @property
    def headers(self) -> frozenset[str]:
        """Return the names of the headers that a rule looks at."""
        return frozenset(self.signals.headers)


def _apart(words: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Return phrases by feature with blanks around them, so that they are met as whole words."""
    return {
        feature: tuple(f" {plain_words(phrase)} " for phrase in phrases)
        for feature, phrases in words.items()
    }


def _vendors(catalogue: Catalogue) -> Iterator[str]:
    """Yield the names of platforms, of hosts of websites and of what is embedded in them."""
    for platform in catalogue.platforms:
        yield from (plain(platform.name), plain(platform.title))
    yield from (plain(host.partition(".")[0]) for host in catalogue.hosted)
    yield from (plain(rule.vendor) for rule in catalogue.features if rule.vendor)
