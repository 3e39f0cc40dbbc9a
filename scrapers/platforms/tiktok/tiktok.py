"""TikTok: creator embed, page data and oEmbed of an account (developers.tiktok.com: embeds)."""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote

from scrapers.parse.embedded import script_json, statistic, things
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit
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
    10204: (kit.Outcome.BLOCKED, "not available, or this address is blocked"),
    10231: (kit.Outcome.HIDDEN, "not shown in this region"),
}
_NOT_FOUND = re.compile(r'"serverCode":\s*404\b')
_CHALLENGE = re.compile(r"tiktok-verify-page|slardar|>\s*Please wait\.\.\.", re.I)
_SHOWN = re.compile(r"\|\s*(?P<heartCount>\S+) Likes?\. (?P<followerCount>\S+) Followers?\.")
_TITLE = re.compile(r"(?P<name>.*?)\s*\(@(?P<handle>[\w.-]{2,30})\)")


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the creator's embed for the posts, the account's page for the exact counts."""
    framed = yield from kit.ask_page(f"{SITE}/embed/@{ask.handle}")
    entry = entry_of(framed, ask.handle)
    found = yield from kit.ask_page(f"{SITE}/@{ask.handle}")
    shown: kit.Profile | kit.Unknown = _shown(found)
    if isinstance(shown, kit.Unknown):
        shown = from_embed(framed, entry) or (yield from _existing(ask, shown))
    if isinstance(shown, kit.Unknown) or shown.standing is not kit.Standing.LIVE:
        return shown
    return replace(shown, timeline=_posts(framed, entry, shown, ask))


# ---- the account's page ----


@dataclass(frozen=True, slots=True)
class _Account:
    """What a page says of an account: its data, its JSON-LD and its description."""

    proof: kit.Proof
    info: object
    document: Document

    def count(self, key: str, word: str, action: str = "") -> kit.Known[int] | kit.Unknown:
        """The most exact count that is there; `stats` and the description are rounded."""
        said = kit.field(self.info, "statsV2", key)
        people = things(self.document, "Person", "Organization") if action else []
        stated = [statistic(each, action) for each in people]
        for exact in (said, *stated):
            if kit.count_of(exact) is not None:
                return self.proof.count(exact, word)
        rounded = kit.count_of(kit.field(self.info, "stats", key))
        if rounded is not None:
            return loose(self.proof, rounded, word)
        shown = _SHOWN.search(self.document.meta("description", "og:description"))
        return self.proof.count(shown[key] if shown is not None and action else None, word)


def _shown(found: kit.Page | kit.Failure) -> kit.Profile | kit.Unknown:
    """What an account's page says, or why nothing."""
    if isinstance(found, kit.Failure):
        return kit.refused_by(found, RULE)
    document = read_html(found)
    data = script_json(document, "#__UNIVERSAL_DATA_FOR_REHYDRATION__")
    detail = kit.field(data, "__DEFAULT_SCOPE__", "webapp.user-detail")
    code = kit.count_of(kit.field(detail, "statusCode")) or 0
    if code == _MISSING or _NOT_FOUND.search(document.source):
        return kit.not_found(found, RULE)
    account = _Account(kit.Proof(found, RULE), kit.field(detail, "userInfo"), document)
    title = _TITLE.match(document.meta("og:title"))
    if code in (0, _PRIVATE) and (
        kit.name_of(kit.field(account.info, "user", "uniqueId")) or title
    ):
        return _profile(account, title, private=code == _PRIVATE)
    if code == _PRIVATE:
        return kit.absent(found, RULE, kit.Standing.PRIVATE, "the account is private")
    return _refused(document, code)


def _refused(document: Document, code: int) -> kit.Unknown:
    """What a page without an account is."""
    if kit.leads_to_login(document.page, "login"):
        return kit.unread(kit.Outcome.LOGIN_WALL, "a login in place of the account")
    if code in _CODES:
        return kit.unread(*_CODES[code])
    if not code and _CHALLENGE.search(document.source):
        return kit.unread(kit.Outcome.BLOCKED, "a check for robots in place of the account")
    return kit.unread(kit.Outcome.PARSE_FAILED, f"no account where it used to be (state {code})")


def _profile(account: _Account, title: re.Match[str] | None, *, private: bool) -> kit.Profile:
    user = kit.field(account.info, "user")
    handle = kit.name_of(kit.field(user, "uniqueId")) or (
        title["handle"] if title is not None else ""
    )
    name = kit.text_of(kit.field(user, "nickname")) or (title["name"] if title is not None else "")
    private = private or kit.field(user, "privateAccount") is True
    about = kit.text_of(kit.field(user, "signature"))
    followers, following, likes, videos = (
        _or_hidden(said, private=private)
        for said in (
            account.count("followerCount", "followers", "FollowAction"),
            account.count("followingCount", "following"),
            account.count("heartCount", "likes", "LikeAction"),
            account.count("videoCount", "videos"),
        )
    )
    return kit.Profile(
        standing=kit.Standing.PRIVATE if private else kit.Standing.LIVE,
        evidence=(account.proof.of(f"@{handle}: {about or name}"),),
        url=f"{SITE}/@{handle}",
        handle=handle,
        account=kit.text_of(kit.field(user, "id")),
        name=name,
        about=about,
        audience=followers,
        figures=(
            *figures(following, likes),
            kit.ProfileFigure(count=kit.Count.VIDEOS, value=videos),
        ),
        timeline=no_videos(user, private=private),
        links=links_in(f"{kit.text_of(kit.field(user, 'bioLink', 'link'))} {about}"),
        created_at=kit.time_of(kit.field(user, "createTime")),
        verified=kit.field(user, "verified") is True,
    )


def _or_hidden(
    said: kit.Known[int] | kit.Unknown, *, private: bool
) -> kit.Known[int] | kit.Unknown:
    """A private account states zeros that are none."""
    if private and isinstance(said, kit.Known) and said.value == 0:
        return kit.unread(kit.Outcome.PRIVATE, "the account is private")
    return said


def _existing(ask: kit.Ask, reason: kit.Unknown) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Whether there is such an account, where nothing else can be read."""
    url = quote(f"{SITE}/@{ask.handle}", safe="")
    found = yield from kit.ask_json(f"{SITE}/oembed?url={url}")
    if isinstance(found, kit.Failure) or not found.text("author_url"):
        return reason
    name, handle = found.text("author_name"), kit.name_of(found.field("author_unique_id"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(kit.Proof(found.page, RULE).of(f"@{handle}: {name}"),),
        url=f"{SITE}/@{handle}" if handle else "",
        handle=handle,
        name=name,
        audience=reason,
        timeline=reason,
    )


def _posts(
    framed: kit.Page | kit.Failure, entry: kit.Json, shown: kit.Profile, ask: kit.Ask
) -> kit.Timeline | kit.Unknown:
    """The newest videos; all of them where the account has no more."""
    handle = shown.handle or ask.handle
    posts = [] if isinstance(framed, kit.Failure) else list(videos_in(framed, entry, handle))
    total = kit.counted(shown.figures).get(kit.Count.VIDEOS)
    if posts:
        return kit.timeline_of(posts, ask, truncated=total is None or total.value > len(posts))
    if total is not None and total.value == 0:
        return kit.Timeline(posts=(), truncated=False)
    reason = shown.timeline
    if isinstance(framed, kit.Failure) and not _hidden(reason):
        return kit.reason_of(framed)
    return reason


def _hidden(reason: kit.Timeline | kit.Unknown) -> bool:
    return isinstance(reason, kit.Unknown) and reason.reason is kit.Reason.NOT_PUBLIC


PLATFORM = kit.Platform(
    name="tiktok",
    read=read,
    public="exact followers, likes and videos as counts; about 10 newest videos with their views",
    confidence=kit.Confidence.RECORDED,
    pace=5.0,
)
