"""Find profiles beyond a site's links: by Wikidata, and by what its own domain states."""

from collections.abc import Sequence

from audit.model.exchange import Failure, Page
from audit.model.facts import Area, ChannelLink, ChannelSource
from audit.model.value import Evidence, Reason, Unknown
from audit.model.visit import Note
from scrapers.channels.drive import Asked, Terms, ask_beside
from scrapers.channels.webfinger import own_account
from scrapers.channels.wikidata import ROOT as WIKIDATA
from scrapers.channels.wikidata import Claim, claims_of
from scrapers.page.addresses import PlatformIndex
from scrapers.page.rules import Rules
from scrapers.parse.text import clean
from scrapers.parse.urls import is_internal
from scrapers.platforms.kit.base import Steps
from scrapers.session import Session

ITEMS = Asked(name="wikidata", pace=1.0)


async def discover(
    terms: Terms, session: Session, index: PlatformIndex
) -> tuple[list[ChannelLink], list[Note]]:
    """Ask Wikidata for the company's website, and the own domain for an account.

    What could not be asked is a note; no name is ever guessed.
    """
    links: list[ChannelLink] = []
    notes: list[Note] = []
    if _may_be_told(terms):
        found = await ask_beside(_items, session, terms, ITEMS)
        if isinstance(found, Unknown | Failure):
            notes.append(_unasked("wikidata", found))
        else:
            links += [link for claim in found for link in _claimed(claim, index)]
    own = await ask_beside(_account, session, terms)
    if isinstance(own, Unknown):
        notes.append(_unasked("webfinger", own))
    elif own is not None:
        handle, url, page = own
        proof = _proof(page, page.url, "discovery.webfinger", handle)
        links += links_to(url, ChannelSource.WEBFINGER, index, proof)
    return links, notes


def _items(rules: Rules, website: str) -> Steps[tuple[Claim, ...] | Failure]:
    """Begin to ask Wikidata, in a worker."""
    return claims_of(website, rules.platforms.wikidata)


def _account(rules: Rules, website: str) -> Steps[tuple[str, str, Page] | None]:
    """Begin to ask the own domain, in a worker."""
    del rules
    return own_account(website)


def _claimed(claim: Claim, index: PlatformIndex) -> Sequence[ChannelLink]:
    """The profile that a statement of Wikidata names."""
    user, _, host = claim.value.partition("@")
    form = index.wikidata[claim.property].replace("{}", claim.value)
    url = form.replace("{user}", user).replace("{host}", host)
    shown = f"{WIKIDATA}/wiki/{claim.item}#{claim.property}"
    said = f"{claim.property}: {claim.value}"
    proof = _proof(claim.page, shown, "discovery.wikidata", said)
    return links_to(url, ChannelSource.WIKIDATA, index, proof)


def _proof(page: Page, url: str, rule: str, said: str) -> Evidence:
    return Evidence(
        url=url, fetched_at=page.fetched_at, rule=rule, excerpt=clean(said, 200), record=page.record
    )


def links_to(
    url: str, source: ChannelSource, index: PlatformIndex, proof: Evidence
) -> Sequence[ChannelLink]:
    """A profile as a link that somebody else than the site gives; nothing for other addresses."""
    profile = index.match(url)
    if profile is None:
        return ()
    return (
        ChannelLink(
            platform=profile.platform,
            url=profile.url,
            handle=profile.handle,
            source=source,
            area=Area.MAIN,
            text="",
            locator=source.value,
            person=profile.person,
            icons=1,
            evidence=proof,
        ),
    )


def _may_be_told(terms: Terms) -> bool:
    """Tell whether a website's name may be given to Wikidata: not one of an intranet.

    A server of the user's own in its place may be asked for any.
    """
    asked = any(origin.rstrip("/") == WIKIDATA for origin, _ in terms.settings.base_urls)
    return asked or not is_internal(terms.website)


def _unasked(what: str, why: Unknown | Failure) -> Note:
    return Note(
        what=what,
        reason=why.reason,
        detail=f"further profiles could not be looked for: {why.detail}",
        help="run again later",
        incomplete=why.reason is Reason.INTERNAL_ERROR,
    )
