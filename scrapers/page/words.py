"""Tell what a link is about from its words and its path, in every language of the vocabulary."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from audit.model.catalogue import Vocabulary
from scrapers.page.names import folded
from scrapers.parse.remembered import remembered
from scrapers.parse.urls import host_of, segments

_SPLIT = re.compile(r"[\W_]+")
COMPACT = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Signs of Thai, Japanese, Chinese and Korean, which write words without spaces between them."""

_SCRIPT_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|cfm)$")
COUNTED = "count_"
"""Before the name of a section of words for what is counted (threads, posts), not linked to."""

DATED = "date_"
"""Before the name of a section of words that stand beside dates."""

WHOSE = "whose_"
"""Before the name of a section of words that tell whose the profiles beside them are."""

ACTS = frozenset({"edit", "history", "stars", "closed", "questions", "talk", "search"})
"""Sections of words for what one does with a page, or reads there; they name no part of a site."""

MAX_WORDS = 5
"""Longer link texts are sentences or titles, not the name of a part of the site."""

ENGLISH = "en"
"""The language whose words sites of every language use in their menus."""

_ENOUGH_WORDS = 3
"""Different words of one language in the links of a page that show it to be spoken there."""

_JOINED = re.compile(r"[&+|/·•]| (?:and|und|et|y|e|en|och|og|и|та|és|ve) ", re.I)
"""What joins the names of two parts of a site, as in "News & Events".

Not the `a` and `i` of Slavic languages, which stand in English texts.
"""

BESIDE = frozenset(
    {
        *("the", "our", "my", "all", "more", "read", "visit", "view", "see", "to", "of"),
        *("official", "company", "corporate", "by", "from", "browse", "explore", "go", "at", "s"),
        *("der", "die", "das", "des", "unser", "unsere", "unserem", "mein", "zum", "zur", "alle"),
        *("von", "vom", "le", "la", "les", "l", "d", "notre", "nos", "tout", "toutes", "tous"),
        *("du", "sur", "chez"),
        *("el", "los", "las", "nuestro", "nuestra", "nuestras", "nuestros", "todas", "todos"),
        *("de", "del", "il", "lo", "i", "gli", "nostro", "nostra", "nostre", "nostri", "tutte"),
        *("tutti", "di", "della", "o", "os", "as", "do", "da", "nosso", "nossa", "nossas"),
        *("ons", "onze", "het", "naar", "van", "var", "vara", "vores", "nasz", "nasze", "nase"),
        *("nas", "alla", "till", "til", "av", "af", "наш", "наши", "все", "наші", "всі"),
        *("further", "show", "mehr", "weitere", "zeigen", "anzeigen", "ansehen", "lesen"),
        *("voir", "plus", "lire", "autres", "decouvrir", "ver", "mas", "leer", "otras", "otros"),
        *("vedi", "leggi", "scopri", "altre", "altri", "piu", "mais", "leia", "veja", "outras"),
        *("se", "flere", "fler", "vis", "visa", "laes", "las", "les", "mere", "mer", "bekijk"),
        *("lees", "meer", "toon", "zobacz", "wszystkie", "wiecej", "czytaj", "zobrazit", "dalsi"),
        *("vsechny", "vice", "vsetky", "viac", "osszes", "tovabbi", "vezi", "toate", "multe"),
        *("tum", "daha", "fazla", "diger", "kaikki", "lisaa", "katso", "lue", "еще", "другие"),
        *("читать", "смотреть", "усі", "більше", "інші", "ολα", "ολες", "περισσοτερα", "δειτε"),
    }
)
"""Words beside a name that name nothing, without accents: articles, "our", "all", "more", "of"."""

_TELLING = frozenset(
    {
        *("blog", "blogs", "weblog", "blogg", "bloggen", "blogue", "newsroom", "podcast"),
        *("podcasts", "wiki", "forum", "forums", "newsletter", "newsletters", "faq", "faqs"),
        *("блог", "подкаст", "форум", "вики"),
    }
)
"""Words that name a part of a site at the end of a longer name too: "Acme 7 Blog"."""

_IN_ADDRESSES = frozenset({"blog", "news"})
"""Sections whose telling words count in a part of an address, as in `/dev-blog/`.

Addresses of articles end in words such as "podcast" and "forum", too.
"""

_LONGEST_NAME = 60
"""Characters of the longest name of a part of a site."""

_NAME_WORDS = 3
"""Words of a longer name that ends in a telling word; "How to start a blog" has more."""

_ADVICE = frozenset(
    {"a", "an", "how", "your", "start", "create", "write", "ein", "un", "une", "um"}
)
"""Words of texts about a thing, not of its name: "Start a blog"."""

_RUN_TOGETHER = re.compile(r"[a-z]{2,12}blogs?")
"""A name that ends in a word for a blog without a sign between them, such as `devblog`."""


class LinkWords:
    """The vocabulary, turned round: from the phrases of links to its sections.

    A section is a part of a site by its key in `vocabulary.yaml`: `blog`, `news`, `help`, `careers`
    … `of_text` and `of_url` remember their last answers, as links repeat on every page of a site.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Index the phrases of all languages."""
        self._phrases: dict[str, set[str]] = {}
        self._languages = _languages_of(vocabulary)
        self._scripts: list[tuple[str, str]] = []
        for section, phrases in vocabulary.sections.items():
            if section.startswith((COUNTED, DATED, WHOSE)) or section in ACTS:
                continue
            for phrase in phrases:
                self._phrases.setdefault(plain_phrase(phrase), set()).add(section)
                if COMPACT.search(phrase):
                    self._scripts.append((phrase, section))
        self._sections, self._known = vocabulary.sections, frozenset(vocabulary.by_language)
        # Caches of this object: on the methods themselves they would keep every vocabulary alive.
        self.of_text = remembered(20_000)(self._of_text)
        self.of_url = remembered(20_000)(self._of_url)
        self.named = remembered(20_000)(self._named)

    def _of_text(self, text: str) -> frozenset[str]:
        """Return the sections that words within a link text name, as in "Visit our blog".

        None for more than five words. Phrases of scripts without spaces count wherever they stand.
        """
        words = plain_phrase(text).split()
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
        return frozenset(self._phrases.get(plain_phrase(text), ()))

    def _named(self, text: str, names: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return the sections that a link text is a name of, alone or with little beside them.

        Beside them may stand articles, "our", "all", a year, and the words of the company's own
        `names` (folded): "Our Blog", "Newsroom 2026", "Acme 7 Blog"; and two may be joined, as in
        "News & Events". "Start a blog" and "Blog templates" name none, nor does a word that is
        joined with one that names none, unless it is as telling as "Podcast".
        """
        if (whole := self.exact(text)) or len(text) > _LONGEST_NAME:
            return whole
        found: list[set[str]] = []
        for part in filter(None, (plain_phrase(part).split() for part in _JOINED.split(text))):
            told = [word for word in part if not (word in BESIDE or word.isdigit())]
            # Of the company's name alone nothing is left: "Acme Podcast" may be who they are.
            kept = [word for word in told if word not in names]
            if telling := self._at_the_end(kept):
                return frozenset(telling)
            found.append(self._phrases.get(" ".join(kept), set()))
        # "Cutlery & Fairs" is a shelf, unless both name parts of the site.
        return frozenset().union(*found) if all(found) else frozenset()

    def called(self, text: str) -> frozenset[str]:
        """Return the sections that a short text names with nothing beside but "all", "our", "more".

        "Tüm haberler" and "Se flere nyheder" lead to a list of news wherever they stand.
        """
        words = [word for word in plain_phrase(text).split() if word not in BESIDE]
        return frozenset(self._phrases.get(" ".join(words), ())) if words else frozenset()

    def _at_the_end(self, words: list[str]) -> set[str]:
        """Return the sections of the telling word that a short name ends in, as in "Dev Blog"."""
        if not words or len(words) > _NAME_WORDS or _ADVICE.intersection(words):
            return set()
        return self._phrases.get(words[-1], set()) if words[-1] in _TELLING else set()

    def foreign(self, text: str, spoken: frozenset[str]) -> bool:
        """Tell whether a text is a phrase of other languages alone than those that are `spoken`.

        "Evaluations" on an English page is no French word for reviews. English is spoken everywhere
        in menus, and where no language is known nothing is foreign.
        """
        languages = self._languages.get(plain_phrase(text))
        return bool(spoken) and languages is not None and not languages & {*spoken, ENGLISH}

    def spoken(self, language: str, texts: Iterable[str]) -> frozenset[str]:
        """Return the languages that a page speaks: the one that its head names, and its links'.

        Heads often name the language of a template, so that three different words of another
        language in link texts count as well. Empty where the head names none that is known.
        """
        if language not in self._known:
            return frozenset()
        counts: Counter[str] = Counter()
        for phrase in {plain_phrase(text) for text in texts}:
            counts.update(self._languages.get(phrase, ()))
        heard = (name for name, count in counts.items() if count >= _ENOUGH_WORDS)
        return frozenset({language, *heard})

    def _of_url(self, url: str) -> frozenset[str]:
        """Return the sections that an address names by a label of its host or a part of its path.

        The first three segments count, without an ending such as `.html`; the domain does not. Of
        the host and the first segment the last word will do where it tells a blog or news.
        """
        sections: set[str] = set()
        labels = host_of(url).partition(":")[0].split(".")[:-2]
        path = [plain_phrase(_SCRIPT_ENDING.sub("", part)) for part in segments(url)[:3]]
        for part in (*map(plain_phrase, labels), *path):
            sections |= self._phrases.get(part, set())
        for part in (*map(plain_phrase, labels), *path[:1]):
            words = part.split()
            sections |= self._at_the_end(words) & _IN_ADDRESSES
            if len(words) == 1 and _RUN_TOGETHER.fullmatch(part):
                sections.add("blog")
        return frozenset(sections)


@dataclass(slots=True)
class _Kept:
    """The vocabulary that this process has turned round last."""

    vocabulary: Vocabulary | None = None
    words: LinkWords | None = None


_kept = _Kept()


def link_words(vocabulary: Vocabulary) -> LinkWords:
    """Return a vocabulary turned round; the last one is kept, as all sites are read with one."""
    if _kept.words is None or _kept.vocabulary is not vocabulary:
        _kept.vocabulary, _kept.words = vocabulary, LinkWords(vocabulary)
    return _kept.words


def _languages_of(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Return the languages that have each phrase; most phrases share one of a few sets of them."""
    languages: dict[str, frozenset[str]] = {}
    shared: dict[frozenset[str], frozenset[str]] = {}
    for language, sections in vocabulary.by_language.items():
        # Words over customers and credits stand on pages of every language.
        told = (each for name, each in sections.items() if not name.startswith(WHOSE))
        for phrase in (plain_phrase(phrase) for phrases in told for phrase in phrases):
            spoken = languages.get(phrase, frozenset()) | {language}
            languages[phrase] = shared.setdefault(spoken, spoken)
    return languages


@remembered(50_000)
def plain_phrase(text: str) -> str:
    """Return the words of a text alone: lower case, without accents and signs."""
    return " ".join(_SPLIT.split(folded(text))).strip()
