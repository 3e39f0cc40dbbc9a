"""Pinterest: the RSS of newest pins, the profile page, and the widget that others embed.

None of it was recorded: the page's JSON is used by public tools, the user's RSS and the widget are
not verified, so each of them may be silent without harm to the others.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from lxml import etree

from scrapers.parse.dates import parse_date
from scrapers.parse.document import Document
from scrapers.parse.embedded import everywhere, links_of, script_json, statistic, things
from scrapers.parse.html import read_html
from scrapers.parse.text import clean
from scrapers.parse.urls import links_in
from scrapers.parse.xmltree import root_of, text_at
from scrapers.platforms import kit

HOME = "https://www.pinterest.com"
WIDGET = "https://widgets.pinterest.com/v3/pidgets/users"
_RULE = "platform.pinterest"
_PARTS = {
    "about": kit.ProfilePart.BIOGRAPHY,
    "website_url": kit.ProfilePart.LINK,
    "is_verified_merchant": kit.ProfilePart.VERIFIED,
}
# The script with the page's state has had three names; the newest comes first.
_STATES = ("#__PWS_INITIAL_PROPS__", "#__PWS_DATA__", "#initial-state")
_COUNTS = (
    (kit.Count.FOLLOWING, "following_count", "following"),
    (kit.Count.POSTS, "pin_count", "pins"),
)
_PIN = re.compile(r"/pin/(\d{5,25})(?:/|$)")
_START_PAGE = b'id="home-main-title"'
_NOBODY = b"User not found."


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the newest pins, then the profile, then what the widget adds."""
    pins = yield from _pins(ask)
    profile = yield from _profile(ask)
    if isinstance(profile, kit.Profile) and profile.standing is not kit.Standing.LIVE:
        return profile
    widget = yield from kit.ask_json(f"{WIDGET}/{quote(ask.handle)}/pins/")
    if isinstance(widget, kit.JsonAnswer):
        profile, pins = _completed(profile, widget), _with_saves(pins, widget)
    if isinstance(profile, kit.Profile):
        return replace(profile, timeline=_whole(profile, pins))
    if isinstance(pins, kit.Unknown) or not pins.posts:
        return profile
    return kit.profile_of_posts(pins, profile)


# ---- the feed ----


def _pins(ask: kit.Ask) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Read the newest pins from the user's feed."""
    page = yield from kit.ask_feed(f"{HOME}/{quote(ask.handle)}/feed.rss")
    if isinstance(page, kit.Failure):
        return kit.reason_of(page)
    root = root_of(page.body)
    if root is None or root.tag != "rss" or not text_at(root, "channel/title"):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no feed of pins where it used to be")
    proof = kit.Proof(page, _RULE)
    pins = (_pin(item, proof) for item in root.iterfind("channel/item"))
    posts = [pin for pin in pins if pin is not None]
    # How many pins a feed holds at most is not known, so that any of them may be cut short.
    return kit.timeline_of(posts, ask, truncated=bool(posts))


def _pin(item: etree._Element, proof: kit.Proof) -> kit.ProfilePost | None:
    """Return a pin from an entry of the feed; None for one without a number or a time."""
    match = _PIN.search(text_at(item, "link"))
    stamp, fetched_at = text_at(item, "pubDate"), proof.page.fetched_at
    published = parse_date(stamp, kit.DateSource.FEED, fetched_at)
    if match is None or published is None:
        return None
    # A title may be blank; what the owner wrote follows the markup of the image.
    text = kit.plain_text(text_at(item, "description"))
    title = clean(text_at(item, "title"), 300) or kit.headline(text)
    return kit.ProfilePost(
        url=_pin_address(match[1]),
        title=title,
        text=text,
        published=published,
        evidence=proof.dated(published, title),
        format="image",
    )


def _pin_address(number: str) -> str:
    """Return the address of a pin, written alike for feed and widget so that they can be joined."""
    return f"{HOME}/pin/{number}/"


# ---- the page ----


def _profile(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the profile's page, by its state or else by what it states for everybody."""
    page = yield from kit.ask_page(f"{HOME}/{quote(ask.handle)}/")
    if isinstance(page, kit.Failure):
        missing = page.reason is kit.Reason.HTTP_404 and _NOBODY in page.body
        return kit.not_found(page, _RULE) if missing else kit.reason_of(page)
    document = read_html(page)
    user = _user(document, ask)
    if user.get("is_private_profile") is True:
        return kit.absent(page, _RULE, kit.Standing.PRIVATE, "the profile is private")
    if user:
        return _profile_of_user(page, user)
    return _stated(page, document) or _without_profile(page, ask)


def _user(document: Document, ask: kit.Ask) -> kit.Json:
    """Return the profile's owner from the state that the page hands to its scripts, or nothing."""
    # The page may lead to another spelling of the name; both are the owner's. Other users may lie
    # in the state as well.
    final = document.url.partition("?")[0].rstrip("/").rpartition("/")[2]
    names = {ask.handle.casefold(), final.casefold()}
    for selector in _STATES:
        state = script_json(document, selector)
        # `users` are by their numbers; some pages have the owner alone under `data`.
        by_number = (each for each in everywhere(state, "users") if isinstance(each, dict))
        users = [user for group in by_number for user in group.values()]
        for user in (*users, *everywhere(state, "data")):
            if isinstance(user, dict) and kit.text_of(user.get("username")).casefold() in names:
                return user
    return {}


def _profile_of_user(page: kit.Page, user: kit.Json) -> kit.Profile:
    """Return the profile of a user's record, as the page and the widget have it."""
    proof, about = kit.Proof(page, _RULE), kit.text_of(user.get("about"))
    name, handle = kit.text_of(user.get("full_name")), kit.name_of(user.get("username"))
    # "Tue, 05 May 2015 10:00:00 +0000", as in a feed and unlike the times of most interfaces.
    created = parse_date(kit.text_of(user.get("created_at")), kit.DateSource.API, page.fetched_at)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {name}"),),
        url=f"{HOME}/{handle}" if handle else "",
        handle=handle,
        account=kit.text_of(user.get("id")),
        name=name,
        about=about,
        audience=proof.count(user.get("follower_count"), "followers"),
        # The widget's record has fewer counts than the page's; what it leaves out is no failure.
        figures=tuple(
            proof.figure(count, user.get(key), word) for count, key, word in _COUNTS if key in user
        ),
        links=kit.distinct(links_in(kit.text_of(user.get("website_url"))), links_in(about)),
        created_at=created.at if created is not None else None,
        # Merchants and others are verified in two ways.
        verified=user.get("is_verified_merchant") is True
        or kit.field(user, "verified_identity", "verified") is True,
        shows=kit.parts_in(user, _PARTS),
    )


def _stated(page: kit.Page, document: Document) -> kit.Profile | None:
    """Return the profile that the page states for everybody; None where it states none.

    That is JSON-LD, or the meta elements `pinterestapp:followers` and `pinterestapp:pins` of older
    pages.
    """
    proof = kit.Proof(page, _RULE)
    pages = things(document, "ProfilePage")
    stated = next((each for each in pages if isinstance(each.get("mainEntity"), dict)), {})
    entity = kit.object_of(stated.get("mainEntity"))
    followers = statistic(entity, "FollowAction")
    if followers is None:
        followers = document.meta("pinterestapp:followers")
    name = kit.text_of(entity.get("name"))
    if not name and followers == "":
        return None
    about, pins = kit.text_of(entity.get("description")), document.meta("pinterestapp:pins")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name or document.title}: {page.url}"),),
        name=name,
        about=about,
        audience=proof.count(followers, "followers"),
        figures=(proof.figure(kit.Count.POSTS, pins, "pins"),) if pins else (),
        links=kit.distinct(*map(kit.site_in, links_of(stated)), links_in(about)),
    )


def _without_profile(page: kit.Page, ask: kit.Ask) -> kit.Profile | kit.Unknown:
    """Return what a page without a profile means: missing, a login, or a page that was rebuilt."""
    away = ask.handle.casefold() not in page.url.casefold()
    # Of a name that nobody has, Pinterest leads to its start page and answers 200.
    if _NOBODY in page.body or (_START_PAGE in page.body and away):
        return kit.not_found(
            page, _RULE, "Pinterest leads to its start page: there is no such user"
        )
    if away:
        return kit.unread(kit.Outcome.LOGIN_WALL, "Pinterest led away from the profile")
    return kit.unread(kit.Outcome.PARSE_FAILED, "no profile where it used to be")


# ---- the widget ----


def _completed(
    profile: kit.Profile | kit.Unknown, widget: kit.JsonAnswer
) -> kit.Profile | kit.Unknown:
    """Return the profile with the counts of the widget, where the page gave none."""
    user = widget.field("data", "user")
    if not isinstance(user, dict) or kit.count_of(user.get("follower_count")) is None:
        return profile
    other = _profile_of_user(widget.page, user)
    if isinstance(profile, kit.Unknown):
        return other
    if isinstance(profile.audience, kit.Known):
        return profile
    return replace(
        profile,
        audience=other.audience,
        figures=other.figures or profile.figures,
        evidence=(*profile.evidence, *other.evidence),
    )


def _with_saves(
    pins: kit.Timeline | kit.Unknown, widget: kit.JsonAnswer
) -> kit.Timeline | kit.Unknown:
    """Return the pins with how often each was saved, as far as the widget lists them."""
    if isinstance(pins, kit.Unknown):
        return pins
    saves = dict(_saves(widget))
    return replace(pins, posts=tuple(_with_its_saves(post, saves) for post in pins.posts))


def _with_its_saves(post: kit.ProfilePost, saves: Mapping[str, int]) -> kit.ProfilePost:
    """Return a pin with its saves; as it is where the widget does not list it."""
    count = saves.get(post.url)
    if count is None:
        return post
    saved = kit.Interaction(reaction=kit.Reaction.SAVES, count=count)
    return replace(post, interactions=(saved,))


def _saves(widget: kit.JsonAnswer) -> Iterator[tuple[str, int]]:
    """Give the address of each pin in the widget and how often it was saved (`repin_count`)."""
    for pin in widget.items("data", "pins"):
        count = kit.count_of(pin.get("repin_count"))
        if count is not None:
            yield _pin_address(kit.text_of(pin.get("id"))), count


def _whole(profile: kit.Profile, pins: kit.Timeline | kit.Unknown) -> kit.Timeline | kit.Unknown:
    """Return the pins, no longer as cut short where there are as many as the profile counts."""
    count = kit.counted(profile.figures).get(kit.Count.POSTS)
    if isinstance(pins, kit.Unknown) or count is None or len(pins.posts) < count.value:
        return pins
    return replace(pins, truncated=False)


PLATFORM = kit.Platform(
    name="pinterest",
    read=read,
    public="followers, pins, the newest pins with their times and how often they were saved",
    confidence=kit.Confidence.TOOLS,
    pace=5.0,
)
