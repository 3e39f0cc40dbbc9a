"""Open the archives of a run, so that its visits can be made again without the network."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scrapers.fetch.archive import read_archive
from scrapers.fetch.around import Surroundings
from scrapers.fetch.conversation import Conversation
from scrapers.fetch.replayed import ReplayedWire
from scrapers.session import Session
from scrapers.workers.readers import HERE, Readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A session over archives, and in how many places they could not be read."""

    session: Session
    damaged: int


class Replayer:
    """Opens WARC files, and gives sessions that answer from them."""

    def __init__(self, data_dir: Path, readers: Readers[object] = HERE) -> None:
        """Find records relative to the data folder; `readers` read what robots.txt says."""
        self._around = Surroundings(data_dir=data_dir, readers=readers)

    def open(self, files: Sequence[str]) -> Replay:
        """Return a session over these files; paths are relative to the data folder, or absolute.

        Raises:
            OSError: a file cannot be opened.
        """
        opened = [read_archive(self._around.data_dir / file, file) for file in files]
        wire = ReplayedWire(answer for archive in opened for answer in archive.answers)
        session = Conversation(wire, self._around)
        return Replay(session=session, damaged=sum(archive.damaged for archive in opened))
