"""The archived wire over scripted answers: what comes is kept, and asked for again on condition."""

from pathlib import Path

import pytest

from audit.model.exchange import Page, Request
from audit.model.value import Reason
from scrapers.fetch.archive import Archive, read_archive
from scrapers.fetch.archived import ArchivedWire
from scrapers.fetch.browser import Browser, BrowserError
from scrapers.fetch.drawing import Drawn
from scrapers.fetch.drawn import DrawnPages
from scrapers.fetch.headers import form_of
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
    below = ScriptedWire([answer(304, wire=b"a body that no 304 has")])
    with Archive(tmp_path, FILE) as archive:
        unchanged = await archived(archive, below).get(URL, Request(url=URL), KNOWN)
    assert below.asked == [(URL, KNOWN)]
    assert isinstance(unchanged, Answer)
    assert (unchanged.refers_to, unchanged.wire) == (KNOWN.record, b"")


async def test_a_304_that_nobody_asked_for_refers_to_nothing(tmp_path: Path) -> None:
    below = ScriptedWire([answer(304)])
    with Archive(tmp_path, FILE) as archive:
        odd = await archived(archive, below).get(URL, Request(url=URL), None)
    assert isinstance(odd, Answer)
    assert odd.refers_to == ""


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
