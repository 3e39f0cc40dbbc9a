"""A store that fsspec reaches, such as a bucket of S3; the only place that knows fsspec."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from audit.evidence.faults import fault
from audit.evidence.store import PART, PROBE, EvidenceError
from config.evidence import OBJECTS, EvidencePlace

NO_DRIVER = (
    "a store such as s3:// needs a driver that is not installed; install it with: pipx inject "
    "social-audit s3fs==2026.9.0 (or, in the checkout of social-audit: pip install '.[s3]'); "
    "another kind of store needs the driver that fsspec names for it"
)

_PROMPT: Mapping[str, object] = {
    "connect_timeout": 10,
    "read_timeout": 20,
    "retries": {"max_attempts": 0},
}
"""A run must hear soon that a store is away: it has patience of its own."""

_TRIES = 2
"""By themselves s3fs asks five times, and botocore each time twice: five minutes of a server that
takes a connection and says nothing."""


class ObjectStore:
    """Files below a URL; each appears whole, as object stores promise it by themselves."""

    def __init__(self, place: EvidencePlace) -> None:
        """Keep files at a place; nothing is asked yet.

        Raises:
            EvidenceError: its driver is not installed.
        """
        self.shown, self._place = place.shown, place
        self._files = _opened(place)
        self._root = str(self._files._strip_protocol(place.root))  # noqa: SLF001  # fsspec's own way

    def check(self) -> None:
        """List the place, then write, read and delete a file of no meaning.

        Listed first: some servers make a bucket that is not there as soon as a file comes.
        """
        name = f"{PROBE}-{secrets.token_hex(4)}"
        self._check_bucket()
        with self._asked("can be read and not written to"):
            if self._place.scheme not in OBJECTS:
                self._files.makedirs(self._root, exist_ok=True)
            self._files.pipe_file(self._at(name), b"may be deleted")
        with self._asked("a file that was just written there cannot be read"):
            self._files.cat_file(self._at(name))
        with self._asked("files there cannot be deleted, as audit forget must"):
            self._files.rm_file(self._at(name))

    def sizes(self, folder: str) -> Mapping[str, int]:
        """Return the bytes of the files right in a folder by their names."""
        return {
            str(each["name"]).rpartition("/")[2]: int(each["size"])
            for each in self._listed(folder)
            if each["type"] == "file"
        }

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders right in a folder."""
        listed = (each for each in self._listed(folder) if each["type"] == "directory")
        return frozenset(str(each["name"]).rstrip("/").rpartition("/")[2] for each in listed)

    def take(self, name: str, to: Path) -> None:
        """Copy a file of the store to a place of this machine."""
        with self._asked(f"{name} cannot be read"):
            self._files.get_file(self._at(name), str(to))

    def put(self, path: Path, name: str) -> None:
        """Copy a file into the store, and look whether it is there as it was sent."""
        with self._asked(f"{name} cannot be written"):
            if self._place.scheme in OBJECTS:
                self._files.put_file(str(path), self._at(name))
            else:
                self._put_beside(path, self._at(name))
            there = int(self._files.info(self._at(name))["size"])
        if there != path.stat().st_size:
            raise EvidenceError(f"{self.shown}: {name} did not arrive whole")

    def _put_beside(self, path: Path, place: str) -> None:
        """Copy a file into a folder and give it its name when all of it is there."""
        part = f"{place}.{secrets.token_hex(4)}{PART}"
        self._files.makedirs(place.rpartition("/")[0], exist_ok=True)
        try:
            self._files.put_file(str(path), part)
            self._files.mv(part, place)
        except BaseException:
            with suppress(Exception):
                self._files.rm_file(part)
            raise

    def delete(self, name: str) -> None:
        """Delete a file; one that is not there is gone already."""
        with self._asked(f"{name} cannot be deleted"):
            try:
                self._files.rm_file(self._at(name))
            except FileNotFoundError:
                return
        if self._place.scheme not in OBJECTS:
            with suppress(Exception):  # a folder that holds something stays
                self._files.rmdir(self._at(name).rpartition("/")[0])

    def _listed(self, folder: str) -> list[Mapping[str, Any]]:
        """Return what lies right in a folder, with its kind and size."""
        with self._asked("cannot be looked into"):
            try:
                entries = self._files.ls(self._at(folder), detail=True)
            except FileNotFoundError:
                # Object stores have no empty folders, so that this is as good as one; but a bucket
                # that is gone must not look like that.
                self._check_bucket()
                return []
        return [each for each in entries if str(each["name"]).rstrip("/") != self._at(folder)]

    def _check_bucket(self) -> None:
        """Check that the bucket is there; other stores have folders alone, which are made."""
        if self._place.scheme in OBJECTS:
            with self._asked("cannot be looked into"):
                self._files.ls(self._root.partition("/")[0], detail=False)

    def _at(self, name: str) -> str:
        """Return the path of a file for fsspec."""
        return f"{self._root}/{name}"

    @contextmanager
    def _asked(self, what: str) -> Iterator[None]:
        """Say in words of ours whatever goes wrong there; each driver has errors of its own."""
        try:
            yield
        except Exception as error:
            raise fault(error, self._place, what) from error


def _opened(place: EvidencePlace) -> Any:  # fsspec has no types
    """Return fsspec's file system for a place, with no memory of what it has listed.

    Raises:
        EvidenceError: its driver is not installed, or there is none.
    """
    try:
        from fsspec import get_filesystem_class

        kind: Callable[..., Any] = get_filesystem_class(place.scheme)
    except ImportError as error:
        raise EvidenceError(f"{place.said} {place.shown}: {NO_DRIVER} ({error})") from error
    except ValueError as error:
        raise EvidenceError(
            f"{place.said} {place.shown}: {place.scheme}:// is no kind of store that is known"
        ) from error
    try:
        files = kind(**_settings(place))
    except Exception as error:
        raise fault(error, place, "cannot be opened") from error
    files.retries = _TRIES  # others than s3fs do not look at it
    return files


def _settings(place: EvidencePlace) -> Mapping[str, object]:
    """Return what the driver of a place is told; keys it finds itself, as its own tools do."""
    if place.scheme not in ("s3", "s3a"):
        return {}
    asked = {"endpoint_url": place.options.get("endpoint")}
    region = place.options.get("region")
    return {
        "skip_instance_cache": True,
        "use_listings_cache": False,
        "config_kwargs": _PROMPT,
        **({key: value for key, value in asked.items() if value}),
        **({"client_kwargs": {"region_name": region}} if region else {}),
    }
