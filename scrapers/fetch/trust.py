"""Whom a run trusts: certificates are always checked, against the system's or the user's own."""

import os
import re
import ssl
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import httpx

from audit.model.errors import AuditError

_HASHED = re.compile(r"[0-9a-f]{8}\.\d+")
FILE, FOLDER, KEYLOG = "SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"


def tls_context(environment: Mapping[str, str]) -> ssl.SSLContext:
    """Return the one TLS context of a run.

    Raises:
        AuditError: certificates that a variable names cannot be read; the message names it.
    """
    file, folder = environment.get(FILE), environment.get(FOLDER)
    setting = f"{FILE}: {file}" if file else f"{FOLDER}: {folder}"
    try:
        if file:
            return _of_file(Path(file))
        if folder:
            return _of_folder(Path(folder))
        return _of_package(os.environ.get(KEYLOG))
    except ssl.SSLError as error:
        raise AuditError(f"{setting} holds no certificates that can be read") from error
    except OSError as error:
        # Python itself opens this file, for every context.
        if error.filename and error.filename == os.environ.get(KEYLOG):
            raise AuditError(f"{KEYLOG}: {error.filename} cannot be written; unset it") from error
        reason = error.strerror or type(error).__name__
        raise AuditError(f"{setting} cannot be read ({reason})") from error


@lru_cache(maxsize=1)
def _of_package(_keylog: str | None) -> ssl.SSLContext:
    """Return the context that trusts whom certifi trusts: to read all of them takes a while.

    Whether the keys of its connections are written, Python looks up when it is made.
    """
    return httpx.create_ssl_context(trust_env=False)


def _of_file(path: Path) -> ssl.SSLContext:
    """Return a context that trusts the certificates of one file, and no others."""
    # Before it is opened: a device or a pipe may never end.
    if not path.is_file():
        raise AuditError(f"{FILE}: {path} is not a file; name one with certificates (PEM)")
    found = path.stat()
    state = (found.st_mtime_ns, found.st_size, found.st_ino)
    return _of_content(str(path), state, os.environ.get(KEYLOG))


@lru_cache(maxsize=1)
def _of_content(file: str, _state: tuple[int, int, int], _keylog: str | None) -> ssl.SSLContext:
    """Return the context that trusts what a file holds in this state; see `_of_package`."""
    return ssl.create_default_context(cafile=file)


def _of_folder(path: Path) -> ssl.SSLContext:
    """Return a context that trusts the certificates of a folder, and no others.

    OpenSSL looks into the folder only when it needs to, and then says no more than that it knows no
    issuer; so whether there is anything for it is tried here.
    """
    if not path.is_dir():
        raise AuditError(f"{FOLDER}: {path} is not a folder; name one with certificates")
    if not any(_is_certificate(each) for each in sorted(path.iterdir())):
        raise AuditError(
            f"{FOLDER}: {path} holds no certificates under the names that OpenSSL looks for; "
            "`openssl rehash` makes them"
        )
    return ssl.create_default_context(capath=str(path))


def _is_certificate(path: Path) -> bool:
    """Tell whether a file has a name that OpenSSL looks for (`9d66eef0.0`), and can be read."""
    if not _HASHED.fullmatch(path.name) or not path.is_file():
        return False
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=str(path))
    except (OSError, ssl.SSLError):
        return False
    return True
