"""Stack Overflow: questions of a tag or collective, by the Stack Exchange API 2.3 (its docs)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from audit.model.exchange import Failure, Key
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Reason, Unknown
from scrapers.parse.text import clean, unescaped
from scrapers.parse.urls import host_of
from scrapers.parse.values import at, instant, loaded, once, site_of, text_of, whole
from scrapers.platforms.kit.base import PAGES, Answer, Ask, Confidence, Platform, Steps, answer
from scrapers.platforms.kit.paging import Listing, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, gone, why

API = "https://api.stackexchange.com/2.3"
KEY = Key(
    variables=("STACKEXCHANGE_KEY",),
    host="api.stackexchange.com",
    query="key={STACKEXCHANGE_KEY}",
    adds="10,000 requests a day in place of 300, and more than 2,500 questions of one tag",
    calls=2_000,
)
_RULE = "platform.stack-overflow"
_OPEN_PAGES = 25
"""Pages of a list that the interface gives without a key."""
_REACTIONS = (
    (Reaction.LIKES, "score"),
    (Reaction.COMMENTS, "answer_count"),
    (Reaction.VIEWS, "view_count"),
)
"""The score is votes for less votes against; below 0 it tells nothing."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A tag of a site, or a collective: what a company keeps there under its name."""

    about: str
    questions: str
    tag: bool


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the tag, then its questions back to the start of the window."""
    place = _place(ask)
    found = yield from answer(place.about, key=_key(ask))
    if isinstance(found, Failure):
        return _refused(found)
    if not isinstance(found.at("items"), list):
        return unread(Outcome.PARSE_FAILED, "no list of tags where it used to be")
    said = next(iter(found.listed("items")), None)
    if said is None:
        return gone(found.page, _RULE)
    proof, name = Proof(found.page, _RULE), text_of(said.get("name"))
    figure = proof.figure(Count.QUESTIONS, said.get("count"))
    links = (site_of(each.get("link")) for each in found.listed("items", 0, "external_links"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {said.get('count', '')} questions"),),
        account=f"{host_of(ask.url)}/{name}" if name else "",
        name=name,
        about=text_of(said.get("description")),
        figures=(figure,) if place.tag else (),
        timeline=(yield from _questions(ask, place, found)),
        links=once(*links),
        community=True,
    )


def _key(ask: Ask) -> Key | None:
    return KEY if ask.has(KEY) else None


def _place(ask: Ask) -> _Place:
    site = host_of(ask.url).removesuffix(".com").removesuffix(".stackexchange")
    name = quote(ask.handle, safe="")
    newest = f"order=desc&sort=creation&site={site}&pagesize=100"
    if "/collectives/" in ask.url:
        path = f"{API}/collectives/{name}"
        return _Place(f"{path}?site={site}", f"{path}/questions?{newest}", tag=False)
    about = f"{API}/tags/{name}/info?site={site}"
    return _Place(about, f"{API}/questions?tagged={name}&{newest}", tag=True)


def _refused(failure: Failure) -> Unknown:
    """The interface refuses with HTTP 400, and says why in the answer."""
    said = loaded(failure.body)
    if text_of(at(said, "error_name")) == "throttle_violation":
        return _throttled(text_of(at(said, "error_message")))
    return why(failure)


def _throttled(said: str) -> Unknown:
    detail = clean(f"api.stackexchange.com asks for fewer requests: {said}", 200)
    return Unknown(reason=Reason.RATE_LIMITED, detail=detail)


def _asks_to_wait(found: Answer) -> bool:
    """Tell whether the answer asks to stay away for a while, or that the day's quota is used."""
    return bool(whole(found.at("backoff"))) or whole(found.at("quota_remaining")) == 0


def _questions(ask: Ask, place: _Place, before: Answer) -> Steps[Timeline | Unknown]:
    """Page back through the questions until the window is covered or the server asks for rest."""
    if _asks_to_wait(before):
        return _throttled(f"wait {whole(before.at('backoff')) or 'until tomorrow'}")
    most = PAGES if ask.has(KEY) else _OPEN_PAGES

    def after(found: Answer, number: int) -> str | None:
        if found.at("has_more") is not True:
            return ""
        further = number < most and not _asks_to_wait(found)
        return f"{place.questions}&page={number + 1}" if further else None

    listing = Listing(
        first=f"{place.questions}&page=1",
        items=_asked,
        after=after,
        within=("items",),
        what="questions",
        ask=partial(answer, key=_key(ask)),
        reason=_refused,
    )
    return (yield from paged(ask, listing))


def _asked(found: Answer) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for each in found.listed("items"):
        made, url = instant(each.get("creation_date")), text_of(each.get("link"))
        title = unescaped(text_of(each.get("title")))
        if made is None or not url.startswith("https://") or not title:
            continue
        yield ProfilePost(
            url=url,
            title=title,
            published=made,
            evidence=proof.dated(made, title),
            format="question",
            interactions=interactions(each, _REACTIONS),
        )


PLATFORM = Platform(
    name="stack-overflow",
    read=read,
    public="questions of a tag or collective with score, answers and views; no followers",
    confidence=Confidence.DOCUMENTED,
    audience="",
    keys=(KEY,),
    community=True,
)
