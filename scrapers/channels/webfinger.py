"""Ask a company's own domain whether it is an account of the fediverse (RFC 7033, WebFinger)."""

from urllib.parse import quote

from audit.model.exchange import Failure, Page
from scrapers.parse.urls import split
from scrapers.parse.values import text_of
from scrapers.platforms.kit.base import Steps, ask_json

PROFILE = "http://webfinger.net/rel/profile-page"
"""The relation by which an account's entry points to the page that people read."""


def own_account(website: str) -> Steps[tuple[str, str, Page] | None]:
    """Return the account that a domain states for its website, or None where it states none.

    What comes back is the handle (`acme@acme.example`), the address of the profile page, and the
    answer that says so. The resource asked for is the website's own address, never a guessed name.
    """
    parts = split(website)
    root = f"{parts.scheme}://{parts.netloc}"
    answer = yield from ask_json(
        f"{root}/.well-known/webfinger?resource={quote(root + '/', safe='')}"
    )
    if isinstance(answer, Failure):
        return None
    handle = answer.text("subject").removeprefix("acct:")
    pages = [link for link in answer.items("links") if link.get("rel") == PROFILE]
    url = text_of(pages[0].get("href")) if pages else ""
    # The subject of an answer may also be an address of the web; that is no handle.
    return (handle, url, answer.page) if "@" in handle and url.startswith("http") else None
