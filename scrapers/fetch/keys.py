"""Put a user's keys on requests to their own host, count them, and keep them out of the rest.

A key is added to a request at the moment it is sent: addresses, logs and archive never hold it.
What an answer repeats of a key is blotted out before the answer is kept.
"""

import base64
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, urlencode, urlsplit, urlunsplit

import httpx

from audit.model.access import Key
from scrapers.fetch.wire import Answer

BLOT = b"redacted"
_SHORTEST = 6


class GrantError(Exception):
    """The token address refused the key; the message names the variables and says no more."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What really goes out: the address and the headers with the key in them."""

    url: str
    headers: Mapping[str, str]


class Keyring:
    """The keys that the environment holds, with the tokens that were got for them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Read keys where they are asked for; an empty variable is none."""
        self._environment = environment
        self._tokens: dict[str, str] = {}
        self._used: Counter[str] = Counter()

    def has(self, key: Key) -> bool:
        """Tell whether every variable of a key is set."""
        return all(self._environment.get(name, "").strip() for name in key.variables)

    def spent(self, key: Key) -> bool:
        """Count one request; True where the key's quota of this run is used up."""
        self._used[key.name] += 1
        return self._used[key.name] > key.calls

    async def sent(self, key: Key, url: str, client: httpx.AsyncClient) -> Sent:
        """The request with its key, for the key's own host; for any other, as it is.

        Raises:
            GrantError: no token was given for the key.
            httpx.HTTPError: the token address could not be reached.
        """
        parts = urlsplit(url)
        if parts.netloc.lower() != key.host or (parts.scheme != "https" and not _local(parts)):
            return Sent(url, {})
        values = {name: self._environment[name].strip() for name in key.variables}
        if key.grant:
            values["token"] = await self._token(key, values, client)
        query = key.query.partition("=")
        added = urlencode({query[0]: query[2].format(**values)}) if key.query else ""
        joined = "&".join(part for part in (parts.query, added) if part)
        path = key.path.format(**values) + parts.path
        pairs = [header.format(**values).partition(": ") for header in key.headers]
        return Sent(
            urlunsplit((parts.scheme, parts.netloc, path, joined, "")),
            {name: value for name, _, value in pairs} | {"Accept-Encoding": "identity"},
        )

    async def _token(self, key: Key, values: Mapping[str, str], client: httpx.AsyncClient) -> str:
        """A token of the OAuth kind for applications (RFC 6749, 4.4); got once a run."""
        known = self._tokens.get(key.name)
        if known is not None:
            return known
        pair = ":".join(values[name] for name in key.variables[:2])
        basic = base64.b64encode(pair.encode()).decode()
        identity, secret = (values[name] for name in key.variables[:2])
        form = {
            "grant_type": "client_credentials",
            "client_id": identity,
            "client_secret": secret,
        }
        said = await client.post(key.grant, data=form, headers={"Authorization": f"Basic {basic}"})
        try:
            token = said.json().get("access_token") if said.status_code == 200 else None
        except (ValueError, AttributeError):
            token = None
        if not isinstance(token, str) or not token:
            named = " and ".join(key.variables)
            raise GrantError(f"{named} were refused (HTTP {said.status_code})")
        self._tokens[key.name] = token
        return token

    def blotted(self, key: Key, url: str, answer: Answer) -> Answer:
        """The answer under the address without the key, with every copy of the key blotted out."""
        secrets = self._secrets(key)
        body = answer.wire
        for secret in secrets:
            body = body.replace(secret, BLOT)
        headers = tuple((name, _blot(value, secrets)) for name, value in answer.headers)
        return replace(answer, url=url, wire=body, headers=headers)

    def safe(self, key: Key, words: str) -> str:
        """Words about a request, without the key."""
        return _blot(words, self._secrets(key))

    def _secrets(self, key: Key) -> Sequence[bytes]:
        held = [self._environment.get(name, "").strip() for name in key.variables]
        held.append(self._tokens.get(key.name, ""))
        coded = [urlencode({"": each})[1:] for each in held]
        return [each.encode() for each in {*held, *coded} if len(each) >= _SHORTEST]


def _blot(words: str, secrets: Sequence[bytes]) -> str:
    for secret in secrets:
        words = words.replace(secret.decode(), BLOT.decode())
    return words


def _local(parts: SplitResult) -> bool:
    """A server of the user's own on this machine, named in settings.base_urls."""
    return parts.hostname in ("127.0.0.1", "localhost", "::1")
