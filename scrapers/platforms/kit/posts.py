"""From what platforms say of posts, in tables, feeds and attachments, to posts of one form."""

from collections.abc import Sequence

from audit.model.facts import FeedPage
from audit.model.profile import Interaction, ProfilePost, Reaction
from scrapers.parse.values import count_of, field, language_of, of_this_age
from scrapers.platforms.kit.proof import Proof

Reactions = Sequence[tuple[Reaction, str]]
"""Where a platform states which reaction: the keys that lead there, with dots between."""


def interactions_of(said: object, table: Reactions) -> tuple[Interaction, ...]:
    """The reactions that a post states as counts; what stands for one reaction adds up."""
    sums: dict[Reaction, int] = {}
    for reaction, place in table:
        count = count_of(field(said, *place.split(".")))
        if count is not None:
            sums[reaction] = sums.get(reaction, 0) + count
    return tuple(Interaction(reaction=reaction, count=count) for reaction, count in sums.items())


def posts_of_feed(
    said: FeedPage, proof: Proof, form: str, *, language: str = ""
) -> tuple[ProfilePost, ...]:
    """The entries of a feed as posts of one format, in the order of the file."""
    return tuple(
        ProfilePost(
            url=item.url,
            title=item.title,
            text=item.summary,
            published=(made := of_this_age(item.published)),
            evidence=proof.dated(made, item.title),
            format=form,
            language=language_of(language),
        )
        for item in said.items
    )


def format_of(kinds: set[str]) -> str:
    """The format of a post with media of these kinds; empty for none."""
    return "mixed" if len(kinds) > 1 else next(iter(kinds), "")
