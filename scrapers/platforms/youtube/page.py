"""A YouTube channel page, from the data that it carries for its scripts (recorded, 2023 and 2026).

The same data come from the undocumented interface. Counts are rounded, as the page shows them.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from scrapers.parse.counts import parse_count
from scrapers.parse.date_words import DateStyle
from scrapers.parse.dates import find_date
from scrapers.parse.embedded import everywhere
from scrapers.parse.text import clean
from scrapers.parse.urls import links_in, unwrap
from scrapers.platforms import kit
from scrapers.platforms.youtube.feed import ACCOUNT, RULE, address

_AGO = re.compile(r"\b\d{1,3} (?:second|minute|hour|day|week|month|year)s? ago")
_COARSE = re.compile(r"month|year")
_SUSPENDED = re.compile(r"removed because it violated|terminated|suspended")
_OLD, _NEW = "c4TabbedHeaderRenderer", "pageHeaderRenderer"
"""The header of a channel page of 2023, and that of 2026."""


def channel_of(page: kit.Page, data: object) -> kit.Profile | kit.Unknown:
    """Read the channel without its posts from the page's data, or return why there is none."""
    about = kit.field(data, "metadata", "channelMetadataRenderer")
    account = kit.text_of(kit.field(about, "externalId"))
    if not ACCOUNT.fullmatch(account):
        return _by_alert(page, data)
    proof, panel = kit.Proof(page, RULE), _panel(data)
    name = kit.text_of(kit.field(about, "title"))
    description = kit.text_of(kit.field(about, "description"))
    handle = kit.name_of(kit.text_of(kit.field(about, "vanityChannelUrl")).partition("/@")[2])
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {account}"),),
        url=f"https://www.youtube.com/{f'@{handle}' if handle else f'channel/{account}'}",
        handle=handle,
        account=account,
        name=name,
        about=description,
        audience=_subscribers(proof, data),
        figures=tuple(_figures(proof, data)),
        timeline=kit.unread(kit.Outcome.PARSE_FAILED, "the page lists no videos with their times"),
        links=kit.distinct(_links(data), links_in(description)),
        created_at=_joined_at(page, _text_in(kit.field(panel, "joinedDateText"))),
        verified=_is_verified(data),
        cover=_has_cover(data),
        shows=tuple(_shown(data)),
    )


def _by_alert(page: kit.Page, data: object) -> kit.Profile | kit.Unknown:
    """Return what YouTube says in place of a channel that it does not show."""
    alerts = [kit.field(alert, "alertRenderer") for alert in kit.items(kit.field(data, "alerts"))]
    errors = [
        _text_in(kit.field(alert, "text"))
        for alert in alerts
        if kit.field(alert, "type") == "ERROR"
    ]
    text = next((error for error in errors if error), "")
    if _SUSPENDED.search(text):
        return kit.absent(page, RULE, kit.Standing.SUSPENDED, text)
    if "does not exist" in text or "doesn't exist" in text:
        return kit.absent(page, RULE, kit.Standing.MISSING, text)
    # "This channel is not available" may be said of a channel that is there.
    if text:
        return kit.unread(kit.Outcome.PRIVATE, f"YouTube shows no channel: {text}")
    return kit.unread(kit.Outcome.PARSE_FAILED, "no channel where it used to be")


# ---- the data ----


def _text_in(node: object) -> str:
    """Return a text in any of the forms that YouTube gives it; empty for none.

    They are a bare text, `{"simpleText": TEXT}`, `{"content": TEXT}`, and a text in pieces:
    `{"runs": [{"text": PIECE}, …]}`.
    """
    if isinstance(node, str):
        return kit.text_of(node)
    pieces = (kit.field(run, "text") for run in kit.items(kit.field(node, "runs")))
    joined = clean("".join(piece for piece in pieces if isinstance(piece, str)))
    return (
        kit.text_of(kit.field(node, "simpleText"))
        or kit.text_of(kit.field(node, "content"))
        or joined
    )


def _panel(data: object) -> object:
    """Return the panel "About", with exact views, date and links, where the page has it."""
    return next(everywhere(data, "aboutChannelViewModel"), None)


def _parts(data: object) -> list[str]:
    """Return what the new header says under the name, without the handle.

    Example: `25m subscribers` and `337 videos`, in the language of the page.
    """
    model = kit.field(data, "header", _NEW, "content", "pageHeaderViewModel", "metadata")
    rows = kit.items(kit.field(model, "contentMetadataViewModel", "metadataRows"))
    parts = (
        _text_in(part.get("text")) for row in rows for part in kit.items(row.get("metadataParts"))
    )
    return [part for part in parts if part and not part.startswith("@")]


def _subscribers(proof: kit.Proof, data: object) -> kit.Known[int] | kit.Unknown:
    """Return the subscribers from the panel or the header; Unknown where the owner hides them."""
    parts, old = _parts(data), kit.field(data, "header", _OLD)
    by_word = next((part for part in parts if "subscriber" in part.casefold()), "")
    # In a page in another language the word is not known: of two parts the first are subscribers,
    # of a single part it cannot be told.
    by_place = parts[0] if len(parts) == 2 and "video" not in parts[0].casefold() else ""
    text = _text_in(kit.field(_panel(data), "subscriberCountText")) or _text_in(
        kit.field(old, "subscriberCountText")
    )
    text = text or by_word or by_place
    if text:
        return proof.count(text, "subscribers")
    # Where the videos are counted and the subscribers are not, the owner has hidden them.
    if _text_in(kit.field(old, "videosCountText")) or any(
        "video" in part.casefold() for part in parts
    ):
        return kit.unread(kit.Outcome.HIDDEN, "the owner does not show how many subscribe")
    return kit.unread(kit.Outcome.PARSE_FAILED, "no count of subscribers where it used to be")


def _figures(proof: kit.Proof, data: object) -> Iterator[kit.ProfileFigure]:
    """Give the number of videos, and where the page has the panel "About" all views."""
    parts, panel = _parts(data), _panel(data)
    by_word = next((part for part in parts if "video" in part.casefold()), "")
    by_place = parts[1] if len(parts) == 2 else ""
    videos = _text_in(kit.field(panel, "videoCountText")) or _text_in(
        kit.field(data, "header", _OLD, "videosCountText")
    )
    yield proof.figure(kit.Count.VIDEOS, videos or by_word or by_place)
    if panel is not None:
        views = proof.count(_text_in(kit.field(panel, "viewCountText")), "views")
        yield kit.ProfileFigure(count=kit.Count.VIEWS, value=views)


def _is_verified(data: object) -> bool:
    """Tell whether YouTube has verified the channel: by a badge (old header) or an icon (new)."""
    badges = kit.items(kit.field(data, "header", _OLD, "badges"))
    styles = (kit.text_of(kit.field(badge, "metadataBadgeRenderer", "style")) for badge in badges)
    title = kit.field(data, "header", _NEW, "content", "pageHeaderViewModel", "title")
    return any(style.startswith("BADGE_STYLE_TYPE_VERIFIED") for style in styles) or any(
        name == "CHECK_CIRCLE_FILLED" for name in everywhere(title, "imageName")
    )


def _shown(data: object) -> Iterator[kit.ProfilePart]:
    """Give the parts that the page shows of any channel: all but the picture, which each has.

    The header names the first link and says how many more there are, which only the panel lists.
    """
    yield kit.ProfilePart.BIOGRAPHY
    if kit.field(data, "header") is None:
        return
    yield from (kit.ProfilePart.VERIFIED, kit.ProfilePart.COVER)
    model = kit.field(data, "header", _NEW, "content", "pageHeaderViewModel")
    more = kit.field(model, "attribution", "attributionViewModel", "suffix")
    old = kit.field(data, "header", _OLD, "headerLinks", "channelHeaderLinksViewModel", "more")
    if _panel(data) is not None or not (_text_in(more) or _text_in(old)):
        yield kit.ProfilePart.LINK


def _has_cover(data: object) -> bool:
    """Tell whether the channel has a banner, in the old header or the new."""
    old = kit.field(data, "header", _OLD, "banner", "thumbnails")
    model = kit.field(data, "header", _NEW, "content", "pageHeaderViewModel", "banner")
    new = kit.field(model, "imageBannerViewModel", "image", "sources")
    return bool(kit.items(old) or kit.items(new))


def _links(data: object) -> Iterator[str]:
    """Give the addresses that the owner lists: each is a text, and where it leads."""
    model = kit.field(data, "header", _NEW, "content", "pageHeaderViewModel")
    places = (
        kit.field(data, "header", _OLD, "headerLinks", "channelHeaderLinksViewModel", "firstLink"),
        kit.field(model, "attribution", "attributionViewModel", "text"),
        *(
            link.get("channelExternalLinkViewModel")
            for link in kit.items(kit.field(_panel(data), "links"))
        ),
    )
    for place in places:
        ends = [kit.site_in(kit.field(end, "url")) for end in everywhere(place, "urlEndpoint")]
        # Links that lead away go over youtube.com/redirect?q=…, with the address in the query.
        outside = [unwrap(url) for url in kit.distinct(*ends) if url.startswith("https://")]
        yield from outside or links_in(_text_in(place) or _text_in(kit.field(place, "link")))


def _joined_at(page: kit.Page, text: str) -> datetime | None:
    """Return the day of "Joined Feb 3, 2015"; None where the page does not say it in English."""
    joined = find_date(text, kit.DateSource.TEXT, page.fetched_at)
    return joined.at if joined is not None else None


# ---- the tab "Videos" ----


def listed_videos(page: kit.Page, data: object) -> kit.Timeline | kit.Unknown:
    """Read the newest videos of the tab "Videos": exact views, rough times, no Shorts."""
    grid = next(everywhere(kit.field(data, "contents"), "richGridRenderer"), None)
    items = kit.items(kit.field(grid, "contents"))
    contents = [kit.field(item, "richItemRenderer", "content") for item in items]
    videos = [
        _lockup(kit.field(content, "lockupViewModel")) or kit.field(content, "videoRenderer")
        for content in contents
    ]
    posts = [post for video in videos if (post := _post(page, video)) is not None]
    if not posts:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no list of videos where it used to be")
    return kit.Timeline(posts=tuple(posts), truncated=True)


def _lockup(item: object) -> kit.Json:
    """Return a video of the newer form as one of the older; empty for what is none.

    Both occur in one year. The newer has lines of parts under its title: `2k views`, `3 days ago`.
    """
    if kit.text_of(kit.field(item, "contentType")) != "LOCKUP_CONTENT_TYPE_VIDEO":
        return {}
    model = kit.field(item, "metadata", "lockupMetadataViewModel")
    rows = kit.items(kit.field(model, "metadata", "contentMetadataViewModel", "metadataRows"))
    parts = [
        _text_in(part.get("text")) for row in rows for part in kit.items(row.get("metadataParts"))
    ]
    ago = next((part for part in parts if _AGO.search(part)), "")
    views = next((part for part in parts if "view" in part.casefold()), "")
    return {
        "videoId": kit.field(item, "contentId"),
        "title": kit.field(model, "title"),
        "publishedTimeText": ago,
        "viewCountText": views,
    }


def _post(page: kit.Page, video: object) -> kit.ProfilePost | None:
    """Read one video of the tab; None for what is no video, or has no time."""
    number, title = kit.name_of(kit.field(video, "videoId")), _text_in(kit.field(video, "title"))
    ago = _text_in(kit.field(video, "publishedTimeText"))
    published = _dated_ago(page, ago)
    if not number or published is None:
        return None
    return kit.ProfilePost(
        url=address(number),
        title=title,
        text=_text_in(kit.field(video, "descriptionSnippet")),
        published=published,
        evidence=kit.Proof(page, RULE).of(f"{ago}: {title}"),
        format="video",
        interactions=tuple(_views(video)),
    )


def _views(video: object) -> Iterator[kit.Interaction]:
    """Give the views of a video as its only interaction; nothing where none are stated."""
    views = parse_count(_text_in(kit.field(video, "viewCountText")))
    if views is not None:
        yield kit.Interaction(reaction=kit.Reaction.VIEWS, count=views.value, exact=views.exact)


def _dated_ago(page: kit.Page, text: str) -> kit.Dated | None:
    """Return the day of "Streamed 3 days ago", counted back from when the page was fetched."""
    match = _AGO.search(text)
    if match is None:
        return None
    dated = find_date(match[0], kit.DateSource.TEXT, page.fetched_at, DateStyle("en"))
    if dated is None:
        return None
    # "2 months ago" is any day of a month: such a time is only roughly known.
    rough = _COARSE.search(match[0]) is not None
    return kit.Dated(at=dated.at, source=dated.source, day_only=True, ambiguous=rough)
