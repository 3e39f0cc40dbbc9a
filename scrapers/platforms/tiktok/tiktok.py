"""TikTok: creator embed, page data and oEmbed of an account (developers.tiktok.com: embeds)."""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote

from scrapers.parse.document import Document
from scrapers.parse.embedded import script_json, statistic, things
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit
from scrapers.platforms.tiktok.embed import (
    PARTS,
    RULE,
    SITE,
    entry_of,
    figures,
    from_embed,
    no_videos,
    rounded_count,
    videos_in,
)

_MISSING, _PRIVATE = 10221, 10222
_REFUSALS = {
    10204: (kit.Outcome.BLOCKED, "not available, or this address is blocked"),
    10231: (kit.Outcome.HIDDEN, "not shown in this region"),
}
"""What the state (`statusCode`) in the page's data says where there is no account."""

_NOT_FOUND = re.compile(r'"serverCode":\s*404\b')
_CHALLENGE = re.compile(r"tiktok-verify-page|slardar|>\s*Please wait\.\.\.", re.I)
_DESCRIPTION = re.compile(r"\|\s*(?P<heartCount>\S+) Likes?\. (?P<followerCount>\S+) Followers?\.")
"""The counts in `Acme | 3.9M Likes. 783.4K Followers. …`, under the keys of the page's data."""

_TITLE = re.compile(r"(?P<name>.*?)\s*\(@(?P<handle>[\w.-]{2,30})\)")


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the creator's embed for the posts, the account's page for the exact counts."""
    embed = yield from kit.ask_page(f"{SITE}/embed/@{ask.handle}")
    entry = entry_of(embed, ask.handle)
    page = yield from kit.ask_page(f"{SITE}/@{ask.handle}")
    profile: kit.Profile | kit.Unknown = _by_page(page)
    if isinstance(profile, kit.Unknown):
        profile = from_embed(embed, entry) or (yield from _by_oembed(ask, profile))
    if isinstance(profile, kit.Unknown) or profile.standing is not kit.Standing.LIVE:
        return profile
    return replace(profile, timeline=_timeline(embed, entry, profile, ask))


# ---- the account's page ----


@dataclass(frozen=True, slots=True)
class _Account:
    """What a page says of an account: its data, its JSON-LD and its description."""

    proof: kit.Proof
    info: object
    document: Document

    def count(self, key: str, word: str, action: str = "") -> kit.Known[int] | kit.Unknown:
        """Return the most exact count that is there.

        `key` is its key in the page's data, `action` its name in JSON-LD (empty where that has
        none): `statsV2` and JSON-LD are exact, `stats` and the description are rounded.
        """
        people = things(self.document, "Person", "Organization") if action else []
        stated = [statistic(person, action) for person in people]
        for exact in (kit.field(self.info, "statsV2", key), *stated):
            if kit.count_of(exact) is not None:
                return self.proof.count(exact, word)
        rounded = kit.count_of(kit.field(self.info, "stats", key))
        if rounded is not None:
            return rounded_count(self.proof, rounded, word)
        match = _DESCRIPTION.search(self.document.meta("description", "og:description"))
        return self.proof.count(match[key] if match is not None and action else None, word)


def _by_page(page: kit.Page | kit.Failure) -> kit.Profile | kit.Unknown:
    """Read what an account's page says, or return why nothing."""
    if isinstance(page, kit.Failure):
        return kit.refused_by(page, RULE)
    document = read_html(page)
    payload = script_json(document, "#__UNIVERSAL_DATA_FOR_REHYDRATION__")
    detail = kit.field(payload, "__DEFAULT_SCOPE__", "webapp.user-detail")
    # An account that is not there may have a page all the same: a code in its data tells.
    code = kit.count_of(kit.field(detail, "statusCode")) or 0
    if code == _MISSING or _NOT_FOUND.search(document.source):
        return kit.not_found(page, RULE)
    account = _Account(kit.Proof(page, RULE), kit.field(detail, "userInfo"), document)
    title = _TITLE.match(document.meta("og:title"))
    if code in (0, _PRIVATE) and (
        kit.name_of(kit.field(account.info, "user", "uniqueId")) or title
    ):
        return _profile(account, title, private=code == _PRIVATE)
    if code == _PRIVATE:
        return kit.absent(page, RULE, kit.Standing.PRIVATE, "the account is private")
    return _refusal(document, code)


def _refusal(document: Document, code: int) -> kit.Unknown:
    """Say what a page without an account is; `code` is its state, 0 for none."""
    if kit.leads_to_login(document.page, "login"):
        return kit.unread(kit.Outcome.LOGIN_WALL, "a login in place of the account")
    if code in _REFUSALS:
        return kit.unread(*_REFUSALS[code])
    if not code and _CHALLENGE.search(document.source):
        return kit.unread(kit.Outcome.BLOCKED, "a check for robots in place of the account")
    return kit.unread(kit.Outcome.PARSE_FAILED, f"no account where it used to be (state {code})")


def _profile(account: _Account, title: re.Match[str] | None, *, private: bool) -> kit.Profile:
    """Put together the account; `title` is that of the page, where it names one."""
    user = kit.field(account.info, "user")
    handle = kit.name_of(kit.field(user, "uniqueId")) or (
        title["handle"] if title is not None else ""
    )
    name = kit.text_of(kit.field(user, "nickname")) or (title["name"] if title is not None else "")
    private = private or kit.field(user, "privateAccount") is True
    about = kit.text_of(kit.field(user, "signature"))
    followers, following, likes, videos = (
        _or_private(count, private=private)
        for count in (
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
        # The data leave out a link that is not there: of a missing one nothing is known.
        shows=kit.parts_in(user, PARTS),
    )


def _or_private(
    count: kit.Known[int] | kit.Unknown, *, private: bool
) -> kit.Known[int] | kit.Unknown:
    """Return a count as it is, or as unknown where it is the zero of a private account."""
    # TikTok states 0 for what a private account does not show: those zeros are none.
    if private and isinstance(count, kit.Known) and count.value == 0:
        return kit.unread(kit.Outcome.PRIVATE, "the account is private")
    return count


# ---- oEmbed, and the posts ----


def _by_oembed(ask: kit.Ask, reason: kit.Unknown) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Find out whether there is such an account, where nothing else can be read.

    That oEmbed knows none proves nothing (it may be kept from this region): then `reason` stays.
    """
    url = quote(f"{SITE}/@{ask.handle}", safe="")
    answer = yield from kit.ask_json(f"{SITE}/oembed?url={url}")
    if isinstance(answer, kit.Failure) or not answer.text("author_url"):
        return reason
    name, handle = answer.text("author_name"), kit.name_of(answer.field("author_unique_id"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(kit.Proof(answer.page, RULE).of(f"@{handle}: {name}"),),
        url=f"{SITE}/@{handle}" if handle else "",
        handle=handle,
        name=name,
        audience=reason,
        timeline=reason,
    )


def _timeline(
    embed: kit.Page | kit.Failure, entry: kit.Json, profile: kit.Profile, ask: kit.Ask
) -> kit.Timeline | kit.Unknown:
    """Return the newest videos; they are all of them where the account has no more."""
    handle = profile.handle or ask.handle
    posts = [] if isinstance(embed, kit.Failure) else list(videos_in(embed, entry, handle))
    total = kit.counted(profile.figures).get(kit.Count.VIDEOS)
    if posts:
        return kit.timeline_of(posts, ask, truncated=total is None or total.value > len(posts))
    if total is not None and total.value == 0:
        return kit.Timeline(posts=(), truncated=False)
    reason = profile.timeline
    # What the owner does not show stays hidden, whatever became of the embed.
    if isinstance(embed, kit.Failure) and not _is_hidden(reason):
        return kit.reason_of(embed)
    return reason


def _is_hidden(reason: kit.Timeline | kit.Unknown) -> bool:
    """Tell whether posts are missing because they are not public."""
    return isinstance(reason, kit.Unknown) and reason.reason is kit.Reason.NOT_PUBLIC


PLATFORM = kit.Platform(
    name="tiktok",
    read=read,
    public="exact followers, likes and videos as counts; about 10 newest videos with their views",
    confidence=kit.Confidence.RECORDED,
    pace=5.0,
)
