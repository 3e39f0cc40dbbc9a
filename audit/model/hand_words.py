"""What a record tells, in words: one way for the terminal, tables, proofs and messages."""

from audit.model.by_hand import Field, HandRecord, day_in_words

_COUNTS = {
    Field.FOLLOWERS: ("follower", "followers", ""),
    Field.LIKES: ("like", "likes", " of the last five posts"),
    Field.COMMENTS: ("comment", "comments", " on the last five posts"),
}
"""What a count is of: one of it, several, and of which posts."""


def figure_in_words(record: HandRecord, field: Field) -> str:
    """Return one figure of a record, such as `6 posts in 30 days`; "" for one that it lacks."""
    if field not in record.tells:
        return ""
    if field is Field.ABOUT:
        return f"“{record.about}”"
    if field is Field.LAST and record.last_post is not None:
        return f"last post of {day_in_words(record.last_post)}"
    if field is Field.POSTS:
        return (
            f"{_counted(record.posts, 'post', 'posts')} in {_counted(record.days, 'day', 'days')}"
        )
    one, many, of_posts = _COUNTS[field]
    counts = {
        Field.FOLLOWERS: record.followers,
        Field.LIKES: record.likes,
        Field.COMMENTS: record.comments,
    }
    return f"{_counted(counts[field], one, many)}{of_posts}"


def record_in_words(record: HandRecord) -> str:
    """Return all figures of a record, such as `900 followers and 6 posts in 30 days`."""
    words = [figure_in_words(record, field) for field in record.tells]
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _counted(number: int | None, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number or 0:,} {one if number == 1 else many}"
