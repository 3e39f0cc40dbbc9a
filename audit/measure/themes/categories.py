"""The authors' own categories, which are themes before any algorithm runs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audit.measure.themes.tags import tag_key
from audit.measure.themes.texts import Text
from audit.measure.themes.theme import Theme, is_telling
from audit.model.topics import TopicKind

MOST = 12
"""Categories that become themes: some authors give each post twenty tags."""

_POSTS_ALONE, _POSTS_SHARED = 10, 5
"""Posts that a category needs, where one company uses it, and where two or more do."""

_OF_A_COMPANY = 0.6
"""Share of one company's posts over which a category that nobody else uses parts nothing."""

_ALIKE = 0.6
"""Share of their posts that two categories have in common, from which on they are one."""


@dataclass(slots=True)
class _Category:
    """A tag over all posts: where it stands, who uses it, how it is written."""

    key: str
    posts: set[int] = field(default_factory=set)
    companies: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)


def categories(texts: Sequence[Text], taken: set[str]) -> list[Theme]:
    """Return the categories that two companies use, on five posts, or one on ten; twelve at most.

    Those with the most posts come first. `taken` are the keys of themes that there are; those of
    the new ones are added.
    """
    sizes = Counter(text.company for text in texts)
    chosen: list[_Category] = []
    for each in _by_size(_collected(texts)):
        if each.key in taken or not _is_theme(each, sizes) or _is_one_of(each, chosen):
            continue
        chosen.append(each)
    themes = [_theme(each) for each in chosen[:MOST]]
    for theme in themes:
        taken |= {theme.name.lower(), *theme.tags}
    return themes


def _collected(texts: Sequence[Text]) -> Iterator[_Category]:
    """Yield all tags that name a subject."""
    found: dict[str, _Category] = {}
    for place, text in enumerate(texts):
        for tag in text.tags:
            if is_telling(tag, text.language):
                key = tag_key(tag)
                category = found.setdefault(key, _Category(key))
                category.posts.add(place)
                category.forms[tag] += 1
        for key in {tag_key(tag) for tag in text.tags} & found.keys():
            found[key].companies[text.company] += 1
            found[key].languages[text.language] += 1
    yield from found.values()


def _by_size(found: Iterator[_Category]) -> list[_Category]:
    """Return categories with the most posts first."""
    return sorted(found, key=lambda each: (-len(each.posts), each.key))


def _is_theme(category: _Category, sizes: Counter[str]) -> bool:
    """Tell whether enough posts have a category, and not nearly all of the one who uses it."""
    if len(category.companies) > 1:
        return len(category.posts) >= _POSTS_SHARED
    (company,) = category.companies
    posts = len(category.posts)
    return posts >= _POSTS_ALONE and posts <= _OF_A_COMPANY * sizes[company]


def _is_one_of(category: _Category, chosen: Sequence[_Category]) -> bool:
    """Tell whether a category stands on the same posts as one that was chosen before."""
    return any(
        len(category.posts & other.posts) > _ALIKE * len(category.posts | other.posts)
        for other in chosen
    )


def _theme(category: _Category) -> Theme:
    """Return a category as a theme, named as it is mostly written."""
    form = min(category.forms, key=lambda form: (-category.forms[form], form))
    languages = category.languages
    return Theme(
        name=form[:1].upper() + form[1:],
        kind=TopicKind.CATEGORY,
        language=min(languages, key=lambda language: (-languages[language], language)),
        tags=frozenset({category.key}),
    )
