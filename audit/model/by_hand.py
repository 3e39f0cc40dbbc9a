"""What a person told of a profile that the program could not read: one record a profile and day."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

DAYS = 30
"""The span, in days, in which a person counts the posts of a profile."""

LAST_POSTS = 5
"""Of so many posts, the newest ones, a person adds up likes and comments."""


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_in_words(day: date) -> str:
    """Return a day such as `3 Oct 2026`, in English whatever the machine speaks."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


class Source(StrEnum):
    """By which way a record came: typed into the workbook or the terminal, or from a table."""

    WORKBOOK = "workbook"
    TERMINAL = "terminal"
    TABLE = "table"


class Field(StrEnum):
    """What a person may tell of a profile, by the names of the boxes on the sheet Fill in."""

    FOLLOWERS = "followers"
    POSTS = "posts"
    LAST = "last"
    LIKES = "likes"
    COMMENTS = "comments"
    ABOUT = "about"
    ON = "on"
    BY = "by"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandRecord:
    """What a person, or another tool, told of one profile as of one day.

    `company` is the key of its website (`audit.model.past.website_key`), `url` the address of the
    profile; "" stands for the main one of its platform. `posts` are those of the `days` days that
    end with `on`, `likes` and `comments` those of the last five posts together, `about` what they
    write about; each is None or empty where it was not told. `by` is who read it, `place` where it
    stands ("acme.xlsx, Fill in!D7"), `entered_at` when it was told (UTC): a workbook was saved, an
    answer typed, a table taken. Of two of one day that of the later `entered_at` holds. `rounded`
    are the fields that were told in a short form ("12.4k"), so that the last digits are not known;
    `cleared` those that a person took back: what was told of them before does not come back.
    """

    company: str
    platform: str
    on: date
    by: str
    source: Source
    place: str
    entered_at: datetime
    url: str = ""
    followers: int | None = None
    posts: int | None = None
    days: int = DAYS
    last_post: date | None = None
    likes: int | None = None
    comments: int | None = None
    about: str = ""
    rounded: tuple[Field, ...] = ()
    cleared: tuple[Field, ...] = ()

    @property
    def tells(self) -> tuple[Field, ...]:
        """Return what it tells of the profile."""
        values = {
            Field.FOLLOWERS: self.followers,
            Field.POSTS: self.posts,
            Field.LAST: self.last_post,
            Field.LIKES: self.likes,
            Field.COMMENTS: self.comments,
            Field.ABOUT: self.about or None,
        }
        return tuple(field for field, value in values.items() if value is not None)

    @property
    def whence(self) -> str:
        """Return who or what told it: `read by Jo`, `read by hand`, `from followers.csv`."""
        if self.source is Source.TABLE:
            table = self.place.partition(", ")[0]
            return f"from {table}" + (f", given by {self.by}" if self.by else "")
        return f"read by {self.by}" if self.by else "read by hand"

    @property
    def id(self) -> str:
        """Return what tells it from other records: a second one of the same takes its place."""
        told = (self.company, self.platform, self.url.casefold(), self.on.isoformat(), self.source)
        return sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()[:32]
