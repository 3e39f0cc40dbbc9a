"""LinkedIn: a company's guest page (recorded in 2024), only where robots.txt allows to read it.

With a key, the Community Management API adds the followers of pages that its owner administers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from selectolax.lexbor import LexborNode

from scrapers.parse.document import Document
from scrapers.parse.embedded import same_as, things
from scrapers.parse.html import read_html
from scrapers.parse.ids import time_of_id
from scrapers.parse.jsonld import Thing
from scrapers.parse.text import clean
from scrapers.parse.urls import join, segments, split, unwrap
from scrapers.platforms import kit

KEY = kit.Key(
    variables=("LINKEDIN_ACCESS_TOKEN",),
    host="api.linkedin.com",
    headers=(
        "Authorization: Bearer {LINKEDIN_ACCESS_TOKEN}",
        "LinkedIn-Version: 202609",
        "X-Restli-Protocol-Version: 2.0.0",
    ),
    adds="followers of the pages that you administer yourself",
    calls=100,
    opens=frozenset({kit.Opens.AUDIENCE}),
    own_only=True,
)
API = "https://api.linkedin.com/rest"
_RULE = "platform.linkedin"
_PAGES = {"company": "company", "companies": "company", "school": "school", "showcase": "showcase"}
_WALLS = ("authwall", "uas/login", "login", "checkpoint", "signup")
_LOGIN_TITLES = ("sign up | linkedin", "linkedin login", "sign in | linkedin", "linkedin: log in")
_FOLLOWERS = re.compile(r"\d[\d.,\s\u00a0\u202f]*\s*followers?\b", re.I)
# The page has its own number in the link to its people, percent-encoded twice:
# `facetCurrentCompany=[1234567]`.
_ACCOUNT = re.compile(r"facetCurrentCompany%3D%255B(\d+)%255D")
_ACTIVITY = re.compile(r"urn:li:activity:(\d+)")
_FORMATS = (
    ("feed-native-video-content", "video"),
    ("feed-images-content", "image"),
    ("article-content", "link"),
)


@dataclass(frozen=True, slots=True)
class _OwnPage:
    """What the interface says of a page: its number and its exact followers."""

    account: str
    audience: kit.Known[int]


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the guest page of a company, school or showcase; people and groups are left alone."""
    kind = _PAGES.get(next(iter(segments(ask.url)), ""))
    if kind is None:
        return kit.unread(kit.Outcome.NOT_SUPPORTED, "only pages of organisations are read")
    own_page = yield from _own_page(ask)
    answer = yield from kit.ask_page(f"https://www.linkedin.com/{kind}/{quote(ask.handle)}")
    public = _refused(answer) if isinstance(answer, kit.Failure) else _public(ask, answer)
    return _joined(own_page, public) if own_page is not None else public


def _joined(own_page: _OwnPage, public: kit.Profile | kit.Unknown) -> kit.Profile:
    """Put the interface's figure into the profile; what the page did not give stays unknown."""
    if isinstance(public, kit.Profile):
        # What the interface counts followers of is live, whatever the page says to guests.
        return replace(
            public,
            standing=kit.Standing.LIVE,
            account=own_page.account,
            audience=own_page.audience,
        )
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=own_page.audience.evidence,
        account=own_page.account,
        audience=own_page.audience,
        timeline=public,
    )


# ---- the interface, for pages that the key's owner administers ----


def _own_page(ask: kit.Ask) -> kit.Steps[_OwnPage | None]:
    """Ask for the followers of a page; None where the key does not open that page."""
    if not ask.has(KEY):
        return None
    account = yield from _account(ask.handle)
    if not account:
        return None
    urn = quote(f"urn:li:organization:{account}", safe="")
    answer = yield from kit.ask_json(
        f"{API}/networkSizes/{urn}?edgeType=COMPANY_FOLLOWED_BY_MEMBER", key=KEY
    )
    # A refusal is the usual answer for a competitor's page and no error: the guest page is read.
    if isinstance(answer, kit.Failure):
        return None
    count = kit.Proof(answer.page, _RULE).count(answer.field("firstDegreeSize"), "followers")
    return _OwnPage(account, count) if isinstance(count, kit.Known) else None


def _account(handle: str) -> kit.Steps[str]:
    """Look up the number of an organisation by the name in its address; empty for none."""
    # An address may hold the number in place of the name: `/company/1234567`.
    if handle.isdigit():
        return handle
    answer = yield from kit.ask_json(
        f"{API}/organizations?q=vanityName&vanityName={quote(handle, safe='')}", key=KEY
    )
    if isinstance(answer, kit.Failure):
        return ""
    number = kit.count_of(answer.field("elements", 0, "id"))
    return str(number) if number is not None else ""


# ---- the guest page ----


def _refused(failure: kit.Failure) -> kit.Profile | kit.Unknown:
    """Return a missing profile, or why the page was not read and what the user can do."""
    if failure.reason in kit.GONE:
        return kit.not_found(failure, _RULE)
    return kit.Unknown(reason=failure.reason, detail=failure.detail)


def _public(ask: kit.Ask, page: kit.Page) -> kit.Profile | kit.Unknown:
    """Return what the page says to readers without a login, or why it says nothing."""
    document = read_html(page)
    if kit.leads_to_login(page, *_WALLS) or document.title.casefold().startswith(_LOGIN_TITLES):
        return kit.unread(kit.Outcome.LOGIN_WALL, "LinkedIn asks for a login")
    card = document.tree.css_first(".top-card-layout")
    if card is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no company card where it used to be")
    proof, thing = kit.Proof(page, _RULE), _organisation(document)
    name = _text(card, ".top-card-layout__title") or kit.text_of(thing.get("name"))
    # LinkedIn leads to a country's host (uk.linkedin.com) and from a number to the name: the page's
    # canonical address has the name, and its path is the same on every host.
    path = split(document.canonical).path.rstrip("/")
    handle = path.rpartition("/")[2]
    account = _ACCOUNT.search(document.source)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(name),),
        url=f"https://www.linkedin.com{path}" if handle else "",
        handle=handle,
        account=account[1] if account else "",
        name=name,
        about=_about(document) or kit.text_of(thing.get("description")),
        audience=_followers(document, proof),
        figures=_employees(thing, proof),
        timeline=_timeline(document, ask, proof),
        links=_links(document, thing),
        # Pages for guests show the part "About us" of all, and its rows as far as they are filled.
        shows=(kit.ProfilePart.BIOGRAPHY, kit.ProfilePart.LINK) if _about(document) else (),
    )


def _organisation(document: Document) -> Thing:
    """Return what the page's JSON-LD says of its own organisation; empty for nothing."""
    # Authors of the posts are organisations, too; only the page's own has employees or an address.
    organisations = things(document, "Organization")
    own = (each for each in organisations if "numberOfEmployees" in each or "address" in each)
    return next(own, {})


def _text(node: LexborNode, selector: str) -> str:
    """Return the words of the first element that a selector finds; empty for none."""
    element = node.css_first(selector)
    return clean(element.text(deep=True)) if element is not None else ""


def _about(document: Document) -> str:
    """Return what the company says of itself, as the page shows it."""
    node = document.tree.css_first('[data-test-id="about-us__description"]')
    return clean(node.text(deep=True)) if node is not None else ""


def _followers(document: Document, proof: kit.Proof) -> kit.Known[int] | kit.Unknown:
    """Return the followers, from the line under the name or from the page's description.

    The line reads "Leeds, West Yorkshire · 12,345 followers", in the language of the page.
    """
    line = document.tree.css_first(".top-card-layout__first-subline")
    parts = line.text(separator="\n").splitlines() if line is not None else []
    last = next((part for part in map(clean, reversed(parts)) if part), "")
    for text in (last, document.meta("og:description", "description")):
        if (match := _FOLLOWERS.search(text)) is not None:
            return proof.count(clean(match[0]), "followers")
    # In another language the word is unknown, but the count is still the last part of the line; on
    # an English page without the word, the last part is the place, which may hold digits as well.
    return proof.count(last if document.language not in ("", "en") else None, "followers")


def _employees(thing: Thing, proof: kit.Proof) -> tuple[kit.ProfileFigure, ...]:
    """Return the number of employees; nothing where the company gives none."""
    count = kit.field(thing, "numberOfEmployees", "value")
    if count is None:
        return ()
    return (proof.figure(kit.Count.EMPLOYEES, count),)


def _links(document: Document, thing: Thing) -> tuple[str, ...]:
    """Return the company's website, and the addresses that its JSON-LD gives."""
    # The website's link leads over a redirect of LinkedIn's, which is taken off.
    node = document.tree.css_first('[data-test-id="about-us__website"] a[href]')
    url = join(document.base, node.attributes.get("href") or "") if node is not None else None
    return kit.distinct(kit.site_in(unwrap(url) if url else ""), *map(kit.site_in, same_as(thing)))


# ---- the posts on the guest page ----


def _timeline(document: Document, ask: kit.Ask, proof: kit.Proof) -> kit.Timeline | kit.Unknown:
    """Return the newest posts; the list goes on behind the login, so older ones may be missing."""
    cards = document.tree.css("article[data-activity-urn]")
    if not cards and document.tree.css_first('[data-test-id="updates"]') is not None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no posts in their place where they used to be")
    if not cards:
        return kit.unread(kit.Outcome.HIDDEN, "the page shows no posts to readers without a login")
    posts = [post for card in cards if (post := _post(card, proof)) is not None]
    if not posts:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no time in the numbers of the posts")
    return kit.timeline_of(posts, ask, truncated=True)


def _post(card: LexborNode, proof: kit.Proof) -> kit.ProfilePost | None:
    """Return the post of a card; None where its number holds no time."""
    # The card shows a time such as "4d" only; the post's number holds the exact one. Of a repost
    # that is when it was passed on, not when the original was written.
    match = _ACTIVITY.search(card.attributes.get("data-activity-urn") or "")
    published = kit.dated_by_id(time_of_id("linkedin", match[1])) if match is not None else None
    if match is None or published is None:
        return None
    text = _text(card, '[data-test-id="main-feed-activity-card__commentary"]')
    return kit.ProfilePost(
        url=f"https://www.linkedin.com/feed/update/{match[0]}",
        title=kit.headline(text),
        text=text,
        published=published,
        evidence=proof.dated(published, text),
        format=next((form for mark, form in _FORMATS if _part(card, mark)), "text"),
        # A header ("Acme reposted this") stands on cards of reposts only.
        repost=card.css_first(".main-feed-activity-card__header") is not None,
        interactions=tuple(_interactions(card)),
    )


def _part(card: LexborNode, name: str) -> LexborNode | None:
    """Return the part of a card that LinkedIn marks with this name, or None."""
    return card.css_first(f'[data-test-id="{name}"]')


def _interactions(card: LexborNode) -> Iterator[kit.Interaction]:
    """Give reactions and comments; nothing where the card has no line of counts."""
    if card.css_first(".main-feed-activity-card__social-actions") is None:
        return
    for reaction, name in ((kit.Reaction.LIKES, "reactions"), (kit.Reaction.COMMENTS, "comments")):
        node = _part(card, f"social-actions__{name}")
        # Within the line, LinkedIn leaves out what nobody did: a missing count is a zero.
        number = node.attributes.get(f"data-num-{name}") if node is not None else "0"
        count = kit.count_of((number or "").replace(",", ""))
        if count is not None:
            yield kit.Interaction(reaction=reaction, count=count)


PLATFORM = kit.Platform(
    name="linkedin",
    read=read,
    public="followers, employees and about ten newest posts, where robots.txt and no login stand"
    " in the way",
    confidence=kit.Confidence.RECORDED,
    keys=(KEY,),
    pace=3.0,
)
