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
    opens=frozenset({kit.Opens.POSTS}),
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
    """What a company keeps on a site under its name: a tag (`tag`), else a collective.

    `about` is the address that describes it, `questions` that of its questions without a page.
    """

    about: str
    questions: str
    tag: bool


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the tag or collective, then its questions back to the start of the window."""
    place = _place(ask)
    answer = yield from kit.ask_json(place.about, key=_key(ask))
    if isinstance(answer, kit.Failure):
        return _refusal(answer)
    if not isinstance(answer.field("items"), list):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no list of tags where it used to be")
    # A name that nobody uses is no error here: the list of tags is empty.
    about = next(iter(answer.items("items")), None)
    if about is None:
        return kit.not_found(answer.page, _RULE)
    proof, name = kit.Proof(answer.page, _RULE), kit.text_of(about.get("name"))
    figure = proof.figure(kit.Count.QUESTIONS, about.get("count"))
    links = (kit.site_in(link.get("link")) for link in answer.items("items", 0, "external_links"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {about.get('count', '')} questions"),),
        account=f"{host_of(ask.url)}/{name}" if name else "",
        name=name,
        about=kit.text_of(about.get("description")),
        # Only tags are counted; for a collective the interface states no number of questions.
        figures=(figure,) if place.tag else (),
        timeline=(yield from _questions(ask, place, answer)),
        links=kit.distinct(*links),
        community=True,
    )


def _key(ask: kit.Ask) -> kit.Key | None:
    """Return the key where the user gave it: the interface answers without it, too."""
    return KEY if ask.has(KEY) else None


def _place(ask: kit.Ask) -> _Place:
    """Work out the addresses for a tag or a collective of the site in the profile's address."""
    # The interface names sites by a short word: `stackoverflow`, `superuser`, and for
    # `dba.stackexchange.com` just `dba`.
    site = host_of(ask.url).removesuffix(".com").removesuffix(".stackexchange")
    name = quote(ask.handle, safe="")
    newest = f"order=desc&sort=creation&site={site}&pagesize=100"
    if "/collectives/" in ask.url:
        path = f"{API}/collectives/{name}"
        return _Place(f"{path}?site={site}", f"{path}/questions?{newest}", tag=False)
    about = f"{API}/tags/{name}/info?site={site}"
    return _Place(about, f"{API}/questions?tagged={name}&{newest}", tag=True)


def _refusal(failure: kit.Failure) -> kit.Unknown:
    """Return why the interface gave nothing."""
    # It refuses with HTTP 400, and says only in the answer that too much was asked of it.
    payload = kit.json_of(failure.body)
    if kit.text_of(kit.field(payload, "error_name")) == "throttle_violation":
        return _throttled(kit.text_of(kit.field(payload, "error_message")))
    return kit.reason_of(failure)


def _throttled(message: str) -> kit.Unknown:
    """Say that too much was asked of the interface, with its own words."""
    detail = clean(f"api.stackexchange.com asks for fewer requests: {message}", 200)
    return kit.Unknown(reason=kit.Reason.RATE_LIMITED, detail=detail)


def _asks_to_wait(answer: kit.JsonAnswer) -> bool:
    """Tell whether no further request may follow an answer.

    `backoff` is the number of seconds to stay away, `quota_remaining` what is left of the day's
    requests; both stand in answers that are good otherwise.
    """
    return (
        bool(kit.count_of(answer.field("backoff")))
        or kit.count_of(answer.field("quota_remaining")) == 0
    )


def _questions(
    ask: kit.Ask, place: _Place, about: kit.JsonAnswer
) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the questions until the window is covered or the server asks for rest.

    `about` is the answer that came before: it, too, may ask for rest.
    """
    if _asks_to_wait(about):
        return _throttled(f"wait {kit.count_of(about.field('backoff')) or 'until tomorrow'}")
    most = kit.PAGES if ask.has(KEY) else _OPEN_PAGES

    def after(answer: kit.JsonAnswer, number: int) -> str | None:
        """Return the address of the page after this one; None where nobody is let further."""
        if answer.field("has_more") is not True:
            return ""
        further = number < most and not _asks_to_wait(answer)
        return f"{place.questions}&page={number + 1}" if further else None

    listing = kit.Listing(
        first=f"{place.questions}&page=1",
        items=_posts,
        after=after,
        within=("items",),
        what="questions",
        ask=partial(kit.ask_json, key=_key(ask)),
        reason=_refusal,
    )
    return (yield from kit.read_posts(ask, listing))


def _posts(answer: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    """Read one page of questions."""
    proof = kit.Proof(answer.page, _RULE)
    for question in answer.items("items"):
        published = kit.dated_at(question.get("creation_date"))
        url = kit.text_of(question.get("link"))
        # Titles arrive as HTML: `Pumps &amp; valves`.
        title = unescaped(kit.text_of(question.get("title")))
        if published is None or not url.startswith("https://") or not title:
            continue
        yield kit.ProfilePost(
            url=url,
            title=title,
            published=published,
            evidence=proof.dated(published, title),
            format="question",
            interactions=kit.interactions_of(question, _REACTIONS),
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
