"""Data folders with runs and pages, exported and looked at: for the tests of exports."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from audit.store.files import new_archive
from audit.store.sqlite import SqliteHistory
from audit.transfer import export_history
from scrapers.fetch.archive import Archive
from scrapers.fetch.wire import Answer
from tests.audit.store.examples import COMPANIES, LIST, NOW, result, run

ACME = COMPANIES[0]


def kept(folder: Path, name: str, days: int = 0, *bodies: bytes) -> list[str]:
    """Keep a run that began on a day, with an archive of pages; give their records."""
    folder.mkdir(exist_ok=True)
    with SqliteHistory.open(folder, write=True) as history:
        history.begin(replace(run(name), started_at=NOW + timedelta(days=days)), LIST)
        history.save(name, replace(result(ACME), languages=(name,)))
        history.finish(name, NOW)
    with Archive(folder, new_archive(folder, name, "Acme")) as archive:
        answers = [
            Answer(url=f"https://acme.example/{at}", status=200, headers=(), wire=body, at=NOW)
            for at, body in enumerate(bodies or (name.encode(),))
        ]
        return [archive.keep(each, ()).record for each in answers]


def exported(folder: Path) -> Path:
    """Export a folder beside it."""
    out = folder.with_name(f"{folder.name}.zip")
    out.unlink(missing_ok=True)
    export_history(folder, out)
    return out


def seen(folder: Path) -> dict[str, object]:
    """All that a history says, and all archives, for two folders to be compared."""
    with SqliteHistory.open(folder) as history:
        runs = {each: history.load(each) for each in history.ids()}
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted((folder / "archive").rglob("*"))
        if path.is_file()
    }
    return {"runs": list(runs.items()), "files": files}


def ids(folder: Path) -> tuple[str, ...]:
    with SqliteHistory.open(folder) as history:
        return history.ids()
