"""Twitch: the public page gives a name at most; followers and videos need the Helix API.

Source: dev.twitch.tv/docs/api/reference. Without a key a page that shows no name proves nothing:
Twitch draws the same page for channels that are not there.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

KEY = kit.Key(
    variables=("TWITCH_CLIENT_ID", "TWITCH_CLIENT_SECRET"),
    host="api.twitch.tv",
    headers=("Client-Id: {TWITCH_CLIENT_ID}", "Authorization: Bearer {token}"),
    grant="https://id.twitch.tv/oauth2/token",
    adds="followers, description, and the videos that Twitch still keeps, with views",
    opens=frozenset(kit.Opens),
)
_API = "https://api.twitch.tv/helix"
_RULE = "platform.twitch"


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read by the key where there is one, else the name of the channel."""
    if ask.has(KEY):
        return (yield from _official(ask))
    page = yield from kit.ask_page(ask.url)
    if isinstance(page, kit.Failure):
        return kit.reason_of(page)
    document = read_html(page)
    name = document.meta("og:title").removesuffix(" - Twitch").strip()
    # Where no channel is drawn, the title is that of Twitch itself, or there is none.
    if name.casefold() in ("", "twitch"):
        return kit.needs_key(KEY, "the page shows no channel to readers without a login")
    about = document.meta("og:description")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(kit.Proof(page, _RULE).of(f"{name}: {about}"),),
        name=name,
        about=about,
        audience=kit.needs_key(KEY, "followers"),
        timeline=kit.needs_key(KEY, "videos"),
        links=links_in(about),
    )


def _official(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the user by the API, then how many follow and the videos."""
    answer = yield from kit.ask_json(f"{_API}/users?login={quote(ask.handle.casefold())}", key=KEY)
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    account, login = answer.text("data", 0, "id"), kit.name_of(answer.field("data", 0, "login"))
    # A login that nobody has is no error to the API: the list of users is empty.
    if answer.field("data") == []:
        return kit.not_found(answer.page, _RULE, "Twitch knows no such user, or has suspended it")
    if not account or not login:
        return kit.reason_of(kit.bad_content(answer.page, "no user where it used to be"))
    name, about = answer.text("data", 0, "display_name"), answer.text("data", 0, "description")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(kit.Proof(answer.page, _RULE).of(f"{name}: {about}"),),
        url=f"https://www.twitch.tv/{login}",
        handle=login,
        account=account,
        name=name,
        about=about,
        audience=(yield from _followers(account)),
        timeline=(yield from _videos(ask, account)),
        links=links_in(about),
        created_at=kit.time_of(answer.field("data", 0, "created_at")),
        verified=answer.text("data", 0, "broadcaster_type") == "partner",
        shows=(kit.ProfilePart.BIOGRAPHY, kit.ProfilePart.VERIFIED),
    )


def _followers(account: str) -> kit.Steps[kit.Known[int] | kit.Unknown]:
    """Ask how many follow; who they are the API tells moderators only, and is not asked for."""
    answer = yield from kit.ask_json(
        f"{_API}/channels/followers?broadcaster_id={quote(account)}&first=1", key=KEY
    )
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    return kit.Proof(answer.page, _RULE).count(answer.field("total"), "followers")


def _videos(ask: kit.Ask, account: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the videos until the window is covered or the list ends."""
    url = f"{_API}/videos?user_id={quote(account)}&sort=time&first=100"
    listing = kit.Listing(
        first=url,
        items=_posts,
        after=lambda answer, _: kit.at_cursor(url, "after", answer.text("pagination", "cursor")),
        within=("data",),
        what="videos",
        ask=partial(kit.ask_json, key=KEY),
    )
    timeline = yield from kit.read_posts(ask, listing)
    # Past broadcasts vanish after weeks: a list that was read to its end is not whole, either.
    return replace(timeline, truncated=True) if isinstance(timeline, kit.Timeline) else timeline


def _posts(answer: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    """Read one page of videos."""
    proof = kit.Proof(answer.page, _RULE)
    for video in answer.items("data"):
        published = kit.dated_at(video.get("published_at")) or kit.dated_at(video.get("created_at"))
        number, title = kit.name_of(video.get("id")), kit.text_of(video.get("title"))
        if published is None or not number:
            continue
        yield kit.ProfilePost(
            url=f"https://www.twitch.tv/videos/{number}",
            title=title,
            text=kit.text_of(video.get("description")),
            published=published,
            evidence=proof.dated(published, title),
            format="video",
            language=kit.language_of(video.get("language")),
            interactions=kit.interactions_of(video, ((kit.Reaction.VIEWS, "view_count"),)),
        )


PLATFORM = kit.Platform(
    name="twitch",
    read=read,
    public="name and description",
    confidence=kit.Confidence.UNVERIFIED,
    keys=(KEY,),
)
