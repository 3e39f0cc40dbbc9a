"""Find the topics of a run's posts: those of the run before, categories, then what words tell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from audit.measure.themes.assigned import THRESHOLD, Places, assigned, centre, likenesses
from audit.measure.themes.categories import categories
from audit.measure.themes.corpus import Corpus, by_language
from audit.measure.themes.course import gone, new_names
from audit.measure.themes.discovery import LEAST_POSTS, LEAST_THEMES, Vector, discovered
from audit.measure.themes.joined import Rows, joined
from audit.measure.themes.labels import Phrases, apter, label
from audit.measure.themes.named import named as named_of
from audit.measure.themes.tags import tag_key
from audit.measure.themes.texts import Text, without_refrains
from audit.measure.themes.theme import Theme, kept
from audit.model.company import Theme as NamedTheme
from audit.model.topics import GoneTopic, Topic, TopicKind

MOST = 25
"""Topics of a run, the user's own not counted: no reader looks at more."""

_LEAST = 3
"""Posts that a topic needs, to stay from the run before or to be new."""

_SEARCHES = 12
"""So often is looked anew for themes at most; most sets of posts need three to five."""

_ROUNDS = 3
"""How often themes take on the words of their posts in the end."""

Post = tuple[str, int]
"""A company, and the place of one of its posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The topics of a run, the user's own first, and the names of those that each post is on.

    `languages` are those of the posts, `large` those with posts enough to look for themes in their
    words. `gone` are the topics of the run before that are no more.
    """

    topics: tuple[Topic, ...]
    posts: Mapping[Post, tuple[str, ...]]
    languages: Mapping[Post, str]
    large: frozenset[str]
    gone: tuple[GoneTopic, ...] = ()


def find(
    texts: Sequence[Text], named: Sequence[NamedTheme] = (), known: Sequence[Topic] = ()
) -> Found:
    """Return the topics of the posts of all companies; the same in whatever order they come.

    `named` are the user's own topics, `known` those of the run before: a theme that still has
    three posts keeps its name. Then come the authors' categories, then what the words of all other
    posts tell.
    """
    ordered = sorted(texts, key=lambda text: (text.company, text.url, text.heading, text.place))
    corpora = by_language(without_refrains(ordered))
    before = kept(known)
    search = _settled(corpora, {theme.name.lower() for theme in named}, before)
    new = new_names(search.themes, before)
    topics = (
        *(Topic(name=theme.name, kind=TopicKind.NAMED) for theme in named),
        *(replace(topic, new=topic.name in new) for topic in search.topics),
    )
    posts = search.names()
    for text in ordered:
        own = tuple(name for name in _in_order(named, named_of(named, text)))
        posts[text.company, text.place] = (*own, *posts[text.company, text.place])
    return Found(
        topics=topics,
        posts=posts,
        languages={(text.company, text.place): text.language for text in ordered},
        large=frozenset(filter(search.is_large, search.corpora)),
        gone=gone(search.themes, before, (theme.name for theme in named)),
    )


def _settled(corpora: Mapping[str, Corpus], names: set[str], before: Sequence[Theme]) -> "_Search":
    """Look for themes until another search that knows them finds the same.

    So the run after this one, over the same posts, has the same topics: what the first search
    leaves over is looked through at once, and not only when its themes are known.
    """
    phrases = dict[str, Phrases]()
    search = _searched(corpora, phrases, set(names), before)
    for _ in range(_SEARCHES - 1):
        themes = kept(search.topics)
        search = _searched(corpora, phrases, set(names), themes)
        if kept(search.topics) == themes:
            break
    return search


def _searched(
    corpora: Mapping[str, Corpus],
    phrases: dict[str, Phrases],
    taken: set[str],
    themes: Sequence[Theme],
) -> "_Search":
    """Look for themes once, knowing those of another search."""
    search = _Search(corpora, phrases, taken)
    search.keep(themes)
    search.add_categories()
    search.discover()
    search.settle()
    return search


def _in_order(named: Sequence[NamedTheme], names: frozenset[str]) -> Iterator[str]:
    """Yield names of the user's topics in the order of the file."""
    return (theme.name for theme in named if theme.name in names)


@dataclass(slots=True)
class _Search:
    """The themes that were found so far, and the posts of each language."""

    corpora: Mapping[str, Corpus]
    phrases: dict[str, Phrases]
    """Those of each language that was asked for, collected once for all searches."""

    taken: set[str]
    themes: list[Theme] = field(default_factory=list)
    earlier: frozenset[str] = frozenset()
    """Names of the run before, which stay."""

    def is_large(self, language: str) -> bool:
        """Tell whether a language has posts enough to weigh their words."""
        return bool(language) and len(self.corpora[language].texts) >= LEAST_POSTS

    def _phrases(self, language: str) -> Phrases:
        """Return the phrases of the posts of a language."""
        if language not in self.phrases:
            self.phrases[language] = Phrases.of(self.corpora[language])
        return self.phrases[language]

    def keep(self, themes: Sequence[Theme]) -> None:
        """Take the themes of the run before that still have posts, with the words of today's."""
        if not themes:
            return
        self.themes = list(themes)
        self.earlier = frozenset(theme.name for theme in themes)
        self._drop_small()
        self._refresh()
        self.taken |= {theme.name.lower() for theme in self.themes}
        self.taken |= {tag for theme in self.themes for tag in theme.tags}

    def add_categories(self) -> None:
        """Add the categories that authors use, and the words of their posts."""
        texts = [text for corpus in self.corpora.values() for text in corpus.texts]
        self.themes += categories(texts, self.taken)[: MOST - len(self.themes)]
        self._refresh()

    def discover(self) -> None:
        """Add what the words of the posts tell that are on no theme yet, language by language.

        A language gets its part of the themes that may still be added, by the posts it has left.
        """
        rest = {language: self._rest(language) for language in self.corpora}
        left, room = sum(map(len, rest.values())) or 1, MOST - len(self.themes)
        found: list[tuple[Theme, Rows]] = []
        for language, rows in rest.items():
            corpus = self.corpora[language]
            vectors = discovered(corpus, rows, max(LEAST_THEMES, room * len(rows) // left))
            found += self._labelled(corpus, rows, vectors)
        self.themes += [theme for theme, _ in joined(found, self.corpora)][:room]

    def _rest(self, language: str) -> list[int]:
        """Return the posts of a language that are on no theme yet; none of a small language."""
        if not self.is_large(language):
            return []
        places = assigned(self.corpora[language], self.themes, by_words=True)
        return [row for row, themes in enumerate(places) if not themes]

    def _labelled(
        self, corpus: Corpus, rest: Sequence[int], vectors: Sequence[Vector]
    ) -> Iterator[tuple[Theme, Rows]]:
        """Yield themes that have a name, the largest first; a theme without one says nothing."""
        phrases = self._phrases(corpus.language)
        groups = _nearest(corpus, rest, vectors)
        for rows in sorted(groups, key=lambda rows: (-len(rows), rows)):
            name = label(phrases, rows, self.taken) if len(rows) >= _LEAST else ""
            if name:
                core = phrases.posts_with(name) & set(rest)
                theme = Theme(
                    name=name,
                    kind=TopicKind.DISCOVERED,
                    language=corpus.language,
                    vectors={corpus.language: centre(corpus, sorted(core))},
                    tags=frozenset({tag_key(name)}),
                )
                yield theme, {corpus.language: rows}

    def settle(self) -> None:
        """Give each theme the words of the posts that are on it now, then again.

        A theme begins with the posts that bear its name, so that it is about what it says, and so
        gains those that speak of the same in other words. What has too few posts then is left out.
        """
        for _ in range(_ROUNDS):
            self._refresh()
        self._name_aptly()
        self._drop_small()

    def _name_aptly(self) -> None:
        """Name the new themes by what the posts hold that are on them now."""
        for language, places in self._places().items():
            new = [
                place for place, theme in enumerate(self.themes) if self._is_new(theme, language)
            ]
            phrases = self._phrases(language) if new else None
            for place in new:
                rows = [row for row, themes in enumerate(places) if place in themes]
                theme = self.themes[place]
                name = apter(phrases, theme.name, rows, self.taken) if phrases else theme.name
                if name != theme.name:
                    tags = frozenset({tag_key(name)})
                    self.themes[place] = replace(theme, name=name, tags=tags)

    def _is_new(self, theme: Theme, language: str) -> bool:
        """Tell whether a theme was discovered in the posts of a language in this run."""
        discovered = theme.kind is TopicKind.DISCOVERED and theme.name not in self.earlier
        return discovered and theme.language == language

    def _drop_small(self) -> None:
        """Leave out the themes that are on fewer than three posts."""
        sizes = Counter(
            place for places in self._places().values() for each in places for place in each
        )
        self.themes = [theme for place, theme in enumerate(self.themes) if sizes[place] >= _LEAST]

    def _refresh(self) -> None:
        """Give each theme the words of the posts that are on it now."""
        for language, places in self._places().items():
            if not self.is_large(language):
                continue
            rows: dict[int, list[int]] = {}
            for row, themes in enumerate(places):
                for place in themes[:1]:
                    rows.setdefault(place, []).append(row)
            for place, own in rows.items():
                if len(own) >= _LEAST:
                    theme = self.themes[place]
                    words = {**theme.vectors, language: centre(self.corpora[language], own)}
                    self.themes[place] = replace(theme, vectors=words)

    def _places(self) -> dict[str, Places]:
        """Return the themes of each post of each language, by their place among all."""
        return {
            language: assigned(corpus, self.themes, by_words=self.is_large(language))
            for language, corpus in self.corpora.items()
        }

    @property
    def topics(self) -> list[Topic]:
        """Return the themes as they are kept."""
        return [theme.topic for theme in self.themes]

    def names(self) -> dict[Post, tuple[str, ...]]:
        """Return the names of the themes that each post is on."""
        return {
            (text.company, text.place): tuple(self.themes[place].name for place in themes)
            for language, places in self._places().items()
            for text, themes in zip(self.corpora[language].texts, places, strict=True)
        }


def _nearest(corpus: Corpus, rows: Sequence[int], vectors: Sequence[Vector]) -> list[list[int]]:
    """Return the posts that are nearest to each theme, those that are near to none left out."""
    groups: list[list[int]] = [[] for _ in vectors]
    if not vectors:
        return groups
    table = likenesses(corpus, vectors)
    for row in rows:
        like = table[row].tolist()
        best = max(range(len(like)), key=lambda place: (like[place], -place))
        if like[best] >= THRESHOLD:
            groups[best].append(row)
    return groups
