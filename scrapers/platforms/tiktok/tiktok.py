"""TikTok: creator embed, page data and oEmbed of an account (developers.tiktok.com: embeds)."""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote

from audit.model.exchange import Failure, Page
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfileFigure,
    Standing,
    Timeline,
    counted,
    unread,
)
from audit.model.value import Known, Reason, Unknown
from scrapers.parse.embedded import script_json, statistic, things
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import links_in
from scrapers.parse.values import Json, at, name_of, text_of, time_of, whole
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps, answer, page
from scrapers.platforms.kit.proof import Proof, absent, gone, refused, timeline, walled, why
from scrapers.platforms.tiktok.embed import (
    RULE,
    SITE,
    entry_of,
    figures,
    from_embed,
    loose,
    no_videos,
    videos_in,
)

_MISSING, _PRIVATE = 10221, 10222
_CODES = {
    10204: (Outcome.BLOCKED, "not available, or this address is blocked"),
    10231: (Outcome.HIDDEN, "not shown in this region"),
}
_NOT_FOUND = re.compile(r'"serverCode":\s*404\b')
_CHALLENGE = re.compile(r"tiktok-verify-page|slardar|>\s*Please wait\.\.\.", re.I)
_SHOWN = re.compile(r"\|\s*(?P<heartCount>\S+) Likes?\. (?P<followerCount>\S+) Followers?\.")
_TITLE = re.compile(r"(?P<name>.*?)\s*\(@(?P<handle>[\w.-]{2,30})\)")


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the creator's embed for the posts, the account's page for the exact counts."""
    framed = yield from page(f"{SITE}/embed/@{ask.handle}")
    entry = entry_of(framed, ask.handle)
    found = yield from page(f"{SITE}/@{ask.handle}")
    shown: Profile | Unknown = _shown(found)
    if isinstance(shown, Unknown):
        shown = from_embed(framed, entry) or (yield from _existing(ask, shown))
    if isinstance(shown, Unknown) or shown.standing is not Standing.LIVE:
        return shown
    return replace(shown, timeline=_posts(framed, entry, shown, ask))


# ---- the account's page ----


@dataclass(frozen=True, slots=True)
class _Account:
    """What a page says of an account: its data, its JSON-LD and its description."""

    proof: Proof
    info: object
    document: Document

    def count(self, key: str, word: str, action: str = "") -> Known[int] | Unknown:
        """The most exact count that is there; `stats` and the description are rounded."""
        said = at(self.info, "statsV2", key)
        people = things(self.document, "Person", "Organization") if action else []
        stated = [statistic(each, action) for each in people]
        for exact in (said, *stated):
            if whole(exact) is not None:
                return self.proof.count(exact, word)
        rounded = whole(at(self.info, "stats", key))
        if rounded is not None:
            return loose(self.proof, rounded, word)
        shown = _SHOWN.search(self.document.meta("description", "og:description"))
        return self.proof.count(shown[key] if shown is not None and action else None, word)


def _shown(found: Page | Failure) -> Profile | Unknown:
    """What an account's page says, or why nothing."""
    if isinstance(found, Failure):
        return refused(found, RULE)
    document = read_html(found)
    data = script_json(document, "#__UNIVERSAL_DATA_FOR_REHYDRATION__")
    detail = at(data, "__DEFAULT_SCOPE__", "webapp.user-detail")
    code = whole(at(detail, "statusCode")) or 0
    if code == _MISSING or _NOT_FOUND.search(document.source):
        return gone(found, RULE)
    account = _Account(Proof(found, RULE), at(detail, "userInfo"), document)
    title = _TITLE.match(document.meta("og:title"))
    if code in (0, _PRIVATE) and (name_of(at(account.info, "user", "uniqueId")) or title):
        return _profile(account, title, private=code == _PRIVATE)
    if code == _PRIVATE:
        return absent(found, RULE, Standing.PRIVATE, "the account is private")
    return _refused(document, code)


def _refused(document: Document, code: int) -> Unknown:
    """What a page without an account is."""
    if walled(document.page, "login"):
        return unread(Outcome.LOGIN_WALL, "a login in place of the account")
    if code in _CODES:
        return unread(*_CODES[code])
    if not code and _CHALLENGE.search(document.source):
        return unread(Outcome.BLOCKED, "a check for robots in place of the account")
    return unread(Outcome.PARSE_FAILED, f"no account where it used to be (state {code})")


def _profile(account: _Account, title: re.Match[str] | None, *, private: bool) -> Profile:
    user = at(account.info, "user")
    handle = name_of(at(user, "uniqueId")) or (title["handle"] if title is not None else "")
    name = text_of(at(user, "nickname")) or (title["name"] if title is not None else "")
    private = private or at(user, "privateAccount") is True
    about = text_of(at(user, "signature"))
    followers, following, likes, videos = (
        _or_hidden(said, private=private)
        for said in (
            account.count("followerCount", "followers", "FollowAction"),
            account.count("followingCount", "following"),
            account.count("heartCount", "likes", "LikeAction"),
            account.count("videoCount", "videos"),
        )
    )
    return Profile(
        standing=Standing.PRIVATE if private else Standing.LIVE,
        evidence=(account.proof.of(f"@{handle}: {about or name}"),),
        url=f"{SITE}/@{handle}",
        handle=handle,
        account=text_of(at(user, "id")),
        name=name,
        about=about,
        audience=followers,
        figures=(
            *figures(following, likes),
            ProfileFigure(count=Count.VIDEOS, value=videos),
        ),
        timeline=no_videos(user, private=private),
        links=links_in(f"{text_of(at(user, 'bioLink', 'link'))} {about}"),
        created_at=time_of(at(user, "createTime")),
        verified=at(user, "verified") is True,
    )


def _or_hidden(said: Known[int] | Unknown, *, private: bool) -> Known[int] | Unknown:
    """A private account states zeros that are none."""
    if private and isinstance(said, Known) and said.value == 0:
        return unread(Outcome.PRIVATE, "the account is private")
    return said


def _existing(ask: Ask, reason: Unknown) -> Steps[Profile | Unknown]:
    """Whether there is such an account, where nothing else can be read."""
    url = quote(f"{SITE}/@{ask.handle}", safe="")
    found = yield from answer(f"{SITE}/oembed?url={url}")
    if isinstance(found, Failure) or not found.text("author_url"):
        return reason
    name, handle = found.text("author_name"), name_of(found.at("author_unique_id"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(Proof(found.page, RULE).of(f"@{handle}: {name}"),),
        url=f"{SITE}/@{handle}" if handle else "",
        handle=handle,
        name=name,
        audience=reason,
        timeline=reason,
    )


def _posts(framed: Page | Failure, entry: Json, shown: Profile, ask: Ask) -> Timeline | Unknown:
    """The newest videos; all of them where the account has no more."""
    handle = shown.handle or ask.handle
    posts = [] if isinstance(framed, Failure) else list(videos_in(framed, entry, handle))
    total = counted(shown.figures).get(Count.VIDEOS)
    if posts:
        return timeline(posts, ask, truncated=total is None or total.value > len(posts))
    if total is not None and total.value == 0:
        return Timeline(posts=(), truncated=False)
    reason = shown.timeline
    if isinstance(framed, Failure) and not _hidden(reason):
        return why(framed)
    return reason


def _hidden(reason: Timeline | Unknown) -> bool:
    return isinstance(reason, Unknown) and reason.reason is Reason.NOT_PUBLIC


PLATFORM = Platform(
    name="tiktok",
    read=read,
    public="exact followers, likes and videos as counts; about 10 newest videos with their views",
    confidence=Confidence.RECORDED,
    pace=5.0,
)
