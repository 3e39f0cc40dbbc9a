"""Answer from archives in place of the network: the same values, no request, no delay."""

import json
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from audit.model.exchange import Key, Kind, Page, Request
from audit.model.value import Reason
from scrapers.fetch.archive import REMEMBERED, read_archive
from scrapers.fetch.conversation import Conversation
from scrapers.fetch.wire import DRAWN, Answer, Part, Trouble, Validators, named
from scrapers.session import Session
from scrapers.workers.pool import HERE, Readers

Kept = dict[str, deque[Answer | Trouble]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A session over archives, and in how many places they could not be read."""

    session: Session
    damaged: int


class Replayer:
    """Opens WARC files, and gives sessions that answer from them."""

    def __init__(self, data_dir: Path, readers: Readers[object] = HERE) -> None:
        """Read records relative to the data folder."""
        self._data_dir, self._readers = data_dir, readers

    def open(self, files: Sequence[str]) -> Replay:
        """A session over these files; paths are relative to the data folder, or absolute."""
        kept: Kept = defaultdict(deque)
        opened = [read_archive(self._data_dir / file, file) for file in files]
        for answer in (answer for each in opened for answer in each.answers):
            kept[answer.url].append(answer)
        wire = _KeptWire(kept)
        session = Conversation(wire, self._data_dir, {}, lambda _lane, _delay: None, self._readers)
        return Replay(session=session, damaged=sum(each.damaged for each in opened))


class _KeptWire:
    """The answers of each address in their order; the last one stays."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def _next(self, name: str) -> Answer | Trouble | None:
        found = self._kept.get(name)
        if not found:
            return None
        return found.popleft() if len(found) > 1 else found[0]

    async def get(
        self, url: str, request: Request, validators: Mapping[str, Validators]
    ) -> Answer | Trouble:
        """Give what was archived; an archive of another program may hold no robots.txt."""
        del validators
        name = named(url, request)
        found = self._next(name)
        if found is not None:
            return replace(found, url=url)
        now = datetime(1970, 1, 1, tzinfo=UTC)
        if request.kind is Kind.ROBOTS:
            return Answer(url=url, status=404, headers=(), wire=b"", at=now)
        return Trouble(url=url, reason=Reason.NOT_CHECKED, detail="not in the archive", at=now)

    async def draw(self, page: Page, part: Part) -> Answer | Trouble:
        """Give the page as it was drawn then."""
        del part
        url = page.url + DRAWN
        found = self._next(url)
        if found is not None:
            return found
        return Trouble(url=url, reason=Reason.BROWSER, detail="not drawn then", at=page.fetched_at)

    def stop(self, url: str, reason: Reason, detail: str) -> None:
        """The archive holds what was not asked for, with its reason."""

    def renew(self) -> None:
        """A replay takes no time."""

    def keys(self, wanted: Sequence[Key]) -> frozenset[str]:
        """None; those of that run are remembered."""
        del wanted
        return frozenset()

    def remembered(self, name: str, make: Callable[[], object]) -> object:
        """Give the value that was kept then; None where there was none."""
        del make
        found = self._next(REMEMBERED + name)
        if not isinstance(found, Answer):
            return None
        try:
            value: object = json.loads(found.wire)
        except (ValueError, RecursionError):  # damaged: as if it were not there
            return None
        return value
