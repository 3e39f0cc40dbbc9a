"""Ask a company's own domain whether it is an account of the fediverse (RFC 7033, WebFinger)."""

from urllib.parse import quote

from audit.model.exchange import Failure, Page
from scrapers.parse.urls import split
from scrapers.parse.values import text_of
from scrapers.platforms.kit.base import Steps, ask_json

PROFILE = "http://webfinger.net/rel/profile-page"


def own_account(website: str) -> Steps[tuple[str, str, Page] | None]:
    """The handle (`user@host`) and profile page that the domain itself states for its website.

    The address of the website is asked for, never a guessed name.
    """
    parts = split(website)
    root = f"{parts.scheme}://{parts.netloc}"
    found = yield from ask_json(
        f"{root}/.well-known/webfinger?resource={quote(root + '/', safe='')}"
    )
    if isinstance(found, Failure):
        return None
    subject = found.text("subject").removeprefix("acct:")
    pages = [each for each in found.items("links") if each.get("rel") == PROFILE]
    url = text_of(pages[0].get("href")) if pages else ""
    return (subject, url, found.page) if "@" in subject and url.startswith("http") else None
