"""In which language words are: those of posts, as their section says unless they say otherwise."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from audit.languages import language_and_chance
from audit.model.site import Post, Section

SURE = 0.95
"""Probability from which on the words of posts are believed, whatever their section says."""

SURE_ALONE = 0.9
"""The same for a text of a few words that nothing else tells the language of."""

_LETTERS, _LETTERS_ALONE = 60, 25
"""Bytes of letters under which a language is a guess: on single headings py3langid wavers.

Bytes, as it counts them itself: a letter of Japanese, which has three, says as much as three.
"""

_HEADINGS = 60
"""Headings of a section that are looked at."""

_POSTS = 3
"""Posts of a section in a language of their own, below which they are taken for misread."""

_WORDS = 600
"""Characters of a post that are looked at."""

_NO_WORDS = re.compile(r"https?://\S{1,2000}|[@#][\w.@-]{1,100}")
"""Addresses, mentions and hashtags are of no language."""

_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi"}
"""Codes for one language: both forms of Norwegian, and codes that ISO 639 gave up in 1989."""

Group = tuple[str, str]
"""A section by its address, and the language that it states."""


def with_languages(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return sections whose posts say in which language they are, as far as that is known."""
    return tuple(replace(section, posts=_spoken_posts(section.posts)) for section in sections)


def language_of_words(text: str) -> str:
    """Return the language of a text of a few words, such as "de"; "" where it is not sure."""
    return _language(_NO_WORDS.sub(" ", text), _LETTERS_ALONE, SURE_ALONE)


def languages_of(posts: Sequence[Post]) -> list[str]:
    """Return the language of each post as a code such as "de"; "" where it is not known.

    Software of blogs states English until somebody changes it, so that the joined headings of a
    section win where they are surely of another language. In a section of two languages a post
    with words enough is judged by itself, where three posts at least are in that language.
    """
    groups: dict[Group, list[Post]] = {}
    for post in posts:
        groups.setdefault(_group(post), []).append(post)
    spoken = {group: _spoken(group[1], members) for group, members in groups.items()}
    alone = [_alone(post) for post in posts]
    common = Counter(zip(map(_group, posts), alone, strict=True))
    return [
        own if own and common[group, own] >= _POSTS else spoken[group]
        for group, own in zip(map(_group, posts), alone, strict=True)
    ]


def _spoken_posts(posts: Sequence[Post]) -> tuple[Post, ...]:
    """Return posts with their languages; reposts, whose words are not kept, as they are."""
    own = [post for post in posts if post.flag != "repost"]
    languages = iter(languages_of(own))
    return tuple(
        post if post.flag == "repost" else replace(post, language=next(languages)) for post in posts
    )


def _group(post: Post) -> Group:
    """Return what a post shares with those that are judged together with it."""
    stated = post.language.lower().replace("_", "-").partition("-")[0]
    return post.channel_url, _SAME.get(stated, stated)


def _spoken(stated: str, posts: Sequence[Post]) -> str:
    """Return the language of the posts of a section; what it states where its words are few."""
    words = " ".join(dict.fromkeys(post.title for post in posts[:_HEADINGS]))
    return _language(_NO_WORDS.sub(" ", words), _LETTERS, SURE) or stated


def _alone(post: Post) -> str:
    """Return the language of a post by its own heading and text; "" where they are few."""
    # The heading of a post on a network is the beginning of its text.
    heading = post.title.rstrip("…")
    words = post.text if post.text.startswith(heading) else f"{heading} {post.text}"
    return _language(_NO_WORDS.sub(" ", words[:_WORDS]), _LETTERS, SURE)


def _language(words: str, letters: int, sure: float) -> str:
    """Return the language of words; "" with fewer bytes of letters, or where it is less sure."""
    if sum(len(sign.encode()) for sign in words if sign.isalpha()) < letters:
        return ""
    language, probability = language_and_chance(words)
    return _SAME.get(language, language) if probability >= sure else ""
