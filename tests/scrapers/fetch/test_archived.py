"""The archived wire over scripted answers: what comes is kept, and asked for again on condition."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.model.exchange import Failure, Page, Request
from audit.model.value import Reason
from scrapers.fetch.archive import Archive, read_archive
from scrapers.fetch.archived import ArchivedWire
from scrapers.fetch.browser import Browser, BrowserError
from scrapers.fetch.conversation import GONE
from scrapers.fetch.drawing import Drawn
from scrapers.fetch.drawn import DrawnPages
from scrapers.fetch.headers import form_of
from scrapers.fetch.replay import Replayer
from scrapers.fetch.wire import Answer, Part, Trouble, Validators, archive_name
from tests.scrapers.fetch.scripted import AT, ScriptedWire, answer, trouble

FILE = "archive/run/acme.1.warc.gz"
URL = "https://acme.example/"
KNOWN = Validators(
    etag='"v1"',
    last_modified="",
    record="archive/before/acme.1.warc.gz#17",
    form=form_of(Request(url=URL)),
)


class FakeBrowser(Browser):
    """Draws every page alike, or fails with the words it was given."""

    def __init__(self, fails: str = "") -> None:
        self._fails = fails

    async def draw(self, page: Page, part: Part) -> Drawn:
        del part
        if self._fails:
            raise BrowserError(self._fails)
        return Drawn(html="<p>drawn</p>", url=page.url, requests=())


def archived(archive: Archive, below: ScriptedWire, browser: Browser | None = None) -> ArchivedWire:
    return ArchivedWire(archive, below, DrawnPages(browser or FakeBrowser()))


def recorded(folder: Path) -> list[tuple[str, object]]:
    """What the archive holds: each name with the status, or the reason of what did not come."""
    answers = read_archive(folder / FILE, FILE).answers
    return [
        (each.url, each.status if isinstance(each, Answer) else each.reason) for each in answers
    ]


async def test_an_answer_and_a_trouble_come_with_the_record_that_holds_them(tmp_path: Path) -> None:
    below = ScriptedWire([answer(200), trouble(Reason.DNS)])
    with Archive(tmp_path, FILE) as archive:
        wire = archived(archive, below)
        answers = [await wire.get(URL, Request(url=URL), None) for _ in range(2)]
    assert all(each.record.startswith(f"{FILE}#") for each in answers)
    assert recorded(tmp_path) == [(URL, 200), (URL, Reason.DNS)]


async def test_an_unchanged_page_refers_to_the_record_that_still_holds(tmp_path: Path) -> None:
    known = replace(KNOWN, record=archived_before(tmp_path))
    below = ScriptedWire([answer(304, wire=b"a body that no 304 has")])
    with Archive(tmp_path, FILE) as archive:
        unchanged = await archived(archive, below).get(URL, Request(url=URL), known)
    assert below.asked == [(URL, known)]
    assert isinstance(unchanged, Answer)
    assert (unchanged.refers_to, unchanged.wire) == (known.record, b"")


@pytest.mark.parametrize("damage", ["gone", "of another page", "cut", "overwritten"])
async def test_a_304_about_a_record_that_cannot_be_read_is_not_kept(
    tmp_path: Path, damage: str
) -> None:
    """A replay of what is kept then has the page, as it can ask nobody for it."""
    url = "https://acme.example/other" if damage == "of another page" else URL
    record = archived_before(tmp_path, url=url, cut=damage == "cut")
    if damage == "gone":
        (tmp_path / BEFORE).unlink()
    if damage == "overwritten":
        (tmp_path / BEFORE).write_bytes(b"?" * (tmp_path / BEFORE).stat().st_size)
    known = replace(KNOWN, record=record)
    below = ScriptedWire([answer(304), answer(200, wire=BODY)])
    with Archive(tmp_path, FILE) as archive:
        given = await archived(archive, below).get(URL, Request(url=URL), known)
    assert below.asked == [(URL, known), (URL, None)]
    assert isinstance(given, Answer)
    assert (given.status, given.refers_to, given.wire) == (200, "", BODY)
    assert recorded(tmp_path) == [(URL, 200)]
    assert Replayer(tmp_path).open([FILE]).gone == 0


async def test_a_304_that_nobody_asked_for_refers_to_nothing(tmp_path: Path) -> None:
    below = ScriptedWire([answer(304)])
    with Archive(tmp_path, FILE) as archive:
        odd = await archived(archive, below).get(URL, Request(url=URL), None)
    assert isinstance(odd, Answer)
    assert odd.refers_to == ""


BODY = b"the same words again and again " * 40
BEFORE = "archive/before/acme.1.warc.gz"


def archived_before(
    folder: Path, wire: bytes = BODY, status: int = 200, url: str = URL, *, cut: bool = False
) -> str:
    """Archive an answer in the run before; give its record."""
    with Archive(folder, BEFORE) as archive:
        return archive.keep(replace(answer(status, wire=wire), url=url, cut=cut), ()).record


async def again(folder: Path, record: str, wire: bytes = BODY) -> Answer:
    """Ask for the address once more, where the run before has this record of it."""
    with Archive(folder, FILE) as archive:
        archive.earlier = {URL: record}
        wires = archived(archive, ScriptedWire([answer(200, wire=wire)]))
        given = await wires.get(URL, Request(url=URL), None)
    assert isinstance(given, Answer)
    return given


async def test_the_same_bytes_are_not_archived_twice(tmp_path: Path) -> None:
    record = archived_before(tmp_path)
    given = await again(tmp_path, record)
    assert (given.status, given.wire, given.record, given.refers_to) == (200, BODY, record, "")
    (kept,) = read_archive(tmp_path / FILE, FILE).answers
    assert isinstance(kept, Answer)
    assert (kept.status, kept.wire, kept.refers_to) == (200, b"", record)


async def test_a_replay_gives_them_as_they_came(tmp_path: Path) -> None:
    record = archived_before(tmp_path)
    await again(tmp_path, record)
    replay = Replayer(tmp_path).open([FILE])
    page = await replay.session.fetch(Request(url=URL))
    assert isinstance(page, Page)
    assert (page.status, page.body, page.record, page.unchanged) == (200, BODY, record, False)
    assert replay.gone == 0


async def test_without_the_record_that_has_them_a_replay_says_so(tmp_path: Path) -> None:
    await again(tmp_path, archived_before(tmp_path))
    (tmp_path / BEFORE).unlink()
    replay = Replayer(tmp_path).open([FILE])
    failure = await replay.session.fetch(Request(url=URL))
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.detail) == (Reason.NOT_CHECKED, GONE)
    assert replay.gone == 1


@pytest.mark.parametrize(
    "before",
    [
        {"wire": BODY + b"."},
        {"status": 404},
        {"url": "https://acme.example/other/"},
        {"wire": b"small"},
    ],
    ids=["other bytes", "an error", "another address", "too small to matter"],
)
async def test_what_is_not_the_same_is_archived(tmp_path: Path, before: dict[str, Any]) -> None:
    wire = b"small" if before.get("wire") == b"small" else BODY
    given = await again(tmp_path, archived_before(tmp_path, **before), wire)
    assert given.record.startswith(FILE)
    (kept,) = read_archive(tmp_path / FILE, FILE).answers
    assert isinstance(kept, Answer)
    assert (kept.wire, kept.refers_to) == (wire, "")


async def test_a_robots_txt_is_archived_each_time(tmp_path: Path) -> None:
    url = f"{URL}robots.txt"
    record = archived_before(tmp_path, url=url)
    with Archive(tmp_path, FILE) as archive:
        archive.earlier = {url: record}
        kept = archive.keep(replace(answer(200, wire=BODY), url=url), ())
    assert kept.record.startswith(FILE)


async def test_a_record_that_is_gone_or_damaged_is_none_to_refer_to(tmp_path: Path) -> None:
    record = archived_before(tmp_path)
    (tmp_path / BEFORE).write_bytes(b"damaged")
    given = await again(tmp_path, record)
    assert given.record.startswith(FILE)


@pytest.mark.parametrize(
    "request_",
    [
        Request(url=URL, body="{}"),
        Request(url=URL, accept="application/activity+json"),
        Request(url=URL, private=True),
    ],
    ids=["post", "form", "private"],
)
async def test_only_a_plain_request_is_conditional(tmp_path: Path, request_: Request) -> None:
    below = ScriptedWire()
    with Archive(tmp_path, FILE) as archive:
        await archived(archive, below).get(URL, request_, KNOWN)
    assert below.asked == [(URL, None)]


async def test_another_wish_has_another_name(tmp_path: Path) -> None:
    wish = Request(url=URL, accept="application/activity+json")
    with Archive(tmp_path, FILE) as archive:
        await archived(archive, ScriptedWire()).get(URL, wish, None)
    ((name, _),) = recorded(tmp_path)
    assert name == archive_name(URL, wish) != URL


async def test_of_a_private_request_there_is_no_record(tmp_path: Path) -> None:
    with Archive(tmp_path, FILE) as archive:
        wire = archived(archive, ScriptedWire())
        private = await wire.get(URL, Request(url=URL, private=True), None)
    assert private.record == ""
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(("fails", "outcome"), [("", 200), ("no browser", Reason.BROWSER)])
async def test_a_page_is_kept_as_it_was_drawn_or_why_it_was_not(
    tmp_path: Path, fails: str, outcome: object
) -> None:
    async def no_part(_url: str) -> str:
        return "not-loaded"

    page = Page(
        url=URL, requested_url=URL, status=200, headers=(), body=b"", fetched_at=AT, record=""
    )
    with Archive(tmp_path, FILE) as archive:
        drawn = await archived(archive, ScriptedWire(), FakeBrowser(fails)).draw(page, no_part)
    assert isinstance(drawn, Trouble) == bool(fails)
    assert recorded(tmp_path) == [(f"{URL}#drawn", outcome)]


async def test_what_is_remembered_is_kept_under_its_name(tmp_path: Path) -> None:
    with Archive(tmp_path, FILE) as archive:
        wire = archived(archive, ScriptedWire())
        assert wire.remembered("shares/1", lambda: {"a": 1}) == {"a": 1}
    assert recorded(tmp_path) == [("urn:social-audit:shares/1", 200)]
