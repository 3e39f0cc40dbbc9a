"""Tell what a link is about from its words and its path, in every language of the vocabulary."""

import re
from functools import lru_cache

from audit.model.catalogue import Vocabulary
from scrapers.page.names import folded
from scrapers.parse.urls import host_of, segments

_SPLIT = re.compile(r"[\W_]+")
_CJK = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
COUNTED = "count_"
"""Before the name of a section of words for what is counted (threads, posts), not linked to."""

ACTS = frozenset({"edit", "history"})
"""Sections of words for what one does with a page; they name no part of a site."""

MAX_WORDS = 5
"""Longer link texts are sentences or titles, not the name of a part of the site."""


class LinkWords:
    """The vocabulary, turned round: phrase → sections."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Index the phrases of all languages."""
        self._phrases: dict[str, set[str]] = {}
        self._scripts: list[tuple[str, str]] = []
        for section, phrases in vocabulary.sections.items():
            if section.startswith(COUNTED) or section in ACTS:
                continue
            for phrase in phrases:
                plain = _plain(phrase)
                self._phrases.setdefault(plain, set()).add(section)
                if _CJK.search(phrase):
                    self._scripts.append((phrase, section))
        self._sections = vocabulary.sections
        self.of_text = lru_cache(maxsize=20_000)(self._of_text)
        self.of_url = lru_cache(maxsize=20_000)(self._of_url)

    def _of_text(self, text: str) -> frozenset[str]:
        """The sections that a link text names: as a whole, or by its first or last words."""
        words = _plain(text).split()
        if not words or len(words) > MAX_WORDS:
            return frozenset()
        found: set[str] = set()
        for size in range(len(words), 0, -1):
            for start in range(len(words) - size + 1):
                found |= self._phrases.get(" ".join(words[start : start + size]), set())
        found |= {section for phrase, section in self._scripts if phrase in text}
        return frozenset(found)

    def phrases(self, section: str) -> tuple[str, ...]:
        """All phrases of a section, as the vocabulary writes them."""
        return self._sections.get(section, ())

    def exact(self, text: str) -> frozenset[str]:
        """The sections that a link text names and nothing else."""
        return frozenset(self._phrases.get(_plain(text), ()))

    def _of_url(self, url: str) -> frozenset[str]:
        """The sections that an address names: a label of its host, or a segment of its path."""
        found: set[str] = set()
        labels = host_of(url).partition(":")[0].split(".")[:-2]
        for part in (*labels, *segments(url)[:3]):
            plain = _plain(re.sub(r"\.(?:html?|php|aspx?|jsp|cfm)$", "", part))
            found |= self._phrases.get(plain, set())
        return frozenset(found)


@lru_cache(maxsize=50_000)
def _plain(text: str) -> str:
    return " ".join(_SPLIT.split(folded(text))).strip()
