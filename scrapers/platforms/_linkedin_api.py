"""LinkedIn's Community Management API: followers of pages that the key's owner administers."""

from dataclasses import dataclass, replace
from urllib.parse import quote

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
)
API = "https://api.linkedin.com/rest"


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What the interface says of a page: its number and its exact followers."""

    account: str
    audience: kit.Known[int]

    def joined(self, shown: kit.Profile | kit.Unknown) -> kit.Profile:
        """The profile with the figure of the interface; what the page did not give is unknown."""
        if isinstance(shown, kit.Profile):
            return replace(
                shown, standing=kit.Standing.LIVE, account=self.account, audience=self.audience
            )
        return kit.Profile(
            standing=kit.Standing.LIVE,
            evidence=self.audience.evidence,
            account=self.account,
            audience=self.audience,
            timeline=shown,
        )


def own_page(ask: kit.Ask, rule: str) -> kit.Steps[OwnPage | None]:
    """Ask for the followers of a page; None where the key does not open that page."""
    if not ask.has(KEY):
        return None
    account = yield from _account(ask.handle)
    if not account:
        return None
    urn = quote(f"urn:li:organization:{account}", safe="")
    found = yield from kit.ask_json(
        f"{API}/networkSizes/{urn}?edgeType=COMPANY_FOLLOWED_BY_MEMBER", key=KEY
    )
    if isinstance(found, kit.Failure):
        return None
    count = kit.Proof(found.page, rule).count(found.field("firstDegreeSize"), "followers")
    return OwnPage(account, count) if isinstance(count, kit.Known) else None


def _account(handle: str) -> kit.Steps[str]:
    """The number of an organisation, by the name in its address."""
    if handle.isdigit():
        return handle
    found = yield from kit.ask_json(
        f"{API}/organizations?q=vanityName&vanityName={quote(handle, safe='')}", key=KEY
    )
    if isinstance(found, kit.Failure):
        return ""
    number = kit.count_of(found.field("elements", 0, "id"))
    return str(number) if number is not None else ""
