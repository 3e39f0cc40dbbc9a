"""GitHub: organisations and users, their repositories and releases (docs.github.com/rest)."""

from functools import partial
from urllib.parse import quote

from audit.model.exchange import Failure, Key
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfileFigure,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Reason, Unknown
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import links_in
from scrapers.parse.values import Json, digits_of, name_of, text_of, time_of
from scrapers.platforms.github.repositories import (
    API,
    Repositories,
    read_releases,
    read_repositories,
)
from scrapers.platforms.kit.base import (
    GONE,
    Answer,
    Ask,
    Confidence,
    Follower,
    Platform,
    Steps,
    answer,
    page,
)
from scrapers.platforms.kit.paging import Listing, sampled, while_full
from scrapers.platforms.kit.proof import Proof, gone, why

TOKEN = Key(
    variables=("GITHUB_TOKEN",),
    host="api.github.com",
    headers=("Authorization: Bearer {GITHUB_TOKEN}", "X-GitHub-Api-Version: 2022-11-28"),
    adds="more repositories and releases: 5,000 requests an hour in place of 60",
    calls=1_000,
)
_RULE = "platform.github"
_LIMIT = 100


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the account, its repositories, then the releases of some of them."""
    key = TOKEN if ask.has(TOKEN) else None
    found = yield from answer(f"{API}/users/{quote(ask.handle)}", key=key)
    if isinstance(found, Failure):
        if found.reason in GONE:
            return gone(found, _RULE)
        return (yield from _shown(ask, _why(found)))
    if not name_of(found.at("login")):
        return unread(Outcome.PARSE_FAILED, "no account where it used to be")
    return (yield from _profile(ask, found, key))


def _profile(ask: Ask, found: Answer, key: Key | None) -> Steps[Profile]:
    """The account; an organisation's own record adds what it says of itself."""
    login, company = name_of(found.at("login")), found.text("type") == "Organization"
    more = found
    if company:
        said = yield from answer(f"{API}/orgs/{quote(login)}", key=key)
        more = said if isinstance(said, Answer) else found
    listed = yield from read_repositories(login, company=company, key=key)
    line: Timeline | Unknown = (
        _why(listed)
        if isinstance(listed, Failure)
        else (yield from read_releases(ask, listed, key))
    )
    about = more.text("description") or found.text("bio")
    proof = Proof(found.page, _RULE)
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{login}: {found.text('name')}"),),
        url=f"https://github.com/{login}",
        handle=login,
        account=digits_of(found.at("id")),
        name=found.text("name") or login,
        about=about,
        audience=proof.count(found.at("followers"), "followers"),
        figures=(
            proof.figure(Count.FOLLOWING, found.at("following")),
            proof.figure(Count.REPOSITORIES, found.at("public_repos")),
            *_sums(listed),
        ),
        timeline=line,
        links=(*links_in(found.text("blog")), *links_in(about), *_twitter(found)),
        created_at=time_of(found.at("created_at")),
        updated_at=listed.pushed_at() if isinstance(listed, Repositories) else None,
        verified=more.at("is_verified") is True,
    )


def _sums(listed: Repositories | Failure) -> tuple[ProfileFigure, ...]:
    if isinstance(listed, Repositories):
        return listed.sums()
    said = _why(listed)
    return tuple(ProfileFigure(count=count, value=said) for count in (Count.STARS, Count.FORKS))


def _twitter(found: Answer) -> tuple[str, ...]:
    name = found.text("twitter_username")
    return (f"https://x.com/{quote(name)}",) if name else ()


def _why(failure: Failure) -> Unknown:
    """A used up quota is said with 403 or 429, and in words."""
    said = failure.body.decode("utf-8", "replace").casefold()
    if failure.reason is Reason.RATE_LIMITED or "rate limit" in said:
        detail = "the requests of this hour are used up; GITHUB_TOKEN allows 5,000 an hour"
        return Unknown(reason=Reason.RATE_LIMITED, detail=detail)
    return why(failure)


def _shown(ask: Ask, refusal: Unknown) -> Steps[Profile | Unknown]:
    """Followers as the page for people shows them, where the interface is closed to us."""
    found = yield from page(f"https://github.com/{quote(ask.handle)}")
    if isinstance(found, Failure):
        return gone(found, _RULE) if found.reason in GONE else refusal
    document, proof = read_html(found), Proof(found, _RULE)
    audience = proof.count(_followers(document, ask.handle), "followers")
    if isinstance(audience, Unknown):
        return refusal
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{ask.handle}: {document.title}"),),
        handle=ask.handle,
        audience=audience,
        timeline=refusal,
    )


def _followers(document: Document, handle: str) -> str | None:
    """The words of the link to the list of followers: "1.2k followers"."""
    ends = (f"/orgs/{handle}/followers", f"/{handle}?tab=followers")
    for link in document.links:
        if link.url.casefold().endswith(tuple(each.casefold() for each in ends)):
            return link.text
    return None


def sample(ask: Ask, wanted: int) -> Steps[tuple[Follower, ...] | Unknown]:
    """Read up to so many followers; the list holds names and kinds, and nothing they say."""
    url = f"{API}/users/{quote(ask.handle)}/followers?per_page={_LIMIT}&page="
    listing = Listing(
        first=f"{url}1",
        items=lambda found: map(_follower, found.listed()),
        after=while_full(url, _LIMIT),
        ask=partial(answer, key=TOKEN if ask.has(TOKEN) else None, private=True),
        reason=_why,
    )
    return sampled(wanted, listing)


def _follower(said: Json) -> Follower:
    return Follower(account=text_of(said.get("login")), kind=text_of(said.get("type")))


PLATFORM = Platform(
    name="github",
    read=read,
    sample=sample,
    public="followers, repositories, stars and forks of up to 200 of them, releases of up to 6",
    keys=(TOKEN,),
    confidence=Confidence.DOCUMENTED,
)
