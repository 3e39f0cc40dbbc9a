"""GitHub: organisations and users, their repositories and releases (docs.github.com/rest)."""

from functools import partial
from urllib.parse import quote

from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit
from scrapers.platforms.github.repositories import (
    API,
    Repositories,
    read_releases,
    read_repositories,
)

TOKEN = kit.Key(
    variables=("GITHUB_TOKEN",),
    host="api.github.com",
    headers=("Authorization: Bearer {GITHUB_TOKEN}", "X-GitHub-Api-Version: 2022-11-28"),
    adds="more repositories and releases: 5,000 requests an hour in place of 60",
    calls=1_000,
)
_RULE = "platform.github"
_LIMIT = 100


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the account, its repositories, then the releases of some of them."""
    key = TOKEN if ask.has(TOKEN) else None
    found = yield from kit.ask_json(f"{API}/users/{quote(ask.handle)}", key=key)
    if isinstance(found, kit.Failure):
        if found.reason in kit.GONE:
            return kit.not_found(found, _RULE)
        return (yield from _shown(ask, _why(found)))
    if not kit.name_of(found.field("login")):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    return (yield from _profile(ask, found, key))


def _profile(ask: kit.Ask, found: kit.JsonAnswer, key: kit.Key | None) -> kit.Steps[kit.Profile]:
    """The account; an organisation's own record adds what it says of itself."""
    login, company = kit.name_of(found.field("login")), found.text("type") == "Organization"
    more = found
    if company:
        said = yield from kit.ask_json(f"{API}/orgs/{quote(login)}", key=key)
        more = said if isinstance(said, kit.JsonAnswer) else found
    listed = yield from read_repositories(login, company=company, key=key)
    line: kit.Timeline | kit.Unknown = (
        _why(listed)
        if isinstance(listed, kit.Failure)
        else (yield from read_releases(ask, listed, key))
    )
    about = more.text("description") or found.text("bio")
    proof = kit.Proof(found.page, _RULE)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{login}: {found.text('name')}"),),
        url=f"https://github.com/{login}",
        handle=login,
        account=kit.digits_of(found.field("id")),
        name=found.text("name") or login,
        about=about,
        audience=proof.count(found.field("followers"), "followers"),
        figures=(
            proof.figure(kit.Count.FOLLOWING, found.field("following")),
            proof.figure(kit.Count.REPOSITORIES, found.field("public_repos")),
            *_sums(listed),
        ),
        timeline=line,
        links=(*links_in(found.text("blog")), *links_in(about), *_twitter(found)),
        created_at=kit.time_of(found.field("created_at")),
        updated_at=listed.pushed_at() if isinstance(listed, Repositories) else None,
        verified=more.field("is_verified") is True,
    )


def _sums(listed: Repositories | kit.Failure) -> tuple[kit.ProfileFigure, ...]:
    if isinstance(listed, Repositories):
        return listed.sums()
    said = _why(listed)
    return tuple(
        kit.ProfileFigure(count=count, value=said) for count in (kit.Count.STARS, kit.Count.FORKS)
    )


def _twitter(found: kit.JsonAnswer) -> tuple[str, ...]:
    name = found.text("twitter_username")
    return (f"https://x.com/{quote(name)}",) if name else ()


def _why(failure: kit.Failure) -> kit.Unknown:
    """A used up quota is said with 403 or 429, and in words."""
    said = failure.body.decode("utf-8", "replace").casefold()
    if failure.reason is kit.Reason.RATE_LIMITED or "rate limit" in said:
        detail = "the requests of this hour are used up; GITHUB_TOKEN allows 5,000 an hour"
        return kit.Unknown(reason=kit.Reason.RATE_LIMITED, detail=detail)
    return kit.reason_of(failure)


def _shown(ask: kit.Ask, refusal: kit.Unknown) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Followers as the page for people shows them, where the interface is closed to us."""
    found = yield from kit.ask_page(f"https://github.com/{quote(ask.handle)}")
    if isinstance(found, kit.Failure):
        return kit.not_found(found, _RULE) if found.reason in kit.GONE else refusal
    document, proof = read_html(found), kit.Proof(found, _RULE)
    audience = proof.count(_followers(document, ask.handle), "followers")
    if isinstance(audience, kit.Unknown):
        return refusal
    return kit.Profile(
        standing=kit.Standing.LIVE,
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


def sample(ask: kit.Ask, wanted: int) -> kit.Steps[tuple[kit.Follower, ...] | kit.Unknown]:
    """Read up to so many followers; the list holds names and kinds, and nothing they say."""
    url = f"{API}/users/{quote(ask.handle)}/followers?per_page={_LIMIT}&page="
    listing = kit.Listing(
        first=f"{url}1",
        items=lambda found: map(_follower, found.items()),
        after=kit.while_full(url, _LIMIT),
        ask=partial(kit.ask_json, key=TOKEN if ask.has(TOKEN) else None, private=True),
        reason=_why,
    )
    return kit.read_followers(wanted, listing)


def _follower(said: kit.Json) -> kit.Follower:
    return kit.Follower(account=kit.text_of(said.get("login")), kind=kit.text_of(said.get("type")))


PLATFORM = kit.Platform(
    name="github",
    read=read,
    sample=sample,
    public="followers, repositories, stars and forks of up to 200 of them, releases of up to 6",
    keys=(TOKEN,),
    confidence=kit.Confidence.DOCUMENTED,
)
