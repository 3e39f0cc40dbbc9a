"""The page of a Bluesky profile, as far as it states things for all: JSON-LD (recorded)."""

from urllib.parse import quote

from audit.model.exchange import Failure
from audit.model.profile import Count, Profile, Standing
from audit.model.value import Unknown
from scrapers.parse.embedded import statistic, things
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.parse.values import name_of, object_of, text_of, time_of
from scrapers.platforms.kit.base import Ask, Steps, page
from scrapers.platforms.kit.proof import Proof

_DONE = ((Count.FOLLOWING, "FollowAction"), (Count.POSTS, "WriteAction"))
"""What the profile itself does; it stands apart from what others do with it."""


def read_page(ask: Ask, refusal: Unknown, rule: str) -> Steps[Profile | Unknown]:
    """Read the page where the interface refused; `refusal` is why there are no posts."""
    found = yield from page(f"https://bsky.app/profile/{quote(ask.handle, safe=':')}")
    if isinstance(found, Failure):
        return refusal
    head = next(iter(things(read_html(found), "ProfilePage")), {})
    said = object_of(head.get("mainEntity"))
    account = name_of(said.get("identifier"))
    handle = name_of(text_of(said.get("alternateName")).removeprefix("@")) or account
    if not account.startswith("did:"):
        return refusal
    proof, about = Proof(found, rule), text_of(said.get("description"))
    done = {"interactionStatistic": said.get("agentInteractionStatistic")}
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {text_of(said.get('name'))}"),),
        url=f"https://bsky.app/profile/{handle}",
        handle=handle,
        account=account,
        name=text_of(said.get("name")),
        about=about,
        audience=proof.count(statistic(said, "FollowAction"), "followers"),
        figures=tuple(proof.figure(count, statistic(done, action)) for count, action in _DONE),
        timeline=refusal,
        links=links_in(about),
        created_at=time_of(head.get("dateCreated")),
    )
