"""Pinterest: the RSS of newest pins, the profile page, and the widget that others embed.

None of it was recorded: the page's JSON is used by public tools, the user's RSS and the widget are
not verified, so each of them may be silent without harm to the others.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from audit.model.dated import DateSource
from audit.model.exchange import Failure, Page
from audit.model.profile import (
    Count,
    Interaction,
    Outcome,
    Profile,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    counted,
    unread,
)
from audit.model.value import Known, Reason, Unknown
from scrapers.parse.dates import parse_date
from scrapers.parse.embedded import everywhere, same_as, script_json, statistic, things
from scrapers.parse.html import Document, read_html
from scrapers.parse.text import clean
from scrapers.parse.urls import links_in
from scrapers.parse.values import Json, at, headline, name_of, once, plain, site_of, text_of, whole
from scrapers.parse.xmltree import root_of, text_at
from scrapers.platforms.kit.base import Answer, Ask, Confidence, Platform, Steps, answer, feed, page
from scrapers.platforms.kit.proof import Proof, absent, by_posts, gone, timeline, why

_RULE = "platform.pinterest"
_STATES = ("#__PWS_INITIAL_PROPS__", "#__PWS_DATA__", "#initial-state")
_COUNTS = (
    (Count.FOLLOWING, "following_count", "following"),
    (Count.POSTS, "pin_count", "pins"),
)
_PIN = re.compile(r"/pin/(\d{5,25})(?:/|$)")
_HOME = b'id="home-main-title"'
_NOBODY = b"User not found."


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the newest pins, then the profile, then what the widget adds."""
    pins = yield from _pins(ask)
    seen = yield from _profile(ask)
    if isinstance(seen, Profile) and seen.standing is not Standing.LIVE:
        return seen
    widget = yield from answer(
        f"https://widgets.pinterest.com/v3/pidgets/users/{quote(ask.handle)}/pins/"
    )
    if isinstance(widget, Answer):
        seen, pins = _completed(seen, widget), _saved(pins, widget)
    if isinstance(seen, Profile):
        return replace(seen, timeline=_whole(seen, pins))
    if isinstance(pins, Unknown) or not pins.posts:
        return seen
    return by_posts(pins, seen)


def _pins(ask: Ask) -> Steps[Timeline | Unknown]:
    found = yield from feed(f"https://www.pinterest.com/{quote(ask.handle)}/feed.rss")
    if isinstance(found, Failure):
        return why(found)
    root = root_of(found.body)
    if root is None or root.tag != "rss" or not text_at(root, "channel/title"):
        return unread(Outcome.PARSE_FAILED, "no feed of pins where it used to be")
    proof, posts = Proof(found, _RULE), []
    for item in root.iterfind("channel/item"):
        key = _PIN.search(text_at(item, "link"))
        made = parse_date(text_at(item, "pubDate"), DateSource.FEED, found.fetched_at)
        if key is None or made is None:
            continue
        said = plain(text_at(item, "description"))
        title = clean(text_at(item, "title"), 300) or headline(said)
        posts.append(
            ProfilePost(
                url=_address(key[1]),
                title=title,
                text=said,
                published=made,
                evidence=proof.dated(made, title),
                format="image",
            )
        )
    return timeline(posts, ask, truncated=bool(posts))


def _address(pin: str) -> str:
    return f"https://www.pinterest.com/pin/{pin}/"


def _profile(ask: Ask) -> Steps[Profile | Unknown]:
    found = yield from page(f"https://www.pinterest.com/{quote(ask.handle)}/")
    if isinstance(found, Failure):
        missing = found.reason is Reason.HTTP_404 and _NOBODY in found.body
        return gone(found, _RULE) if missing else why(found)
    document = read_html(found)
    user = _user(document, ask)
    if user.get("is_private_profile") is True:
        return absent(found, _RULE, Standing.PRIVATE, "the profile is private")
    if user:
        return _of_state(found, user)
    return _stated(found, document) or _nobody(found, ask)


def _nobody(found: Page, ask: Ask) -> Profile | Unknown:
    """What a page without a profile means."""
    away = ask.handle.casefold() not in found.url.casefold()
    if _NOBODY in found.body or (_HOME in found.body and away):
        return gone(found, _RULE, "Pinterest leads to its start page: there is no such user")
    if away:
        return unread(Outcome.LOGIN_WALL, "Pinterest led away from the profile")
    return unread(Outcome.PARSE_FAILED, "no profile where it used to be")


def _user(document: Document, ask: Ask) -> Json:
    """The profile's owner in the state that the page hands to its scripts."""
    led = document.url.partition("?")[0].rstrip("/").rpartition("/")[2]
    wanted = {ask.handle.casefold(), led.casefold()}
    for selector in _STATES:
        state = script_json(document, selector)
        listed = (each for each in everywhere(state, "users") if isinstance(each, dict))
        users = [user for each in listed for user in each.values()]
        for user in (*users, *everywhere(state, "data")):
            if isinstance(user, dict) and text_of(user.get("username")).casefold() in wanted:
                return user
    return {}


def _of_state(found: Page, user: Json) -> Profile:
    """A profile from the user's record, as the page and the widget have it."""
    proof, about = Proof(found, _RULE), text_of(user.get("about"))
    name, handle = text_of(user.get("full_name")), name_of(user.get("username"))
    began = parse_date(text_of(user.get("created_at")), DateSource.API, found.fetched_at)
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {name}"),),
        url=f"https://www.pinterest.com/{handle}" if handle else "",
        handle=handle,
        account=text_of(user.get("id")),
        name=name,
        about=about,
        audience=proof.count(user.get("follower_count"), "followers"),
        figures=tuple(
            proof.figure(count, user.get(key), word) for count, key, word in _COUNTS if key in user
        ),
        links=once(links_in(text_of(user.get("website_url"))), links_in(about)),
        created_at=began.at if began is not None else None,
        verified=user.get("is_verified_merchant") is True
        or at(user, "verified_identity", "verified") is True,
    )


def _stated(found: Page, document: Document) -> Profile | None:
    """A profile from what the page states for all: JSON-LD, or the older meta elements."""
    proof = Proof(found, _RULE)
    heads = [each.get("mainEntity") for each in things(document, "ProfilePage")]
    said = next((each for each in heads if isinstance(each, dict)), {})
    count = statistic(said, "FollowAction")
    if count is None:
        count = document.meta("pinterestapp:followers")
    name = text_of(said.get("name"))
    if not name and count == "":
        return None
    about, pins = text_of(said.get("description")), document.meta("pinterestapp:pins")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name or document.title}: {found.url}"),),
        name=name,
        about=about,
        audience=proof.count(count, "followers"),
        figures=(proof.figure(Count.POSTS, pins, "pins"),) if pins else (),
        links=once(*map(site_of, same_as(said)), links_in(about)),
    )


def _completed(seen: Profile | Unknown, widget: Answer) -> Profile | Unknown:
    """The profile with the counts of the widget, where the page gave none."""
    user = widget.at("data", "user")
    if not isinstance(user, dict) or whole(user.get("follower_count")) is None:
        return seen
    more = _of_state(widget.page, user)
    if isinstance(seen, Unknown):
        return more
    if isinstance(seen.audience, Known):
        return seen
    evidence = (*seen.evidence, *more.evidence)
    return replace(
        seen, audience=more.audience, figures=more.figures or seen.figures, evidence=evidence
    )


def _saved(pins: Timeline | Unknown, widget: Answer) -> Timeline | Unknown:
    """The pins with how often each was saved, as far as the widget lists them."""
    saves: Mapping[str, int] = dict(_saves(widget))
    if isinstance(pins, Unknown):
        return pins
    posts = (
        replace(post, interactions=(Interaction(reaction=Reaction.SAVES, count=saves[post.url]),))
        if post.url in saves
        else post
        for post in pins.posts
    )
    return replace(pins, posts=tuple(posts))


def _saves(widget: Answer) -> Iterator[tuple[str, int]]:
    for pin in widget.listed("data", "pins"):
        count = whole(pin.get("repin_count"))
        if count is not None:
            yield _address(text_of(pin.get("id"))), count


def _whole(seen: Profile, pins: Timeline | Unknown) -> Timeline | Unknown:
    """The feed is known to be whole where it holds as many pins as the profile counts."""
    count = counted(seen.figures).get(Count.POSTS)
    if isinstance(pins, Unknown) or count is None or len(pins.posts) < count.value:
        return pins
    return replace(pins, truncated=False)


PLATFORM = Platform(
    name="pinterest",
    read=read,
    public="followers, pins, the newest pins with their times and how often they were saved",
    confidence=Confidence.TOOLS,
    pace=5.0,
)
