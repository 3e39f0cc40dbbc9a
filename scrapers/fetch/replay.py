"""Open the archives of a run, so that its visits can be made again without the network."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audit.model.value import Reason
from scrapers.fetch.archive import raw_answer, read_archive
from scrapers.fetch.around import Surroundings
from scrapers.fetch.conversation import GONE, Conversation
from scrapers.fetch.replayed import ReplayedWire
from scrapers.fetch.saved import SavedWire
from scrapers.fetch.thinned import COPIES
from scrapers.fetch.wire import Answer, Trouble
from scrapers.session import Session
from scrapers.workers.readers import HERE, Readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A session over archives.

    `damaged` counts the places that could not be read, `gone` the unchanged pages whose body lay in
    the archive of an earlier run, and lies there no more.
    """

    session: Session
    damaged: int
    gone: int


def nothing(files: Iterable[str]) -> None:
    """Bring nothing: all files are here."""
    del files


def _referred(answers: Iterable[Answer | Trouble]) -> list[str]:
    """Return the files of the records to which unchanged pages refer, each once."""
    places = (answer.refers_to for answer in answers if isinstance(answer, Answer))
    return list(dict.fromkeys(place.rpartition("#")[0] for place in places if place))


class Replayer:
    """Opens WARC files, and gives sessions that answer from them."""

    def __init__(
        self,
        data_dir: Path,
        readers: Readers[object] = HERE,
        bring: Callable[[Iterable[str]], None] = nothing,
    ) -> None:
        """Find records relative to the data folder; `readers` read what robots.txt says.

        `bring` is asked for files, before one of their records is read that lies elsewhere.
        """
        self._around = Surroundings(data_dir=data_dir, readers=readers)
        self._bring = bring

    def open(self, files: Sequence[str]) -> Replay:
        """Return a session over these files; paths are relative to the data folder, or absolute.

        Raises:
            OSError: a file cannot be opened.
        """
        self._bring(files)
        opened = [read_archive(self._place(file), file) for file in files]
        answers = [answer for archive in opened for answer in archive.answers]
        self._bring(_referred(answers))
        wire = SavedWire(ReplayedWire(map(self._whole, answers)))
        session = Conversation(wire, self._around)
        return Replay(
            session=session,
            damaged=sum(archive.damaged for archive in opened),
            gone=sum(map(self._is_gone, answers)),
        )

    def _place(self, file: str) -> Path:
        """Return where a file lies: in the data folder, or among the copies from a store."""
        path, copy = (self._around.data_dir / file, self._around.data_dir / COPIES / file)
        return copy if copy.is_file() and not path.exists() else path

    def _whole(self, answer: Answer | Trouble) -> Answer | Trouble:
        """Give an answer the body of the record that has the same bytes; without it, say so.

        That of a 304 is read by the conversation, as in a live run.
        """
        if not isinstance(answer, Answer) or not answer.refers_to or answer.status == 304:
            return answer
        same = raw_answer(self._around.data_dir, answer.refers_to)
        if same is None:
            return Trouble(url=answer.url, reason=Reason.NOT_CHECKED, detail=GONE, at=answer.at)
        return replace(answer, wire=same.wire, record=answer.refers_to, refers_to="")

    def _is_gone(self, answer: Answer | Trouble) -> bool:
        """Tell whether an answer refers to a record that is not there any more, or is damaged."""
        if not isinstance(answer, Answer) or not answer.refers_to:
            return False
        return raw_answer(self._around.data_dir, answer.refers_to) is None
