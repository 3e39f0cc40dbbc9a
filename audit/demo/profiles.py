"""The invented companies' profiles, as config/demo/profiles/ describes them, on a given day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal

from ruamel.yaml import YAML

from audit.demo.posts import HOURS, SHIFTS
from audit.demo.records import record

TIMES = (1.0, 0.6, 1.7, 0.8, 2.6, 0.5, 1.2)
"""How much more or less than usual a post meets with, in turn."""

Visibility = Literal["all", "no-audience", "wall", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often a profile posts, for how long already, about what, and what it usually meets."""

    every_days: int
    newest_days: int
    count: int
    titles: tuple[str, ...]
    subjects: tuple[str, ...]
    likes: int = 0
    comments: int = 0
    shares: int = 0
    views: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """A profile on a platform: whose it is, its figures as of today, and what it lets be seen.

    `shows` is `all`, `no-audience` (the owner hides it), `wall` (a login in place of the page) or
    `gone` (no longer there); `later` is what has become of that today. `former` is a handle that
    still leads here. `about` may name `{site}`.
    """

    platform: str
    handle: str
    id: str = ""
    name: str = ""
    about: str = ""
    since: date = date(2019, 3, 4)
    shows: Visibility = "all"
    later: Visibility | None = None
    former: str = ""
    followers: int = 0
    weekly: int = 0
    following: int = 0
    posts: int = 0
    rhythm: Rhythm | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A figure that a person read where no reader may, so many days before today."""

    measure: str
    value: int
    days_ago: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    company: str
    profiles: tuple[DemoAccount, ...]
    wikidata: Mapping[str, str] = field(default_factory=dict)
    manual: tuple[ByHand, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPost:
    """A post: its number from the first on, what it says, when it came out, what it met."""

    number: int
    title: str
    at: datetime
    likes: int
    comments: int
    shares: int
    views: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedProfile:
    """A profile as it stands on a day; `site` is the address of the company's start page."""

    account: DemoAccount
    about: str
    shows: Visibility
    site: str
    followers: int
    posts: tuple[DemoPost, ...]

    @property
    def total(self) -> int:
        """Count all posts, those too that are older than the list."""
        return self.account.posts + len(self.posts)


@cache
def _files() -> tuple[_File, ...]:
    """Read the files of config/demo/profiles/, one a company, in the order of their names."""
    folder = files("config") / "demo" / "profiles"
    texts = sorted((entry.name, entry.read_text("utf-8")) for entry in folder.iterdir())
    return tuple(record(_File, YAML(typ="safe", pure=True).load(text)) for _, text in texts)


def claims() -> dict[str, Mapping[str, str]]:
    """Give what Wikidata states of a company: property → value, by the company's name."""
    return {each.company: each.wikidata for each in _files() if each.wikidata}


def by_hand() -> dict[str, tuple[ByHand, ...]]:
    """Give the figures that a person read, by the company's name."""
    return {each.company: each.manual for each in _files()}


def profiles_on(sites: Mapping[str, str], day: date, today: date) -> tuple[InventedProfile, ...]:
    """Give every profile of the companies that have a website, as it stood on `day`.

    `sites` are the companies' start pages by name. The files say how things are `today`.
    """
    return tuple(
        _profile(account, sites[file.company], day, today)
        for file in _files()
        if file.company in sites
        for account in file.profiles
    )


def _profile(account: DemoAccount, site: str, day: date, today: date) -> InventedProfile:
    """Reckon an account back from today to a day: with fewer followers, and without later posts."""
    weeks = (today - day).days // 7
    return InventedProfile(
        account=account,
        about=account.about.replace("{site}", site),
        shows=account.later if account.later and day == today else account.shows,
        site=site,
        followers=max(0, account.followers - account.weekly * weeks),
        posts=_posts(account.rhythm, day, today) if account.rhythm else (),
    )


def _posts(rhythm: Rhythm, day: date, today: date) -> tuple[DemoPost, ...]:
    """Write the posts that are out on `day`, the newest first; the rhythm ends near `today`."""
    posts = (_post(rhythm, number, today) for number in range(rhythm.count))
    out = [post for post in posts if post.at.date() <= day]
    return tuple(sorted(out, key=lambda post: post.at, reverse=True))


def _post(rhythm: Rhythm, number: int, today: date) -> DemoPost:
    """Write the post that is the `number`th from the newest on, which is 0.

    Its title, hour and figures follow from its number alone: the same post on every day.
    """
    back = rhythm.newest_days + number * rhythm.every_days + SHIFTS[number % len(SHIFTS)]
    day = datetime.combine(today - timedelta(days=max(back, 0)), datetime.min.time(), UTC)
    titles = [title.format(subject) for subject in rhythm.subjects for title in rhythm.titles]
    place = rhythm.count - number
    times, lap = TIMES[place % len(TIMES)], place // len(titles)
    return DemoPost(
        number=place,
        title=titles[place % len(titles)] + (f" ({lap + 1})" if lap else ""),
        at=day + timedelta(hours=HOURS[number % len(HOURS)], minutes=15),
        likes=round(rhythm.likes * times),
        comments=round(rhythm.comments * times),
        shares=round(rhythm.shares * times),
        views=round(rhythm.views * times),
    )
