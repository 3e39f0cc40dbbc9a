"""Where an account of the fediverse lives, and on which software: WebFinger and NodeInfo.

WebFinger: RFC 7033, docs.joinmastodon.org/spec/webfinger; NodeInfo: nodeinfo.diaspora.software.
"""

from dataclasses import dataclass, replace
from urllib.parse import quote

from scrapers.parse.urls import authority_of
from scrapers.platforms import kit

_SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/2."
_PROFILE_PAGE = "http://webfinger.net/rel/profile-page"
REFUSALS = frozenset(
    {
        kit.Reason.HTTP_401,
        kit.Reason.HTTP_403,
        kit.Reason.HTTP_999,
        kit.Reason.RATE_LIMITED,
        kit.Reason.CAPTCHA,
        kit.Reason.DNS,
        kit.Reason.CONNECTION,
        kit.Reason.TLS,
        kit.Reason.TIMEOUT,
        kit.Reason.BLOCKED_ADDRESS,
        kit.Reason.BUDGET,
    }
)
"""After one of these a server has nothing more to say, whatever else is asked of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """An account's own server, and its name there.

    `software` is NodeInfo's word, empty where the server does not tell; `actor` and `page` are its
    addresses for programs and for people; `missing` is WebFinger's word that there is no such name.
    """

    host: str
    name: str
    software: str = ""
    actor: str = ""
    page: str = ""
    missing: kit.Failure | None = None

    @property
    def api(self) -> str:
        """The beginning of every address on this server."""
        return f"https://{self.host}"


def find_home(ask: kit.Ask) -> kit.Steps[Home | kit.Failure]:
    """Find the server that an account lives on; a handle's domain may be another one's.

    `@acme@acme.example` may live on social.acme.example: only WebFinger on acme.example tells.
    Where that gives nothing, the handle's domain is taken for the home.
    """
    name, _, domain = ask.handle.lstrip("@").partition("@")
    home = Home(host=domain.casefold() or authority_of(ask.url), name=name)
    resource = f"acct:{quote(name)}@{home.host}"
    answer = yield from kit.ask_json(f"{home.api}/.well-known/webfinger?resource={resource}")
    if isinstance(answer, kit.Failure):
        if answer.reason in REFUSALS:
            return answer
        home = replace(home, missing=answer if answer.reason in kit.GONE else None)
    else:
        home = _home_named_in(answer, home)
    return replace(home, software=(yield from software_of(home.host)))


def _home_named_in(webfinger: kit.JsonAnswer, home: Home) -> Home:
    """Return the home that WebFinger names: the host of the account's own address for programs."""
    actor = _link(webfinger, "self", "activity")
    page = _link(webfinger, _PROFILE_PAGE, "")
    subject = webfinger.text("subject")
    name = subject.removeprefix("acct:").partition("@")[0] if subject.startswith("acct:") else ""
    host = authority_of(actor) or authority_of(page) or home.host
    return replace(home, host=host, name=name or home.name, actor=actor, page=page)


def _link(webfinger: kit.JsonAnswer, rel: str, kind: str) -> str:
    """Return the first link of this relation whose type holds the word `kind`; "" for none."""
    for link in webfinger.items("links"):
        url = kit.address_of(link.get("href"))
        if (
            link.get("rel") == rel
            and kind in kit.text_of(link.get("type"))
            and url.startswith("https://")
        ):
            return url
    return ""


def software_of(host: str) -> kit.Steps[str]:
    """Give the name of a server's software in lower case; "" where it does not tell."""
    answer = yield from kit.ask_json(f"https://{host}/.well-known/nodeinfo")
    if isinstance(answer, kit.Failure):
        return ""
    urls = [
        kit.address_of(link.get("href"))
        for link in answer.items("links")
        if kit.text_of(link.get("rel")).startswith(_SCHEMA)
    ]
    url = next(filter(None, urls), "")
    if not url:
        return ""
    # Behind a proxy some servers believe that they speak http.
    nodeinfo = yield from kit.ask_json(url.replace("http://", "https://", 1))
    if isinstance(nodeinfo, kit.Failure):
        return ""
    return nodeinfo.text("software", "name").casefold()
