"""What goes wrong with a store, in words that tell what to do."""

import pytest

from audit.evidence.faults import fault
from audit.evidence.objects import ObjectStore
from audit.evidence.store import AwayError, EvidenceError
from config.evidence import evidence_place

PLACE = evidence_place("s3://team/audits", "--evidence")


class ClientError(Exception):
    """As botocore raises it: the server's answer lies in `response`."""

    def __init__(self, code: str) -> None:
        super().__init__(f"An error occurred ({code})")
        self.response = {"Error": {"Code": code}}


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (raised(PermissionError("x"), ClientError("InvalidAccessKeyId")), "AWS_ACCESS_KEY_ID"),
        (raised(PermissionError("x"), ClientError("SignatureDoesNotMatch")), "AWS_SECRET_ACCESS"),
        (raised(PermissionError("x"), ClientError("AccessDenied")), "does not let this key"),
        (raised(FileNotFoundError("x"), ClientError("NoSuchBucket")), "no such bucket"),
        (raised(OSError(5, "x"), ClientError("")), "look at the endpoint"),
        (PermissionError("Forbidden"), "ask for the right"),
        (FileNotFoundError("x"), "look at the name"),
        (ValueError("Invalid endpoint: x"), "look at its address and endpoint"),
        (NotImplementedError("no"), "name another"),
    ],
)
def test_a_mistake_is_told_with_what_helps(error: Exception, words: str) -> None:
    told = fault(error, PLACE, "cannot be read")
    assert not isinstance(told, AwayError)
    assert words in str(told)
    assert str(told).startswith("--evidence s3://team/audits: ")


class EndpointConnectionError(Exception):
    """As botocore calls it, which is no ConnectionError of Python's."""


@pytest.mark.parametrize(
    "error",
    [
        EndpointConnectionError("no"),
        TimeoutError(),
        ConnectionRefusedError("no"),
        raised(OSError("x"), ClientError("SlowDown")),
        OSError("odd"),
    ],
)
def test_what_may_be_over_later_is_no_mistake(error: Exception) -> None:
    assert isinstance(fault(error, PLACE, "cannot be read"), AwayError)


def test_no_secret_is_in_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s3cret")
    told = fault(ValueError(f"bad s3cret {'x' * 500}"), PLACE, "cannot be read")
    assert "s3cret" not in str(told)
    assert len(str(told)) < 400


def test_a_store_without_its_driver_tells_how_to_get_one() -> None:
    with pytest.raises(EvidenceError, match="pipx inject social-audit s3fs"):
        ObjectStore(PLACE)
    with pytest.raises(EvidenceError, match="no kind of store that is known"):
        ObjectStore(evidence_place("abacus://x/y", "--evidence"))
