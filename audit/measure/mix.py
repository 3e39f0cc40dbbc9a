"""What a company's posts are: their formats, and the languages that they say they are in."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from audit.measure.intervals import share_interval
from audit.measure.own_posts import own_posts, too_few
from audit.measure.subject import Brief, Subject
from audit.model.breakdown import Breakdown, Part
from audit.model.site import Post
from audit.model.value import PROOFS

FORMATS, LANGUAGES = "formats", "languages"
"""The ids of the breakdowns."""

NOT_SAID = "unknown"
"""The part of the posts that say nothing of it; it is shown, and no other share is scaled up."""


def _breakdowns(brief: Brief) -> tuple[Breakdown, ...]:
    """Return the shares of formats and of languages among a company's own posts of the window."""
    posts, lack = own_posts(brief), too_few(brief, own_posts(brief))
    if lack is not None:
        return tuple(
            Breakdown(metric=name, of=len(posts), parts=(), unknown=lack)
            for name in (FORMATS, LANGUAGES)
        )
    return (
        Breakdown(metric=FORMATS, of=len(posts), parts=_parts(posts, lambda post: post.format)),
        Breakdown(metric=LANGUAGES, of=len(posts), parts=_parts(posts, _language)),
    )


def _language(post: Post) -> str:
    """Return the language of a post by its own tag, its feed's or its page's, without a region."""
    return post.language.lower().replace("_", "-").partition("-")[0]


def _parts(posts: Sequence[Post], name_of: Callable[[Post], str]) -> tuple[Part, ...]:
    """Return the share of each name, the largest first, with its exact interval and proof."""
    groups: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        groups[name_of(post) or NOT_SAID].append(post)
    return tuple(
        Part(
            name=name,
            share=len(group) / len(posts),
            evidence=tuple(post.evidence for post in group[:PROOFS]),
            interval=share_interval(len(group), len(posts)),
        )
        for name, group in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )


SUBJECT = Subject(name="mix", order=62, breakdowns_of=_breakdowns)
