"""Find profiles beyond a site's links: by Wikidata, by its own domain, by its own profiles."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.model.exchange import Failure, Page
from audit.model.facts import Area, ChannelLink, ChannelSource
from audit.model.profile import Profile
from audit.model.value import Evidence, Reason, Unknown
from audit.model.visit import Note
from scrapers.channels.drive import HostGroup, Inquiry, ask_hosts
from scrapers.channels.webfinger import own_account
from scrapers.channels.wikidata import ROOT as WIKIDATA
from scrapers.channels.wikidata import Claim, claims_of
from scrapers.page.addresses import PlatformIndex
from scrapers.page.rules import Rules
from scrapers.parse.text import clean
from scrapers.parse.urls import is_internal
from scrapers.platforms.kit.base import Steps
from scrapers.session import ONLY_SAVED, SavedProfile

WIKIDATA_HOSTS = HostGroup(name="wikidata", pace=1.0)

SAVED_LINK = "discovery.saved"
"""By what a profile is found that nothing but its own saved page names."""

_EXCERPT = 200
"""Characters of a statement or handle that its proof shows."""


async def discover(inquiry: Inquiry) -> tuple[list[ChannelLink], list[Note]]:
    """Ask Wikidata for the company's website, and the own domain for an account.

    Return the profiles that they name, as links, and a note for each that could not be asked. No
    name is ever guessed: a profile that happens to bear the company's name is nobody's proof.
    """
    index = inquiry.errand.rules.platforms
    links: list[ChannelLink] = []
    notes: list[Note] = []
    if _may_be_told(inquiry):
        claims = await ask_hosts(_begin_claims, inquiry, WIKIDATA_HOSTS)
        if isinstance(claims, Unknown | Failure):
            notes += _unasked("wikidata", claims)
        else:
            links += [link for claim in claims for link in _claimed(claim, index)]
    account = await ask_hosts(_begin_account, inquiry)
    if isinstance(account, Unknown):
        notes += _unasked("webfinger", account)
    elif account is not None:
        handle, url, page = account
        proof = page.proof("discovery.webfinger", clean(handle, _EXCERPT))
        links += _links_to(url, ChannelSource.WEBFINGER, index, proof)
    return links, notes


def links_of(profile: Profile, index: PlatformIndex) -> Iterator[ChannelLink]:
    """Give the profiles of platforms among the addresses that an own profile gives."""
    proof = profile.evidence[0]
    for url in profile.links:
        yield from _links_to(url, ChannelSource.PROFILE, index, proof)


def saved_links(profile: SavedProfile, index: PlatformIndex) -> Sequence[ChannelLink]:
    """Give a profile that a person saved, and whose page links to the company's website."""
    proof = Evidence(
        url=profile.url,
        fetched_at=profile.at,
        rule=SAVED_LINK,
        excerpt="links to the website",
        record=profile.record,
    )
    return _links_to(profile.url, ChannelSource.SAVED, index, proof)


def _begin_claims(rules: Rules, website: str) -> Steps[tuple[Claim, ...] | Failure]:
    """Begin to ask Wikidata, in a worker."""
    return claims_of(website, rules.platforms.wikidata)


def _begin_account(rules: Rules, website: str) -> Steps[tuple[str, str, Page] | None]:
    """Begin to ask the own domain, in a worker."""
    # A worker calls every job with the rules; WebFinger needs none of them.
    del rules
    return own_account(website)


def _claimed(claim: Claim, index: PlatformIndex) -> Sequence[ChannelLink]:
    """Return the profile that a statement of Wikidata names, as a link.

    The catalogue tells the address by the property: "https://bsky.app/profile/{}", or with halves
    for an address like acme@mastodon.social: "https://{host}/@{user}".
    """
    user, _, host = claim.value.partition("@")
    address = index.wikidata[claim.property].replace("{}", claim.value)
    url = address.replace("{user}", user).replace("{host}", host)
    excerpt = clean(f"{claim.property}: {claim.value}", _EXCERPT)
    # The proof points to the statement on the item's page: the interface's answer is for programs.
    statement = f"{WIKIDATA}/wiki/{claim.item}#{claim.property}"
    proof = replace(claim.page.proof("discovery.wikidata", excerpt), url=statement)
    return _links_to(url, ChannelSource.WIKIDATA, index, proof)


def _links_to(
    url: str, source: ChannelSource, index: PlatformIndex, proof: Evidence
) -> Sequence[ChannelLink]:
    """Return a profile as a link that somebody else than the site gives, in its canonical form.

    Nothing for an address that is no platform's profile.
    """
    profile = index.match(url)
    if profile is None:
        return ()
    # It stands on no page of the site; it is weighed like a link in the text of one.
    return (
        ChannelLink(
            platform=profile.platform,
            url=profile.url,
            handle=profile.handle,
            key=profile.key,
            source=source,
            area=Area.MAIN,
            text="",
            locator=source.value,
            person=profile.person,
            icons=1,
            evidence=proof,
        ),
    )


def _may_be_told(inquiry: Inquiry) -> bool:
    """Tell whether a website's name may be given to Wikidata: not one of an intranet.

    A server of the user's own in Wikidata's place may be asked for any.
    """
    base_urls = inquiry.errand.plan.settings.base_urls
    is_replaced = any(origin.rstrip("/") == WIKIDATA for origin, _ in base_urls)
    return is_replaced or not is_internal(inquiry.website)


def _unasked(what: str, lack: Unknown | Failure) -> list[Note]:
    """Say that somebody could not be asked for further profiles, and why; not if nobody was to."""
    if lack.detail == ONLY_SAVED:
        return []
    note = Note(
        what=what,
        reason=lack.reason,
        detail=f"further profiles could not be looked for: {lack.detail}",
        help="run again later",
        incomplete=lack.reason is Reason.INTERNAL_ERROR,
    )
    return [note]
