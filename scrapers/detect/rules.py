"""The catalogue, compiled once a run into what pages are matched against."""

from dataclasses import dataclass

from audit.model.catalogue import Catalogue
from scrapers.detect.index import SignalIndex
from scrapers.detect.platforms import PlatformIndex
from scrapers.detect.words import Topics


@dataclass(frozen=True, slots=True, init=False)
class Rules:
    """The compiled catalogue: links by platform, signals by place, words by what they name."""

    catalogue: Catalogue
    platforms: PlatformIndex
    signals: SignalIndex
    topics: Topics

    def __init__(self, catalogue: Catalogue) -> None:
        """Compile a catalogue."""
        object.__setattr__(self, "catalogue", catalogue)
        object.__setattr__(self, "platforms", PlatformIndex(catalogue.platforms))
        object.__setattr__(self, "signals", SignalIndex(catalogue.features))
        object.__setattr__(self, "topics", Topics(catalogue.vocabulary))
