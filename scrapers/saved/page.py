"""A page that a person saved, as the wire gives it in place of the network."""

import re
import zlib
from dataclasses import dataclass
from datetime import datetime

from audit.model.value import SAVED

_COUNTER = re.compile(r"^(?:\(\s?\d{1,5}\+?\s?\)|\[\d{1,5}\+?\])\s{0,3}")
"""How many unread messages a person had: networks put that into titles, browsers into names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """One page of a file; lives in memory while a run lasts, and is written nowhere.

    `packed` is its body, compressed; `homes` are those of the list's hosts that it links to; `at`
    is when it was saved.
    """

    url: str
    at: datetime
    media: str
    packed: bytes
    file: str
    sha256: str
    homes: frozenset[str] = frozenset()

    @property
    def body(self) -> bytes:
        """Return its bytes."""
        return zlib.decompress(self.packed)

    @property
    def record(self) -> str:
        """Return its place as evidence shows it: `saved/acme.html#sha256-…`."""
        return f"{SAVED}{without_counter(self.file)}#sha256-{self.sha256}"


def without_counter(file: str) -> str:
    """Return the name of a file, or a title, without its reader's unread messages: `(3) Acme`."""
    folder, slash, name = file.rpartition("/")
    return f"{folder}{slash}{_COUNTER.sub('', name)}"
