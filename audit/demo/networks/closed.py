"""The invented LinkedIn and X: one asks robots to stay away, the other shows a shell of scripts."""

from collections.abc import Mapping, Sequence

from audit.demo.networks.answers import Answering, by_handle, document, html
from audit.demo.profiles import Shown
from audit.demo.web import Answer

KEEP_OUT = (
    "# Notice: crawling this site without express permission is prohibited.\n\n"
    "User-agent: *\nDisallow: /\n"
)


def linkedin(accounts: Sequence[Shown]) -> Answering:
    """Answer for the companies, as to a reader who does not ask first."""
    named = by_handle(accounts)

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        del query
        found = named.get(path.removeprefix("/company/").strip("/").casefold())
        return html(document("Sign Up | LinkedIn")) if found else None

    return answer


def x(accounts: Sequence[Shown]) -> Answering:
    """Answer every address with the same shell, whoever is or is not behind it."""
    del accounts
    shell = document("X", body='<div id="react-root"></div><script src="/main.js"></script>')

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        del path, query
        return html(shell)

    return answer
