"""Stack Overflow: questions of a tag or collective, by the Stack Exchange API 2.3 (its docs)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from scrapers.parse.text import clean, unescaped
from scrapers.parse.urls import host_of
from scrapers.platforms import kit

API = "https://api.stackexchange.com/2.3"
KEY = kit.Key(
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
    (kit.Reaction.LIKES, "score"),
    (kit.Reaction.COMMENTS, "answer_count"),
    (kit.Reaction.VIEWS, "view_count"),
)
"""The score is votes for less votes against; below 0 it tells nothing."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A tag of a site, or a collective: what a company keeps there under its name."""

    about: str
    questions: str
    tag: bool


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the tag, then its questions back to the start of the window."""
    place = _place(ask)
    found = yield from kit.ask_json(place.about, key=_key(ask))
    if isinstance(found, kit.Failure):
        return _refused(found)
    if not isinstance(found.field("items"), list):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no list of tags where it used to be")
    said = next(iter(found.items("items")), None)
    if said is None:
        return kit.not_found(found.page, _RULE)
    proof, name = kit.Proof(found.page, _RULE), kit.text_of(said.get("name"))
    figure = proof.figure(kit.Count.QUESTIONS, said.get("count"))
    links = (kit.site_in(each.get("link")) for each in found.items("items", 0, "external_links"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {said.get('count', '')} questions"),),
        account=f"{host_of(ask.url)}/{name}" if name else "",
        name=name,
        about=kit.text_of(said.get("description")),
        figures=(figure,) if place.tag else (),
        timeline=(yield from _questions(ask, place, found)),
        links=kit.distinct(*links),
        community=True,
    )


def _key(ask: kit.Ask) -> kit.Key | None:
    return KEY if ask.has(KEY) else None


def _place(ask: kit.Ask) -> _Place:
    site = host_of(ask.url).removesuffix(".com").removesuffix(".stackexchange")
    name = quote(ask.handle, safe="")
    newest = f"order=desc&sort=creation&site={site}&pagesize=100"
    if "/collectives/" in ask.url:
        path = f"{API}/collectives/{name}"
        return _Place(f"{path}?site={site}", f"{path}/questions?{newest}", tag=False)
    about = f"{API}/tags/{name}/info?site={site}"
    return _Place(about, f"{API}/questions?tagged={name}&{newest}", tag=True)


def _refused(failure: kit.Failure) -> kit.Unknown:
    """The interface refuses with HTTP 400, and says why in the answer."""
    said = kit.json_of(failure.body)
    if kit.text_of(kit.field(said, "error_name")) == "throttle_violation":
        return _throttled(kit.text_of(kit.field(said, "error_message")))
    return kit.reason_of(failure)


def _throttled(said: str) -> kit.Unknown:
    detail = clean(f"api.stackexchange.com asks for fewer requests: {said}", 200)
    return kit.Unknown(reason=kit.Reason.RATE_LIMITED, detail=detail)


def _asks_to_wait(found: kit.JsonAnswer) -> bool:
    """Tell whether the answer asks to stay away for a while, or that the day's quota is used."""
    return (
        bool(kit.count_of(found.field("backoff")))
        or kit.count_of(found.field("quota_remaining")) == 0
    )


def _questions(
    ask: kit.Ask, place: _Place, before: kit.JsonAnswer
) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the questions until the window is covered or the server asks for rest."""
    if _asks_to_wait(before):
        return _throttled(f"wait {kit.count_of(before.field('backoff')) or 'until tomorrow'}")
    most = kit.PAGES if ask.has(KEY) else _OPEN_PAGES

    def after(found: kit.JsonAnswer, number: int) -> str | None:
        if found.field("has_more") is not True:
            return ""
        further = number < most and not _asks_to_wait(found)
        return f"{place.questions}&page={number + 1}" if further else None

    listing = kit.Listing(
        first=f"{place.questions}&page=1",
        items=_asked,
        after=after,
        within=("items",),
        what="questions",
        ask=partial(kit.ask_json, key=_key(ask)),
        reason=_refused,
    )
    return (yield from kit.read_posts(ask, listing))


def _asked(found: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, _RULE)
    for each in found.items("items"):
        made, url = kit.dated_at(each.get("creation_date")), kit.text_of(each.get("link"))
        title = unescaped(kit.text_of(each.get("title")))
        if made is None or not url.startswith("https://") or not title:
            continue
        yield kit.ProfilePost(
            url=url,
            title=title,
            published=made,
            evidence=proof.dated(made, title),
            format="question",
            interactions=kit.interactions_of(each, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="stack-overflow",
    read=read,
    public="questions of a tag or collective with score, answers and views; no followers",
    confidence=kit.Confidence.DOCUMENTED,
    audience="",
    keys=(KEY,),
    community=True,
)
