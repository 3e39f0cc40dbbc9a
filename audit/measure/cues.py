"""What in a post speaks for a purpose: phrases by language, and forms such as a question mark."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from audit.model.purpose import IN_TEXT, Cue, CuePlace, PurposeRules
from audit.model.site import Post

Strengths = Mapping[str, float]
"""The strength of each piece of evidence by its name: `tips` in a title, `tips.text` in a text."""

TEXT_CHARACTERS = 600
"""Characters of a text that are read: more are seldom given, and tell little more."""

_ANY = "any"
_MOST_HITS = 3
"""Hits of one cue in a text from which on more of them say no more."""

_TELLING = 2
"""Function words by which a text tells its language."""

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"})
"""Letters that Unicode does not take apart into a plain letter and a mark."""

_WORD = re.compile(r"\w+")
_PATTERN = re.compile(r"[\w*]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WITHOUT_SPACES = ("ja", "zh")
"""Languages that are written without spaces: their phrases are met anywhere in a text."""

_FORMS: Mapping[str, re.Pattern[str]] = {
    "question-mark": re.compile(r"[?？]"),
    "number-first": re.compile(r"^\W*(?:top\s+)?\d{1,2}\b(?![.:/-]\s?\d)", re.IGNORECASE),
    "exclamation": re.compile(r"[!！]"),
    "quotation": re.compile(r"[\"“”„«»「]|(?:^|\s)'[^']+'"),
    "colon": re.compile(r"\w[:：]\s"),
    "commit": re.compile(
        r"^(?:feat|fix|docs|chore|refactor|build|ci|test|perf|style|revert)(?:\([^)\n]{1,40}\))?!?:"
        r"|\(#\d{1,7}\)$"
    ),
}
"""Forms that are looked for in the title."""

_FORMS_IN_TEXT: Mapping[str, re.Pattern[str]] = {
    "exclamation-in-text": _FORMS["exclamation"],
    "quotation-in-text": re.compile(r"[\"“”„«»「]"),
    "link-in-text": re.compile(r"https?://|\bwww\.", re.IGNORECASE),
}
"""Forms that are looked for in the text."""

_FORMS_ANYWHERE: Mapping[str, re.Pattern[str]] = {
    "currency": re.compile(r"[$€£¥]\s?\d|\d\s?(?:[$€£¥]|zł|kr\b)"),
    "percent-off": re.compile(r"[-–−]\s?\d{1,2}\s?%|\d{1,2}\s?%\s?(?:off\b|rabat)", re.IGNORECASE),
    "version": re.compile(r"\bv?\d+\.\d+\.\d+|\bv\d+(?:\.\d+)?\b", re.IGNORECASE),
    "date": re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\s?\d{1,2}[./]"),
    "clock": re.compile(
        r"\b\d{1,2}[:.h]\d\d\b(?![.\d])|\b\d{1,2}\s?(?:am|pm|uhr)\b", re.IGNORECASE
    ),
    "emoji": re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf]"),
    "hashtag": re.compile(r"(?:^|\s)#\w"),
}
"""Forms that are looked for in title and text."""

_SOME_TEXT, _LONG_TEXT, _SHORT_TITLE = 20, 300, 2
_START = 6
"""Characters at the head of a title in which a language without spaces may ask or order."""


_Pair = tuple[str, str]
"""The name of a cue, and a phrase of it."""

_Start = tuple[str, tuple[str, ...]]
"""The name of a cue, and the words of a phrase of it that follow the first."""

_MOST_REMEMBERED = 50_000
"""Words of which it is remembered what begins with them; few runs have as many."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a cue that was met, as the post has it."""

    cue: str
    phrase: str


class Phrases:
    """Phrases that are looked for in one place, by their first word: a text is read once."""

    def __init__(self, spaced: Iterable[_Pair], unspaced: Iterable[_Pair] = ()) -> None:
        """Take pairs of a cue's name and a phrase; those `unspaced` are met within words too."""
        self._first: dict[str, list[_Start]] = defaultdict(list)
        self._beginnings: dict[str, list[_Start]] = defaultdict(list)
        self._anywhere = [(cue, folded(phrase)) for cue, phrase in unspaced]
        self._remembered: dict[str, tuple[_Start, ...]] = {}
        for cue, phrase in spaced:
            first, *rest = _PATTERN.findall(folded(phrase))
            known = self._beginnings if first.endswith("*") else self._first
            known[first.rstrip("*")].append((cue, tuple(rest)))
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})

    def within(self, text: str, words: Sequence[str]) -> list[Hit]:
        """Return a hit for each phrase met in a folded text, whose words are given too."""
        hits = [Hit(cue, phrase) for cue, phrase in self._anywhere if phrase in text]
        for place, word in enumerate(words):
            if self._beginning_with(word):
                hits += self.at(words, place)
        return hits

    def at(self, words: Sequence[str], place: int) -> list[Hit]:
        """Return a hit for each phrase that begins with the word at a place."""
        hits = []
        for cue, rest in self._beginning_with(words[place]):
            following = words[place + 1 : place + 1 + len(rest)]
            if len(following) == len(rest) and all(map(_is_met, rest, following)):
                hits.append(Hit(cue, " ".join((words[place], *following))))
        return hits

    def _beginning_with(self, word: str) -> tuple[_Start, ...]:
        """Return the phrases whose first word this is; remembered, as most words come again."""
        known = self._remembered.get(word)
        if known is None:
            starts = [word[:length] for length in self._lengths if length <= len(word)]
            of_beginnings = (each for start in starts for each in self._beginnings.get(start, ()))
            known = (*self._first.get(word, ()), *of_beginnings)
            if len(self._remembered) < _MOST_REMEMBERED:
                self._remembered[word] = known
        return known


def _is_met(pattern: str, word: str) -> bool:
    """Tell whether a word is that of a phrase; a `*` at its end is any ending."""
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


class Reader:
    """Reads posts for evidence by the rules; made once and used for all posts of a run."""

    def __init__(self, rules: PurposeRules) -> None:
        """Sort the phrases of the rules by place and language."""
        self._rules = rules
        self._languages = {language for cue in rules.cues for language in cue.words} - {_ANY}
        self._phrases = {
            (place, language): _phrases(rules.cues, place, language)
            for place in CuePlace
            for language in ("", *self._languages)
        }
        self._common: dict[str, list[str]] = defaultdict(list)
        for language, words in rules.function_words.items():
            for word in set(map(folded, words)):
                self._common[word].append(language)

    def evidence(self, post: Post) -> tuple[Strengths, Mapping[str, str]]:
        """Return what speaks in a post, and the words in which each cue was met.

        A cue counts 1 in a title, the address or the format. In a text alone it has a weight of its
        own and counts a third for each hit, 1 at most.
        """
        title, text = folded(post.title), folded(_beyond(post.text, post.title))
        in_title, in_text = _WORD.findall(title), _WORD.findall(text)
        language = self.language(post, in_title + in_text)
        strengths: dict[str, float] = {}
        phrases: dict[str, str] = {}
        for hit in self._in_head(post, title, in_title, language):
            strengths[hit.cue] = 1.0
            phrases.setdefault(hit.cue, hit.phrase)
        for hit in self._met(CuePlace.WORDS, language, text, in_text):
            name = hit.cue + IN_TEXT
            strengths[name] = min(1.0, strengths.get(name, 0.0) + 1 / _MOST_HITS)
            phrases.setdefault(name, hit.phrase)
        strengths |= dict.fromkeys(_forms(post, in_title), 1.0)
        return strengths, phrases

    def language(self, post: Post, words: Sequence[str]) -> str:
        """Return the language by whose cues a post is read; "" for none that has any.

        That is the one whose commonest words the post has most of; its tag counts where they do
        not tell. Feeds are often tagged with the language of their software.
        """
        if (script := _by_script(post.title + post.text)) in self._languages:
            return script
        tag = post.language.lower().partition("-")[0]
        tag = self._rules.same_as.get(tag, tag)
        counts = Counter(language for word in words for language in self._common.get(word, ()))
        best = max(counts, key=lambda each: (counts[each], each == tag), default="")
        if best and counts[best] >= max(_TELLING, 2 * counts[tag]):
            return best
        return tag if tag in self._languages else ""

    def _in_head(
        self, post: Post, title: str, words: Sequence[str], language: str
    ) -> Iterator[Hit]:
        """Give the hits in title, address, format, kind of channel and schema types."""
        yield from self._met(CuePlace.WORDS, language, title, words)
        yield from self._met(CuePlace.TITLE, language, title, words)
        start = self._phrases[CuePlace.START, language]
        yield from start.within(title[:_START], ())
        yield from start.at(words, 0) if words else ()
        path = folded(unquote(urlsplit(post.url).path)) if post.url else ""
        # The last part of a path mostly repeats the title.
        folders = _WORD.findall(path.rstrip("/").rpartition("/")[0].replace("_", " "))
        yield from self._met(CuePlace.ADDRESS, "", "", folders)
        for about in (post.format, post.channel):
            yield from self._met(CuePlace.ABOUT, "", "", _WORD.findall(folded(about)))

    def _met(self, place: CuePlace, language: str, text: str, words: Sequence[str]) -> list[Hit]:
        """Return the hits in one place, of the phrases of a language and of all languages."""
        return self._phrases[place, language].within(text, words)


def _phrases(cues: Iterable[Cue], place: CuePlace, language: str) -> Phrases:
    """Return the phrases that are looked for in one place: those of a language, and of all."""
    own: list[_Pair] = []
    shared: list[_Pair] = []
    for cue in cues:
        if cue.where is place:
            own += ((cue.name, phrase) for phrase in cue.words.get(language, ()))
            shared += ((cue.name, phrase) for phrase in cue.words.get(_ANY, ()))
    if language in _WITHOUT_SPACES:
        return Phrases(shared, own)
    return Phrases((*own, *shared))


def _beyond(text: str, title: str) -> str:
    """Return the beginning of a text, without the title that many feeds repeat there."""
    return text.removeprefix(title)[:TEXT_CHARACTERS]


def _forms(post: Post, words: Sequence[str]) -> Iterator[str]:
    """Give the names of the forms of a post; `words` are those of its title."""
    text = post.text[:TEXT_CHARACTERS]
    both = f"{post.title}\n{text}"
    yield from (name for name, form in _FORMS.items() if form.search(post.title))
    yield from (name for name, form in _FORMS_IN_TEXT.items() if form.search(text))
    yield from (name for name, form in _FORMS_ANYWHERE.items() if form.search(both))
    if len(text) < _SOME_TEXT:
        yield "no-text"
    if len(text) > _LONG_TEXT:
        yield "long-text"
    if len(words) <= _SHORT_TITLE:
        yield "short-title"


def _by_script(text: str) -> str:
    """Return the language that a script alone tells: kana are Japanese, Han alone is Chinese."""
    if _KANA.search(text):
        return "ja"
    return "zh" if len(_HAN.findall(text)) > len(text) / 5 else ""


def folded(text: str) -> str:
    """Return a text as it is compared: in lower case, without accents."""
    plain = text.casefold().translate(_LETTERS)
    if plain.isascii():
        return plain
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
