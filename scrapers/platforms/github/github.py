"""GitHub: organisations and users, their repositories and releases (docs.github.com/rest)."""

from functools import partial
from urllib.parse import quote

from scrapers.parse.document import Document
from scrapers.parse.html import read_html
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
    opens=frozenset(kit.Opens),
)
_RULE = "platform.github"
_PAGE_SIZE = 100
"""Followers on one page of their list, the most that the interface gives."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the account, its repositories, then the releases of some of them."""
    key = TOKEN if ask.has(TOKEN) else None
    answer = yield from kit.ask_json(f"{API}/users/{quote(ask.handle)}", key=key)
    if isinstance(answer, kit.Failure):
        if answer.reason in kit.GONE:
            return kit.not_found(answer, _RULE)
        return (yield from _profile_of_page(ask, _reason_of(answer)))
    if not kit.name_of(answer.field("login")):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    return (yield from _profile(ask, answer, key))


def sample(ask: kit.Ask, wanted: int) -> kit.Steps[tuple[kit.Follower, ...] | kit.Unknown]:
    """Read up to so many followers; the list holds names and kinds, and nothing they say."""
    url = f"{API}/users/{quote(ask.handle)}/followers?per_page={_PAGE_SIZE}&page="
    listing = kit.Listing(
        first=f"{url}1",
        items=lambda answer: map(_follower, answer.items()),
        after=kit.while_full(url, _PAGE_SIZE),
        ask=partial(kit.ask_json, key=TOKEN if ask.has(TOKEN) else None, private=True),
        reason=_reason_of,
    )
    return kit.read_followers(wanted, listing)


def _follower(user: kit.Json) -> kit.Follower:
    """Return a follower; the kind is GitHub's own word: `User`, `Organization` or `Bot`."""
    return kit.Follower(account=kit.text_of(user.get("login")), kind=kit.text_of(user.get("type")))


def _profile(ask: kit.Ask, account: kit.JsonAnswer, key: kit.Key | None) -> kit.Steps[kit.Profile]:
    """Read what belongs to an account (the answer of `/users/NAME`), and join it to a profile."""
    login = kit.name_of(account.field("login"))
    record = yield from _own_record(account, login, key)
    listed = yield from read_repositories(login, is_organisation=_is_organisation(account), key=key)
    timeline: kit.Timeline | kit.Unknown = (
        _reason_of(listed)
        if isinstance(listed, kit.Failure)
        else (yield from read_releases(ask, listed, key))
    )
    about = record.text("description") or account.text("bio")
    proof = kit.Proof(account.page, _RULE)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{login}: {account.text('name')}"),),
        url=f"https://github.com/{login}",
        handle=login,
        account=kit.digits_of(account.field("id")),
        name=account.text("name") or login,
        about=about,
        audience=proof.count(account.field("followers"), "followers"),
        figures=(
            proof.figure(kit.Count.FOLLOWING, account.field("following")),
            proof.figure(kit.Count.REPOSITORIES, account.field("public_repos")),
            *_sums(listed),
        ),
        timeline=timeline,
        links=(*links_in(account.text("blog")), *links_in(about), *_twitter_link(account)),
        created_at=kit.time_of(account.field("created_at")),
        # The account's own `updated_at` tells of its settings; work shows in the repositories.
        updated_at=listed.pushed_at() if isinstance(listed, Repositories) else None,
        verified=record.field("is_verified") is True,
        # The picture of an account that has chosen none is drawn, and looks like any other.
        shows=(
            kit.ProfilePart.BIOGRAPHY,
            kit.ProfilePart.LINK,
            *kit.parts_in(record.payload, {"is_verified": kit.ProfilePart.VERIFIED}),
        ),
    )


def _own_record(
    account: kit.JsonAnswer, login: str, key: kit.Key | None
) -> kit.Steps[kit.JsonAnswer]:
    """Ask for what an organisation says of itself; a user's account says everything already."""
    # Organisations answer under `/users` as well, with their followers; only `/orgs` has their
    # description and whether GitHub verified their domain.
    if not _is_organisation(account):
        return account
    answer = yield from kit.ask_json(f"{API}/orgs/{quote(login)}", key=key)
    return answer if isinstance(answer, kit.JsonAnswer) else account


def _is_organisation(account: kit.JsonAnswer) -> bool:
    """Tell whether an account is an organisation; all others are people or bots."""
    return account.text("type") == "Organization"


def _sums(listed: Repositories | kit.Failure) -> tuple[kit.ProfileFigure, ...]:
    """Return stars and forks of the repositories, or why they could not be counted."""
    if isinstance(listed, Repositories):
        return listed.sums()
    reason = _reason_of(listed)
    return tuple(
        kit.ProfileFigure(count=count, value=reason) for count in (kit.Count.STARS, kit.Count.FORKS)
    )


def _twitter_link(account: kit.JsonAnswer) -> tuple[str, ...]:
    """Return the address of the account's profile on X; the field still bears the old name."""
    name = account.text("twitter_username")
    return (f"https://x.com/{quote(name)}",) if name else ()


def _reason_of(failure: kit.Failure) -> kit.Unknown:
    """Return why the interface gave nothing; a quota that is used up is told from a refusal."""
    # GitHub answers 403 or 429 when the requests of an hour are used up. A 403 may mean something
    # else, and then the words differ: "API rate limit exceeded for 192.0.2.1."
    message = failure.body.decode("utf-8", "replace").casefold()
    if failure.reason is kit.Reason.RATE_LIMITED or "rate limit" in message:
        detail = "the requests of this hour are used up; GITHUB_TOKEN allows 5,000 an hour"
        return kit.Unknown(reason=kit.Reason.RATE_LIMITED, detail=detail)
    return kit.reason_of(failure)


# ---- the page for people, where the interface is closed to us ----


def _profile_of_page(ask: kit.Ask, refusal: kit.Unknown) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the followers from the page for people; `refusal` says why the interface gave none."""
    page = yield from kit.ask_page(f"https://github.com/{quote(ask.handle)}")
    if isinstance(page, kit.Failure):
        return kit.not_found(page, _RULE) if page.reason in kit.GONE else refusal
    document, proof = read_html(page), kit.Proof(page, _RULE)
    audience = proof.count(_followers_text(document, ask.handle), "followers")
    if isinstance(audience, kit.Unknown):
        return refusal
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{ask.handle}: {document.title}"),),
        handle=ask.handle,
        audience=audience,
        timeline=refusal,
    )


def _followers_text(document: Document, handle: str) -> str | None:
    """Return the words of the link to the list of followers ("1.2k followers"); None for none."""
    # Organisations and users have their list of followers at different addresses.
    organisation, user = f"/orgs/{handle}/followers", f"/{handle}?tab=followers"
    ends = (organisation.casefold(), user.casefold())
    for link in document.links:
        if link.url.casefold().endswith(ends):
            return link.text
    return None


PLATFORM = kit.Platform(
    name="github",
    read=read,
    sample=sample,
    public="followers, repositories, stars and forks of up to 200 of them, releases of up to 6",
    keys=(TOKEN,),
    confidence=kit.Confidence.DOCUMENTED,
)
