"""The keys that a file of a case may have, and what is said of others."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from audit.model.profile import Count, Profile, ProfilePost, Reaction, Standing, Timeline
from audit.model.value import Evidence
from tests.scrapers.platforms.platform_cases import NOW, Case, in_words

CASE = ("url", "answers", "expected", "keys", "hints", "undocumented", "website")
ANSWER = (
    *("url", "json", "text", "file", "shared", "status", "reason", "headers", "at", "post"),
    "key",
)


def wrong_keys(case: Case) -> list[str]:
    """Say which keys of a case are missing, and which are unknown, with those that are known."""
    file = f"{case.platform.name}/{case.name}.yaml"
    missing = [
        f"{file}: needs the key `{key}`" for key in ("url", "expected") if key not in case.content
    ]
    return missing + [
        f"{file}: unknown key `{place}{key}`; known are {', '.join(known)}"
        for place, keys, known in _levels(case)
        for key in map(str, keys)
        if key not in known
    ]


def _levels(case: Case) -> Iterator[tuple[str, Iterable[object], Iterable[str]]]:
    """Yield each record of a case: its place, its keys, and those that it may have."""
    yield "", case.content, CASE
    for number, answer in enumerate(case.answers):
        yield f"answers[{number}].", answer, ANSWER
    yield from _below("expected", case.content.get("expected"), expected_keys())


def _below(
    place: str, value: object, known: Mapping[str, object]
) -> Iterator[tuple[str, Iterable[object], Iterable[str]]]:
    """Yield a record of what is expected, and the records in it; only their keys are looked at."""
    if not isinstance(value, dict):
        return
    yield f"{place}.", value, known
    for key, inner in value.items():
        below = known.get(key)
        if isinstance(below, Mapping):
            yield from _below(f"{place}.{key}", inner, below)


@cache
def expected_keys() -> Mapping[str, object]:
    """Return the words of a profile that has everything, so that all keys stand in them."""
    evidence = Evidence(url="https://acme.example/", fetched_at=NOW, rule="", excerpt="", record="")
    post = ProfilePost(url="", title="", published=None, evidence=evidence)
    line = Timeline(posts=(post, replace(post, repost=True)), truncated=False)
    words = in_words(Profile(standing=Standing.LIVE, evidence=(), timeline=line))
    assert isinstance(words, dict)
    of_post = words["newest"] | {"interactions": dict.fromkeys(map(str, Reaction))}
    posts = dict.fromkeys(("newest", "oldest", "newest_repost"), of_post)
    return words | posts | {"figures": dict.fromkeys(map(str, Count))}
