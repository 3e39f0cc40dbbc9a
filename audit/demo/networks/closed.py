"""The invented LinkedIn and X: one asks robots to stay away, the other shows a shell of scripts."""

from collections.abc import Mapping, Sequence

from audit.demo.networks.replies import Replying, by_handle, document, html
from audit.demo.profiles import InventedProfile
from audit.demo.web import Reply

KEEP_OUT = (
    "# Notice: crawling this site without express permission is prohibited.\n\n"
    "User-agent: *\nDisallow: /\n"
)


def linkedin(profiles: Sequence[InventedProfile]) -> Replying:
    """Reply for the companies, as to a reader who does not ask first: with a page to sign up."""
    by_name = by_handle(profiles)

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        del query
        profile = by_name.get(path.removeprefix("/company/").strip("/").casefold())
        return html(document("Sign Up | LinkedIn")) if profile else None

    return reply


def x(profiles: Sequence[InventedProfile]) -> Replying:
    """Reply to every address with the same shell, whoever is or is not behind it."""
    del profiles
    shell = document("X", body='<div id="react-root"></div><script src="/main.js"></script>')

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        del path, query
        return html(shell)

    return reply
