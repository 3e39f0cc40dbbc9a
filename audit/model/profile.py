"""What a channel's public page says at one time: audience, figures, posts, where it points."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audit.model.value import Dated, Evidence, Known, Number, Reason, Unknown


class Outcome(StrEnum):
    """What looking for something on a platform came to, besides a figure.

    `hidden`: the owner does not show it; `parse-failed`: the page is not built as it was;
    `not-supported`: the platform has no such figure.
    """

    HIDDEN = "hidden"
    MISSING = "missing"
    SUSPENDED = "suspended"
    PRIVATE = "private"
    LOGIN_WALL = "login-wall"
    BLOCKED = "blocked"
    ROBOTS = "robots-disallowed"
    NEEDS_KEY = "needs-key"
    PARSE_FAILED = "parse-failed"
    NOT_SUPPORTED = "not-supported"

    @property
    def reason(self) -> Reason:
        """Return the reason word that readers meet."""
        return _REASONS[self]


_REASONS = {
    Outcome.HIDDEN: Reason.NOT_PUBLIC,
    Outcome.MISSING: Reason.HTTP_404,
    Outcome.SUSPENDED: Reason.NOT_PUBLIC,
    Outcome.PRIVATE: Reason.NOT_PUBLIC,
    Outcome.LOGIN_WALL: Reason.LOGIN_WALL,
    # The word for every wall against robots, whatever it looks like (docs/glossary.md, Reasons).
    Outcome.BLOCKED: Reason.CAPTCHA,
    Outcome.ROBOTS: Reason.ROBOTS,
    Outcome.NEEDS_KEY: Reason.NEEDS_KEY,
    Outcome.PARSE_FAILED: Reason.BAD_CONTENT,
    Outcome.NOT_SUPPORTED: Reason.NOT_PUBLIC,
}
"""How a platform's states become reason words; nothing of this is ever a number."""


class Standing(StrEnum):
    """Whether there is a profile behind an address; only a LIVE one has figures."""

    LIVE = "live"
    MISSING = "missing"
    SUSPENDED = "suspended"
    PRIVATE = "private"


class Count(StrEnum):
    """What a platform counts or rates on a profile, beside or in place of its audience."""

    FOLLOWERS = "followers"
    SUBSCRIBERS = "subscribers"
    MEMBERS = "members"
    ONLINE = "online"
    FOLLOWING = "following"
    POSTS = "posts"
    VIDEOS = "videos"
    PHOTOS = "photos"
    TRACKS = "tracks"
    EPISODES = "episodes"
    REPOSITORIES = "repositories"
    STARS = "stars"
    FORKS = "forks"
    QUESTIONS = "questions"
    THREADS = "threads"
    VIEWS = "views"
    LIKES = "likes"
    TALKING_ABOUT = "talking about"
    INSTALLS = "installs"
    RATING = "rating"
    RATINGS = "ratings"
    EMPLOYEES = "employees"
    LANGUAGES = "languages"


class ProfilePart(StrEnum):
    """A part of how a profile presents itself, beside its name; not every platform shows each."""

    BIOGRAPHY = "biography"
    LINK = "link"
    VERIFIED = "verified"
    PICTURE = "picture"
    COVER = "cover"
    PINNED = "pinned"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFigure:
    """One figure that a profile states, beside its audience.

    A rating is in the platform's own scale: 4.5 of 5, or 90 of 100.
    """

    count: Count
    value: Number


class Reaction(StrEnum):
    """What readers do with a post; shares hold reposts and quotes, views stand apart."""

    LIKES = "likes"
    COMMENTS = "comments"
    SHARES = "shares"
    SAVES = "saves"
    VIEWS = "views"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """How often a post met one reaction; `exact` is False where the platform rounds."""

    reaction: Reaction
    count: int
    exact: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePost:
    """A post as a platform shows it; `text` is what it says, `title` its head or first words.

    `published` is None where the page shows no time that could be read. `format` is article, text,
    image, video, audio, link, poll, release, event, question or mixed. `language` is empty where
    the platform does not state it. `repost` is True for what somebody else wrote and the channel
    only passed on. `interactions` holds only what the platform counts in public.
    """

    url: str
    title: str
    published: Dated | None
    evidence: Evidence
    text: str = ""
    format: str = "text"
    language: str = ""
    repost: bool = False
    interactions: tuple[Interaction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The posts that were read, and whether older ones within the window may be missing.

    `truncated` is False where the list was read to its end or past the start of the window.
    """

    posts: tuple[ProfilePost, ...]
    truncated: bool


NOT_SHOWN = Unknown(reason=Reason.NOT_PUBLIC, detail="the platform shows no such figure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a channel's public page says at one time; made by the platform's own reader.

    `url` and `handle` are those that hold now, empty where they are those asked for; `account` is
    the platform's own id, which outlives a handle, or empty. `audience` counts followers,
    subscribers or members; of a profile that is not LIVE it may be Unknown, with the platform's
    words. `links` are the addresses that the profile itself gives (link-back). `community` is True
    where others write the posts. `updated_at` is when the thing was last changed, for those that
    have no posts. `created_at` and `updated_at` are None where the platform does not say. `picture`
    and `cover` are True for one that the owner has chosen, `pinned` for a post that is kept on top.
    `shows` are the parts that the page shows where they are there: of these alone an empty one is
    known to be missing.
    """

    standing: Standing
    evidence: tuple[Evidence, ...]
    url: str = ""
    handle: str = ""
    account: str = ""
    name: str = ""
    about: str = ""
    audience: Number = NOT_SHOWN
    figures: tuple[ProfileFigure, ...] = ()
    timeline: Timeline | Unknown = NOT_SHOWN
    links: tuple[str, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None
    verified: bool = False
    picture: bool = False
    cover: bool = False
    pinned: bool = False
    shows: tuple[ProfilePart, ...] = ()
    community: bool = False

    @property
    def lack(self) -> Unknown | None:
        """Return why nothing is known of a profile that is missing, suspended or private.

        None for a live one.
        """
        if self.standing is Standing.LIVE:
            return None
        # A reader may have left the platform's own words for it where the audience would be.
        if isinstance(self.audience, Unknown):
            return self.audience
        return Unknown(reason=Reason.HTTP_404, detail=self.standing)


def unread(outcome: Outcome, detail: str) -> Unknown:
    """Return why something on a platform is not known, in the words that readers meet."""
    return Unknown(reason=outcome.reason, detail=detail)


def counted(figures: tuple[ProfileFigure, ...]) -> dict[Count, Known[int] | Known[float]]:
    """Return the figures that are known, by what they count."""
    return {figure.count: figure.value for figure in figures if isinstance(figure.value, Known)}
