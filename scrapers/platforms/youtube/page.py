"""A YouTube channel page, from the data that it carries for its scripts (recorded, 2023 and 2026).

The same data come from the undocumented interface. Counts are rounded, as the page shows them.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from audit.model.dated import Dated, DateSource
from audit.model.exchange import Page
from audit.model.profile import (
    Count,
    Interaction,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Known, Unknown
from scrapers.parse.counts import parse_count
from scrapers.parse.dates import parse_date
from scrapers.parse.embedded import everywhere
from scrapers.parse.text import clean
from scrapers.parse.urls import links_in, unwrap
from scrapers.parse.values import at, listed, name_of, once, site_of, text_of
from scrapers.platforms.kit.proof import Proof, absent
from scrapers.platforms.youtube.feed import ACCOUNT, RULE, address

_MONTHS = {
    month: number
    for number, month in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_AGO = re.compile(r"\b\d{1,3} (?:second|minute|hour|day|week|month|year)s? ago")
_COARSE = re.compile(r"month|year")
_OLD, _NEW = "c4TabbedHeaderRenderer", "pageHeaderRenderer"


def channel_of(page: Page, said: object) -> Profile | Unknown:
    """The channel without its posts; or why the page shows none."""
    about = at(said, "metadata", "channelMetadataRenderer")
    account = text_of(at(about, "externalId"))
    if not ACCOUNT.fullmatch(account):
        return _alerted(page, said)
    proof, panel = Proof(page, RULE), _panel(said)
    name, description = text_of(at(about, "title")), text_of(at(about, "description"))
    handle = name_of(text_of(at(about, "vanityChannelUrl")).partition("/@")[2])
    audience = _subscribers(proof, said)
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {account}"),),
        url=f"https://www.youtube.com/{f'@{handle}' if handle else f'channel/{account}'}",
        handle=handle,
        account=account,
        name=name,
        about=description,
        audience=audience,
        figures=tuple(_figures(proof, said)),
        timeline=unread(Outcome.PARSE_FAILED, "the page lists no videos with their times"),
        links=once(_linked(said), links_in(description)),
        created_at=_joined(page, shown(at(panel, "joinedDateText"))),
        verified=_verified(said),
    )


def _alerted(page: Page, said: object) -> Profile | Unknown:
    """What YouTube says in place of a channel that it does not show."""
    alerts = [at(each, "alertRenderer") for each in listed(at(said, "alerts"))]
    words = [shown(at(each, "text")) for each in alerts if at(each, "type") == "ERROR"]
    text = next((each for each in words if each), "")
    if re.search(r"removed because it violated|terminated|suspended", text):
        return absent(page, RULE, Standing.SUSPENDED, text)
    if "does not exist" in text or "doesn't exist" in text:
        return absent(page, RULE, Standing.MISSING, text)
    if text:
        return unread(Outcome.PRIVATE, f"YouTube shows no channel: {text}")
    return unread(Outcome.PARSE_FAILED, "no channel where it used to be")


def shown(said: object) -> str:
    """A text in any of the forms that YouTube gives it."""
    if isinstance(said, str):
        return text_of(said)
    runs = (at(each, "text") for each in listed(at(said, "runs")))
    joined = clean("".join(each for each in runs if isinstance(each, str)))
    return text_of(at(said, "simpleText")) or text_of(at(said, "content")) or joined


def _panel(said: object) -> object:
    """The panel with the exact views, the date and the links, where the page has it."""
    return next(everywhere(said, "aboutChannelViewModel"), None)


def _parts(said: object) -> list[str]:
    """What the new header says under the name, without the handle."""
    model = at(said, "header", _NEW, "content", "pageHeaderViewModel", "metadata")
    rows = listed(at(model, "contentMetadataViewModel", "metadataRows"))
    parts = (shown(each.get("text")) for row in rows for each in listed(row.get("metadataParts")))
    return [part for part in parts if part and not part.startswith("@")]


def _subscribers(proof: Proof, said: object) -> Known[int] | Unknown:
    parts, old = _parts(said), at(said, "header", _OLD)
    word = next((each for each in parts if "subscriber" in each.casefold()), "")
    placed = parts[0] if len(parts) == 2 and "video" not in parts[0].casefold() else ""
    text = shown(at(_panel(said), "subscriberCountText")) or shown(at(old, "subscriberCountText"))
    text = text or word or placed
    if text:
        return proof.count(text, "subscribers")
    if shown(at(old, "videosCountText")) or any("video" in each.casefold() for each in parts):
        return unread(Outcome.HIDDEN, "the owner does not show how many subscribe")
    return unread(Outcome.PARSE_FAILED, "no count of subscribers where it used to be")


def _figures(proof: Proof, said: object) -> Iterator[ProfileFigure]:
    parts, panel = _parts(said), _panel(said)
    word = next((each for each in parts if "video" in each.casefold()), "")
    placed = parts[1] if len(parts) == 2 else ""
    videos = shown(at(panel, "videoCountText")) or shown(
        at(said, "header", _OLD, "videosCountText")
    )
    yield proof.figure(Count.VIDEOS, videos or word or placed)
    if panel is not None:
        views = proof.count(shown(at(panel, "viewCountText")), "views")
        yield ProfileFigure(count=Count.VIEWS, value=views)


def _verified(said: object) -> bool:
    badges = listed(at(said, "header", _OLD, "badges"))
    styles = (text_of(at(each, "metadataBadgeRenderer", "style")) for each in badges)
    title = at(said, "header", _NEW, "content", "pageHeaderViewModel", "title")
    return any(style.startswith("BADGE_STYLE_TYPE_VERIFIED") for style in styles) or any(
        name == "CHECK_CIRCLE_FILLED" for name in everywhere(title, "imageName")
    )


def _linked(said: object) -> Iterator[str]:
    """The addresses that the owner gives: each a text and where it leads."""
    model = at(said, "header", _NEW, "content", "pageHeaderViewModel")
    places = (
        at(said, "header", _OLD, "headerLinks", "channelHeaderLinksViewModel", "firstLink"),
        at(model, "attribution", "attributionViewModel", "text"),
        *(each.get("channelExternalLinkViewModel") for each in listed(at(_panel(said), "links"))),
    )
    for place in places:
        targets = [site_of(at(each, "url")) for each in everywhere(place, "urlEndpoint")]
        outside = [unwrap(each) for each in once(*targets) if each.startswith("https://")]
        yield from outside or links_in(shown(place) or shown(at(place, "link")))


def _joined(page: Page, text: str) -> datetime | None:
    found = parse_date(text, DateSource.TEXT, page.fetched_at, _MONTHS)
    return found.at if found is not None else None


def listed_videos(page: Page, said: object) -> Timeline | Unknown:
    """The newest videos of the tab "Videos": exact views, rough times, no Shorts."""
    grid = next(everywhere(at(said, "contents"), "richGridRenderer"), None)
    items = listed(at(grid, "contents"))
    videos = [at(each, "richItemRenderer", "content", "videoRenderer") for each in items]
    posts = [post for each in videos if (post := _post(page, each)) is not None]
    if not posts:
        return unread(Outcome.PARSE_FAILED, "no list of videos where it used to be")
    return Timeline(posts=tuple(posts), truncated=True)


def _post(page: Page, said: object) -> ProfilePost | None:
    video, title = name_of(at(said, "videoId")), shown(at(said, "title"))
    made = _ago(page, shown(at(said, "publishedTimeText")))
    if not video or made is None:
        return None
    views = parse_count(shown(at(said, "viewCountText")))
    seen = () if views is None else (
        Interaction(reaction=Reaction.VIEWS, count=views.value, exact=views.exact),
    )  # fmt: skip
    return ProfilePost(
        url=address(video),
        title=title,
        text=shown(at(said, "descriptionSnippet")),
        published=made,
        evidence=Proof(page, RULE).of(f"{shown(at(said, 'publishedTimeText'))}: {title}"),
        format="video",
        interactions=seen,
    )


def _ago(page: Page, text: str) -> Dated | None:
    """The time of "Streamed 3 days ago"; of months and years only roughly."""
    found = _AGO.search(text)
    if found is None:
        return None
    dated = parse_date(found[0], DateSource.TEXT, page.fetched_at, language="en")
    if dated is None:
        return None
    rough = _COARSE.search(found[0]) is not None
    return Dated(at=dated.at, source=dated.source, day_only=True, ambiguous=rough)
