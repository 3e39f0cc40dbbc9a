"""The page of a Bluesky profile, as far as it states things for all: JSON-LD (recorded)."""

from urllib.parse import quote

from scrapers.parse.embedded import statistic, things
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

_DONE = ((kit.Count.FOLLOWING, "FollowAction"), (kit.Count.POSTS, "WriteAction"))
"""What the profile itself does; it stands apart from what others do with it."""


def read_page(
    ask: kit.Ask, refusal: kit.Unknown, rule: str
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the page where the interface refused; `refusal` is why there are no posts."""
    found = yield from kit.ask_page(f"https://bsky.app/profile/{quote(ask.handle, safe=':')}")
    if isinstance(found, kit.Failure):
        return refusal
    head = next(iter(things(read_html(found), "ProfilePage")), {})
    said = kit.object_of(head.get("mainEntity"))
    account = kit.name_of(said.get("identifier"))
    handle = kit.name_of(kit.text_of(said.get("alternateName")).removeprefix("@")) or account
    if not account.startswith("did:"):
        return refusal
    proof, about = kit.Proof(found, rule), kit.text_of(said.get("description"))
    done = {"interactionStatistic": said.get("agentInteractionStatistic")}
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {kit.text_of(said.get('name'))}"),),
        url=f"https://bsky.app/profile/{handle}",
        handle=handle,
        account=account,
        name=kit.text_of(said.get("name")),
        about=about,
        audience=proof.count(statistic(said, "FollowAction"), "followers"),
        figures=tuple(proof.figure(count, statistic(done, action)) for count, action in _DONE),
        timeline=refusal,
        links=links_in(about),
        created_at=kit.time_of(head.get("dateCreated")),
    )
