"""Tell what a link is about from its words and its path, in every language of the vocabulary."""

import re
from functools import lru_cache

from audit.model.catalogue import Vocabulary
from scrapers.page.names import folded
from scrapers.parse.urls import host_of, segments

_SPLIT = re.compile(r"[\W_]+")
COMPACT = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Signs of Thai, Japanese, Chinese and Korean, which write words without spaces between them."""

_SCRIPT_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|cfm)$")
COUNTED = "count_"
"""Before the name of a section of words for what is counted (threads, posts), not linked to."""

ACTS = frozenset({"edit", "history", "stars", "closed"})
"""Sections of words for what one does with a page, or reads there; they name no part of a site."""

MAX_WORDS = 5
"""Longer link texts are sentences or titles, not the name of a part of the site."""


class LinkWords:
    """The vocabulary, turned round: from the phrases of links to its sections.

    A section is a part of a site by its key in `vocabulary.yaml`: `blog`, `news`, `help`, `careers`
    … `of_text` and `of_url` remember their last answers, as links repeat on every page of a site.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Index the phrases of all languages."""
        self._phrases: dict[str, set[str]] = {}
        self._scripts: list[tuple[str, str]] = []
        for section, phrases in vocabulary.sections.items():
            if section.startswith(COUNTED) or section in ACTS:
                continue
            for phrase in phrases:
                self._phrases.setdefault(_plain(phrase), set()).add(section)
                if COMPACT.search(phrase):
                    self._scripts.append((phrase, section))
        self._sections = vocabulary.sections
        # Caches of this object: on the methods themselves they would keep every vocabulary alive.
        self.of_text = lru_cache(maxsize=20_000)(self._of_text)
        self.of_url = lru_cache(maxsize=20_000)(self._of_url)

    def _of_text(self, text: str) -> frozenset[str]:
        """Return the sections that words within a link text name, as in "Visit our blog".

        None for more than five words. Phrases of scripts without spaces count wherever they stand.
        """
        words = _plain(text).split()
        if not words or len(words) > MAX_WORDS:
            return frozenset()
        sections: set[str] = set()
        for size in range(len(words), 0, -1):
            for start in range(len(words) - size + 1):
                sections |= self._phrases.get(" ".join(words[start : start + size]), set())
        sections |= {section for phrase, section in self._scripts if phrase in text}
        return frozenset(sections)

    def phrases(self, section: str) -> tuple[str, ...]:
        """Return all phrases of a section, as the vocabulary writes them."""
        return self._sections.get(section, ())

    def exact(self, text: str) -> frozenset[str]:
        """Return the sections that a link text names and nothing else, as in "Blog →"."""
        return frozenset(self._phrases.get(_plain(text), ()))

    def _of_url(self, url: str) -> frozenset[str]:
        """Return the sections that an address names by a label of its host or a part of its path.

        The first three segments count, without an ending such as `.html`; the domain does not.
        """
        sections: set[str] = set()
        labels = host_of(url).partition(":")[0].split(".")[:-2]
        for part in (*labels, *segments(url)[:3]):
            sections |= self._phrases.get(_plain(_SCRIPT_ENDING.sub("", part)), set())
        return frozenset(sections)


@lru_cache(maxsize=50_000)
def _plain(text: str) -> str:
    """Return the words of a text alone: lower case, without accents and signs."""
    return " ".join(_SPLIT.split(folded(text))).strip()
