"""Put a user's keys on requests to their own host, count them, and keep them out of the rest.

A key is added to a request at the moment it is sent: addresses, logs and archive never hold it.
What an answer repeats of a key is blotted out before the answer is kept.
"""

import asyncio
import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, quote, quote_plus, urlencode, urlsplit, urlunsplit

import httpx

from audit.model.exchange import Key
from scrapers.fetch.decode import UndecodableError, decoded
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

    def __init__(self, environment: Mapping[str, str], keys: Sequence[Key] = ()) -> None:
        """Read keys where they are asked for; an empty variable is none.

        What `keys` hold is hidden wherever it turns up, used or not.
        """
        self._environment = environment
        self._held = {key.name: key for key in keys}
        self._hiding: tuple[str, ...] | None = None
        self._tokens: dict[str, str] = {}
        self._getting = asyncio.Lock()

    def has(self, key: Key) -> bool:
        """Tell whether every variable of a key is set to what can be sent."""
        return all(usable(self._environment.get(name, "")) for name in key.variables)

    def given(self, wanted: Sequence[Key]) -> frozenset[str]:
        """Return the names of those keys that the user has given."""
        return frozenset(key.name for key in wanted if self.has(key))

    async def sent(self, key: Key, url: str, client: httpx.AsyncClient) -> Sent:
        """Return a request with its key in it, for the key's own host; for any other, as it is.

        Query and path of the key are put before those of the address. A compressed answer is not
        asked for: in its bytes a key that comes back could not be recognised.

        Raises:
            GrantError: no token was given for the key.
            httpx.HTTPError: the token address could not be reached.
        """
        parts = urlsplit(url)
        if not opens(key, url):
            return Sent(url, {})
        if key.name not in self._held:
            self._held[key.name], self._hiding = key, None
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
        """Return a token of the OAuth kind for applications (RFC 6749, 4.4), got once a run."""
        # One at a time: the companies of a run would each ask for a token of their own.
        async with self._getting:
            if key.name not in self._tokens:
                self._tokens[key.name] = await self._granted(key, values, client)
                self._hiding = None
        return self._tokens[key.name]

    async def _granted(self, key: Key, values: Mapping[str, str], client: httpx.AsyncClient) -> str:
        """Ask the token address for a token; id and secret go into the header and the form.

        RFC 6749, 2.3.1 has both ways; which of them a server reads is not known here.

        Raises:
            GrantError: the address refused them, or answered something else.
        """
        pair = ":".join(values[name] for name in key.variables[:2])
        basic = base64.b64encode(pair.encode()).decode()
        identity, secret = (values[name] for name in key.variables[:2])
        form = {
            "grant_type": "client_credentials",
            "client_id": identity,
            "client_secret": secret,
        }
        answer = await client.post(
            key.grant, data=form, headers={"Authorization": f"Basic {basic}"}
        )
        try:
            token = answer.json().get("access_token") if answer.status_code == 200 else None
        # AttributeError: JSON that is no object, such as a list, has no `get`.
        except (ValueError, AttributeError):
            token = None
        if not isinstance(token, str) or not token:
            variables = " and ".join(key.variables)
            raise GrantError(f"{variables} were refused (HTTP {answer.status_code})")
        return token

    def blotted(self, key: Key, url: str, answer: Answer, cap: int) -> Answer:
        """Return an answer under the address without the key, every copy of the key blotted out.

        The body is kept decoded, up to `cap` bytes: in a compressed one a key could not be found.
        One that cannot be decoded is dropped.
        """
        secrets = self._secrets(key)
        coding = answer.header("content-encoding")
        body, cut = answer.wire, answer.cut
        if coding:
            try:
                body, more = decoded(answer.wire, coding, cap)
                cut = cut or more
            except UndecodableError:
                body = b""
        for secret in secrets:
            body = body.replace(secret.encode(), BLOT)
        headers = tuple(
            (name, _blot(value, secrets))
            for name, value in answer.headers
            if name.lower() not in ("content-encoding", "content-length")
        )
        return replace(answer, url=url, wire=body, headers=headers, cut=cut)

    def hidden(self, words: str) -> str:
        """Return an address or header with every copy of a user's key blotted out."""
        if self._hiding is None:
            secrets = {each for key in self._held.values() for each in self._secrets(key)}
            self._hiding = tuple(sorted(secrets, key=len, reverse=True))
        return _blot(words, self._hiding)

    def _secrets(self, key: Key) -> Sequence[str]:
        """Return a key in every form in which a server may repeat it, the longest first.

        The longest first, so that of a form within another nothing is left. Very short ones are
        left out: they would blot out words that are no key.
        """
        held = [self._environment.get(name, "").strip() for name in key.variables]
        held.append(self._tokens.get(key.name, ""))
        forms = {form for each in held for form in _forms(each)}
        forms.add(base64.b64encode(":".join(held[:2]).encode()).decode())
        return sorted((each for each in forms if len(each) >= _SHORTEST), key=len, reverse=True)


def _forms(secret: str) -> Sequence[str]:
    """Return a secret as it is, as in an address, and as in JSON.

    Servers write the escapes of an address in either case, and the slashes of JSON escaped or not.
    """
    coded, plain = quote(secret, safe=""), json.dumps(secret)[1:-1]
    lower = re.sub("%[0-9A-F]{2}", lambda match: match[0].lower(), coded)
    return secret, coded, lower, quote_plus(secret), plain, plain.replace("/", "\\/")


def usable(secret: str) -> bool:
    """Tell whether a key can be sent: printable ASCII without spaces inside."""
    plain = secret.strip()
    return bool(plain) and plain.isascii() and plain.isprintable() and " " not in plain


def opens(key: Key, url: str) -> bool:
    """Tell whether an address is on the key's own host, and the way there is private."""
    parts = urlsplit(url)
    return parts.netloc.lower() == key.host and (parts.scheme == "https" or _local(parts))


def _blot(words: str, secrets: Sequence[str]) -> str:
    """Return a text with every secret in it blotted out."""
    for secret in secrets:
        words = words.replace(secret, BLOT.decode())
    return words


def _local(parts: SplitResult) -> bool:
    """Tell whether a server is the user's own on this machine, named in settings.base_urls."""
    return parts.hostname in ("127.0.0.1", "localhost", "::1")
