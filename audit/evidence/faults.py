"""What a store says when something goes wrong, in words that tell what to do; no secret in them."""

import os
from collections.abc import Iterator

from audit.evidence.store import AwayError, EvidenceError
from config.evidence import EvidencePlace

_KEYS = (
    "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in the environment or in the file of "
    "--env-file, or a profile of the AWS tools with AWS_PROFILE"
)
_SECRETS = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID")

_SAYS = {
    "InvalidAccessKeyId": "does not know this key; look at AWS_ACCESS_KEY_ID",
    "SignatureDoesNotMatch": "does not take this key; look at AWS_SECRET_ACCESS_KEY",
    "ExpiredToken": "says that this key has run out; get a new one",
    "InvalidToken": "does not take this token; look at AWS_SESSION_TOKEN",
    "RequestTimeTooSkewed": "says that the clock of this machine is wrong; set it",
    "AccessDenied": "does not let this key do that; ask for the right, or for another key",
    "NoSuchBucket": "has no such bucket; look at the name, or have it made",
    "InvalidBucketName": "takes no bucket of that name; look at it",
    "AuthorizationHeaderMalformed": "lies in another region; add ?region=NAME to the address",
    "PermanentRedirect": "lies in another region; add ?region=NAME to the address",
    "NoCredentialsError": f"needs a key, and none is set here; {_KEYS}",
    "PartialCredentialsError": f"needs both parts of a key; {_KEYS}",
    "ProfileNotFound": "needs a profile that is not there; look at AWS_PROFILE",
    # The server's answer has no code that the driver can read.
    "": "does not answer as such a store does; look at the endpoint",
    "NotImplementedError": "is a kind of store that cannot do that; name another",
}
"""What the error or its code comes to, as the end of a sentence about the store."""

_LASTING: tuple[tuple[type[Exception], str], ...] = (
    (PermissionError, "ask for the right, or for another key"),
    (FileNotFoundError, "look at the name of the bucket and folder"),
    (ValueError, "look at its address and endpoint"),
)
"""What helps against errors of which no code is known."""

_LATER = frozenset(
    {"InternalError", "ServiceUnavailable", "SlowDown", "OperationAborted", "RequestTimeout"}
)
"""Codes of a store that is there and cannot now."""

_NAMED = 200
"""Letters that are told of what a driver says itself."""


def fault(error: Exception, place: EvidencePlace, what: str) -> EvidenceError:
    """Return what an error of a driver comes to; `what` could not be done."""
    if isinstance(error, EvidenceError):
        return error
    begin, names = f"{place.said} {place.shown}", tuple(_names(error))
    said = next((_SAYS[name] for name in names if name in _SAYS), "")
    if said:
        return EvidenceError(f"{begin}: {what}: it {said}")
    if _is_away(error, names):
        return AwayError(f"{begin}: no server answers there ({_words(error)})")
    lasting = next((words for kind, words in _LASTING if isinstance(error, kind)), "")
    if lasting:
        return EvidenceError(f"{begin}: {what} ({_words(error)}); {lasting}")
    return AwayError(f"{begin}: {what} ({_words(error)})")


def _names(error: BaseException) -> Iterator[str]:
    """Give what an error is called: the code of the server's answer, the name of its class.

    That of a cause comes before its own: s3fs raises its words as one of Python's errors.
    """
    if error.__cause__ is not None:
        yield from _names(error.__cause__)
    response = getattr(error, "response", None)
    if isinstance(response, dict):
        yield str(response.get("Error", {}).get("Code", ""))
    yield type(error).__name__


def _is_away(error: Exception, names: tuple[str, ...]) -> bool:
    """Tell whether nobody was reached, or whoever was cannot now."""
    if isinstance(error, ConnectionError | TimeoutError) or _LATER.intersection(names):
        return True
    # Those of botocore and aiohttp are no kinds of Python's own.
    return any("Connect" in name or "Timeout" in name for name in names)


def _words(error: Exception) -> str:
    """Return what an error says, in one line, without what is secret."""
    text = " ".join(str(error).split()) or type(error).__name__
    for name in _SECRETS:
        if secret := os.environ.get(name):
            text = text.replace(secret, "***")
    return text if len(text) <= _NAMED else f"{text[:_NAMED]} …"
