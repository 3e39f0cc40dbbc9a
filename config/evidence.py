"""Where a team keeps its evidence, the archived pages: a folder, or an object store by its URL."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from audit.model.errors import AuditError
from config.database import without_password
from config.setting import text_setting

EXAMPLE = "s3://our-bucket/audits"

_HOW = f"write a folder that all of you can reach, or an address such as {EXAMPLE}"
_SCHEME = r"[a-z][a-z0-9+.-]{1,30}"
OBJECTS = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss", "cos"})
"""Schemes whose address begins with the name of a bucket."""

_OPTIONS = frozenset({"endpoint", "region"})
"""What may stand behind the ?: the address of an S3-compatible server, and its region."""


class EvidencePlace(NamedTuple):
    """Where archived pages are kept that several people share.

    `address` is a folder or a URL; `shown` stands for it, as it never shows a password. `said` is
    where it was written: `--evidence`.
    """

    address: str
    said: str

    def __repr__(self) -> str:
        """Return it without password."""
        return f"EvidencePlace(said={self.said!r})"

    @property
    def shown(self) -> str:
        """Return the address without password."""
        return without_password(self.address)

    @property
    def scheme(self) -> str:
        """Return the kind of store, such as `s3`; "" for a folder."""
        scheme = self.address.partition("://")[0].lower() if "://" in self.address else ""
        return "" if scheme in ("file", "local") else scheme

    @property
    def folder(self) -> Path:
        """Return the folder that is meant; a path below `~` is one of whoever runs the program."""
        return Path(self.address.partition("://")[2] or self.address).expanduser()

    @property
    def root(self) -> str:
        """Return the URL below which the files lie, without what stands behind the ?."""
        return self.address.partition("?")[0].rstrip("/")

    @property
    def options(self) -> Mapping[str, str]:
        """Return what stands behind the ?."""
        return dict(parse_qsl(self.address.partition("?")[2])) if self.scheme else {}


def evidence_place(text: str, said: str, beside: Path | None = None) -> EvidencePlace:
    """Read where evidence is to be kept; a relative folder is one `beside` the list.

    Raises:
        AuditError: that is no place for it; says how one is written, and shows no password.
    """
    address = text.strip()
    try:
        checked_evidence(address)
    except ValueError as error:
        raise AuditError(f"{said} {without_password(address)}: {error}") from None
    place = EvidencePlace(address=address, said=said)
    if place.scheme or place.folder.is_absolute() or beside is None:
        return place
    return EvidencePlace(address=str(beside / place.folder), said=said)


def checked_evidence(address: str) -> str:
    """Return the place of evidence as it stands in a list.

    Raises:
        ValueError: it is none, or holds a password, which is not repeated.
    """
    if not address or any(ord(sign) < 32 for sign in address):
        raise ValueError(f"names no place; {_HOW}")
    if "://" in address:
        _check_url(address)
    return address


def _check_url(address: str) -> None:
    """Check the URL of a store.

    Raises:
        ValueError: it is none.
    """
    try:
        parts = urlsplit(address)
        secret = parts.password
        options = {key for key, _ in parse_qsl(parts.query, strict_parsing=bool(parts.query))}
    except ValueError:  # its words may hold a part of a password
        raise ValueError(f"cannot be read; {_HOW}") from None
    if secret or (parts.username and parts.scheme in OBJECTS):
        raise ValueError(
            "holds a key, and a list is passed on; leave it out, and set it as the program of the "
            "store asks, such as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        )
    if not re.fullmatch(_SCHEME, parts.scheme) or parts.fragment:
        raise ValueError(f"is no address of a store; {_HOW}")
    if parts.scheme in OBJECTS and not parts.netloc:
        raise ValueError(f"names no bucket; {_HOW}")
    if unknown := options - _OPTIONS:
        raise ValueError(
            f"has {', '.join(sorted(unknown))} behind the ?; endpoint and region may stand there, "
            f"such as {EXAMPLE}?endpoint=https://s3.example.com"
        )


def evidence_in(file: Path, most_bytes: int) -> EvidencePlace | None:
    """Return where a list has its evidence, without reading more of the list; None: nowhere else.

    Raises:
        AuditError: it may say so, and cannot be read; or what it names is no place.
    """
    text = text_setting(file, most_bytes, "evidence")
    said = f"{file}: settings.evidence"
    return evidence_place(text, said, file.absolute().parent) if text else None
