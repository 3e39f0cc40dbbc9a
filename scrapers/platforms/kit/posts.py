"""From what platforms say of posts, in tables, feeds and attachments, to posts of one form."""

from collections.abc import Sequence

from audit.model.facts import FeedPage
from audit.model.profile import Interaction, ProfilePost, Reaction
from scrapers.parse.values import count_of, field, language_of, of_this_age
from scrapers.platforms.kit.proof import Proof

Reactions = Sequence[tuple[Reaction, str]]
"""Where a platform states which reaction: the keys that lead there, with dots between."""


def interactions_of(post: object, table: Reactions) -> tuple[Interaction, ...]:
    """Return the reactions that a post states as counts, by a table of where they stand.

    With `((Reaction.LIKES, "stats.likes"), (Reaction.SHARES, "reposts"), (Reaction.SHARES,
    "quotes"))` the post `{"stats": {"likes": 3}, "reposts": 2, "quotes": 1}` has 3 likes and 3
    shares: what stands for one reaction adds up. What is not stated is left out, not zero.
    """
    sums: dict[Reaction, int] = {}
    for reaction, place in table:
        count = count_of(field(post, *place.split(".")))
        if count is not None:
            sums[reaction] = sums.get(reaction, 0) + count
    return tuple(Interaction(reaction=reaction, count=count) for reaction, count in sums.items())


def posts_of_feed(
    feed: FeedPage, proof: Proof, form: str, *, language: str = ""
) -> tuple[ProfilePost, ...]:
    """Return the entries of a feed as posts of the format `form`, in the order of the file.

    `language` is a tag such as "de-CH" that holds for all of them. Nothing is dropped here; a
    reader gives the posts to `timeline_of`, which leaves out those without a usable address.
    """
    return tuple(
        ProfilePost(
            url=item.url,
            title=item.title,
            text=item.summary,
            published=(published := of_this_age(item.published)),
            evidence=proof.dated(published, item.title),
            format=form,
            language=language_of(language),
        )
        for item in feed.items
    )


def format_of(kinds: set[str]) -> str:
    """Return the format of a post whose media are of these kinds.

    {"image"} gives "image", {"image", "video"} "mixed", an empty set "".
    """
    return "mixed" if len(kinds) > 1 else next(iter(kinds), "")
