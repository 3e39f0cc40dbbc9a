"""A YouTube channel page, from the data that it carries for its scripts (recorded, 2023 and 2026).

The same data come from the undocumented interface. Counts are rounded, as the page shows them.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from scrapers.parse.counts import parse_count
from scrapers.parse.dates import parse_date
from scrapers.parse.embedded import everywhere
from scrapers.parse.text import clean
from scrapers.parse.urls import links_in, unwrap
from scrapers.platforms import kit
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


def channel_of(page: kit.Page, said: object) -> kit.Profile | kit.Unknown:
    """The channel without its posts; or why the page shows none."""
    about = kit.field(said, "metadata", "channelMetadataRenderer")
    account = kit.text_of(kit.field(about, "externalId"))
    if not ACCOUNT.fullmatch(account):
        return _alerted(page, said)
    proof, panel = kit.Proof(page, RULE), _panel(said)
    name, description = (
        kit.text_of(kit.field(about, "title")),
        kit.text_of(kit.field(about, "description")),
    )
    handle = kit.name_of(kit.text_of(kit.field(about, "vanityChannelUrl")).partition("/@")[2])
    audience = _subscribers(proof, said)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {account}"),),
        url=f"https://www.youtube.com/{f'@{handle}' if handle else f'channel/{account}'}",
        handle=handle,
        account=account,
        name=name,
        about=description,
        audience=audience,
        figures=tuple(_figures(proof, said)),
        timeline=kit.unread(kit.Outcome.PARSE_FAILED, "the page lists no videos with their times"),
        links=kit.distinct(_linked(said), links_in(description)),
        created_at=_joined(page, shown(kit.field(panel, "joinedDateText"))),
        verified=_verified(said),
    )


def _alerted(page: kit.Page, said: object) -> kit.Profile | kit.Unknown:
    """What YouTube says in place of a channel that it does not show."""
    alerts = [kit.field(each, "alertRenderer") for each in kit.items(kit.field(said, "alerts"))]
    words = [
        shown(kit.field(each, "text")) for each in alerts if kit.field(each, "type") == "ERROR"
    ]
    text = next((each for each in words if each), "")
    if re.search(r"removed because it violated|terminated|suspended", text):
        return kit.absent(page, RULE, kit.Standing.SUSPENDED, text)
    if "does not exist" in text or "doesn't exist" in text:
        return kit.absent(page, RULE, kit.Standing.MISSING, text)
    if text:
        return kit.unread(kit.Outcome.PRIVATE, f"YouTube shows no channel: {text}")
    return kit.unread(kit.Outcome.PARSE_FAILED, "no channel where it used to be")


def shown(said: object) -> str:
    """A text in any of the forms that YouTube gives it."""
    if isinstance(said, str):
        return kit.text_of(said)
    runs = (kit.field(each, "text") for each in kit.items(kit.field(said, "runs")))
    joined = clean("".join(each for each in runs if isinstance(each, str)))
    return (
        kit.text_of(kit.field(said, "simpleText"))
        or kit.text_of(kit.field(said, "content"))
        or joined
    )


def _panel(said: object) -> object:
    """The panel with the exact views, the date and the links, where the page has it."""
    return next(everywhere(said, "aboutChannelViewModel"), None)


def _parts(said: object) -> list[str]:
    """What the new header says under the name, without the handle."""
    model = kit.field(said, "header", _NEW, "content", "pageHeaderViewModel", "metadata")
    rows = kit.items(kit.field(model, "contentMetadataViewModel", "metadataRows"))
    parts = (
        shown(each.get("text")) for row in rows for each in kit.items(row.get("metadataParts"))
    )
    return [part for part in parts if part and not part.startswith("@")]


def _subscribers(proof: kit.Proof, said: object) -> kit.Known[int] | kit.Unknown:
    parts, old = _parts(said), kit.field(said, "header", _OLD)
    word = next((each for each in parts if "subscriber" in each.casefold()), "")
    placed = parts[0] if len(parts) == 2 and "video" not in parts[0].casefold() else ""
    text = shown(kit.field(_panel(said), "subscriberCountText")) or shown(
        kit.field(old, "subscriberCountText")
    )
    text = text or word or placed
    if text:
        return proof.count(text, "subscribers")
    if shown(kit.field(old, "videosCountText")) or any(
        "video" in each.casefold() for each in parts
    ):
        return kit.unread(kit.Outcome.HIDDEN, "the owner does not show how many subscribe")
    return kit.unread(kit.Outcome.PARSE_FAILED, "no count of subscribers where it used to be")


def _figures(proof: kit.Proof, said: object) -> Iterator[kit.ProfileFigure]:
    parts, panel = _parts(said), _panel(said)
    word = next((each for each in parts if "video" in each.casefold()), "")
    placed = parts[1] if len(parts) == 2 else ""
    videos = shown(kit.field(panel, "videoCountText")) or shown(
        kit.field(said, "header", _OLD, "videosCountText")
    )
    yield proof.figure(kit.Count.VIDEOS, videos or word or placed)
    if panel is not None:
        views = proof.count(shown(kit.field(panel, "viewCountText")), "views")
        yield kit.ProfileFigure(count=kit.Count.VIEWS, value=views)


def _verified(said: object) -> bool:
    badges = kit.items(kit.field(said, "header", _OLD, "badges"))
    styles = (kit.text_of(kit.field(each, "metadataBadgeRenderer", "style")) for each in badges)
    title = kit.field(said, "header", _NEW, "content", "pageHeaderViewModel", "title")
    return any(style.startswith("BADGE_STYLE_TYPE_VERIFIED") for style in styles) or any(
        name == "CHECK_CIRCLE_FILLED" for name in everywhere(title, "imageName")
    )


def _linked(said: object) -> Iterator[str]:
    """The addresses that the owner gives: each a text and where it leads."""
    model = kit.field(said, "header", _NEW, "content", "pageHeaderViewModel")
    places = (
        kit.field(said, "header", _OLD, "headerLinks", "channelHeaderLinksViewModel", "firstLink"),
        kit.field(model, "attribution", "attributionViewModel", "text"),
        *(
            each.get("channelExternalLinkViewModel")
            for each in kit.items(kit.field(_panel(said), "links"))
        ),
    )
    for place in places:
        targets = [kit.site_in(kit.field(each, "url")) for each in everywhere(place, "urlEndpoint")]
        outside = [unwrap(each) for each in kit.distinct(*targets) if each.startswith("https://")]
        yield from outside or links_in(shown(place) or shown(kit.field(place, "link")))


def _joined(page: kit.Page, text: str) -> datetime | None:
    found = parse_date(text, kit.DateSource.TEXT, page.fetched_at, _MONTHS)
    return found.at if found is not None else None


def listed_videos(page: kit.Page, said: object) -> kit.Timeline | kit.Unknown:
    """The newest videos of the tab "Videos": exact views, rough times, no Shorts."""
    grid = next(everywhere(kit.field(said, "contents"), "richGridRenderer"), None)
    items = kit.items(kit.field(grid, "contents"))
    videos = [kit.field(each, "richItemRenderer", "content", "videoRenderer") for each in items]
    posts = [post for each in videos if (post := _post(page, each)) is not None]
    if not posts:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no list of videos where it used to be")
    return kit.Timeline(posts=tuple(posts), truncated=True)


def _post(page: kit.Page, said: object) -> kit.ProfilePost | None:
    video, title = kit.name_of(kit.field(said, "videoId")), shown(kit.field(said, "title"))
    made = _ago(page, shown(kit.field(said, "publishedTimeText")))
    if not video or made is None:
        return None
    views = parse_count(shown(kit.field(said, "viewCountText")))
    seen = () if views is None else (
        kit.Interaction(reaction=kit.Reaction.VIEWS, count=views.value, exact=views.exact),
    )  # fmt: skip
    return kit.ProfilePost(
        url=address(video),
        title=title,
        text=shown(kit.field(said, "descriptionSnippet")),
        published=made,
        evidence=kit.Proof(page, RULE).of(
            f"{shown(kit.field(said, 'publishedTimeText'))}: {title}"
        ),
        format="video",
        interactions=seen,
    )


def _ago(page: kit.Page, text: str) -> kit.Dated | None:
    """The time of "Streamed 3 days ago"; of months and years only roughly."""
    found = _AGO.search(text)
    if found is None:
        return None
    dated = parse_date(found[0], kit.DateSource.TEXT, page.fetched_at, language="en")
    if dated is None:
        return None
    rough = _COARSE.search(found[0]) is not None
    return kit.Dated(at=dated.at, source=dated.source, day_only=True, ambiguous=rough)
