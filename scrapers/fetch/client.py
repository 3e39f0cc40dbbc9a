"""The one client of a run, over guarded ways to the network; it does nothing by itself."""

from collections.abc import Mapping

import httpx

from scrapers.fetch.answers import own_redirects
from scrapers.fetch.connect import Resolve, transport
from scrapers.fetch.cookies import NoCookies
from scrapers.fetch.policy import Policy
from scrapers.fetch.proxies import Proxies, read_proxies
from scrapers.fetch.resolver import Resolver
from scrapers.fetch.trust import tls_context


def new_client(
    policy: Policy,
    proxies: Proxies,
    environment: Mapping[str, str],
    resolver: Resolve | None = None,
) -> httpx.AsyncClient:
    """Return a client that follows no redirect, keeps no cookie and trusts what the user trusts.

    Raises:
        AuditError: the environment names certificates that cannot be used.
    """
    ways = transport(
        tls_context(environment), proxies, resolver or Resolver(), policy.private_hosts
    )
    # `trust_env` would read proxies, certificates and .netrc once more, by rules of its own. Of
    # encodings httpx asks for those that it has libraries for; `decode.py` knows these two.
    return httpx.AsyncClient(
        transport=ways,
        cookies=NoCookies(),
        event_hooks={"response": [own_redirects]},
        trust_env=False,
        follow_redirects=False,
        timeout=httpx.Timeout(policy.timeout_seconds),
        headers={
            "User-Agent": policy.user_agent,
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "en;q=0.8,*;q=0.5",
        },
    )


def check_environment(environment: Mapping[str, str]) -> None:
    """Check what the environment says of the network, before anything is fetched.

    Raises:
        AuditError: a proxy or certificates that it names cannot be used; the message says which.
    """
    read_proxies(environment)
    tls_context(environment)
