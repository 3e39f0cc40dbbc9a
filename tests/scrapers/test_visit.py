"""A bug of ours costs a page or a company, never the run."""

from audit.model.company import Settings
from audit.model.value import Known, Reason, Unknown
from tests.fake_session import HOME, FakeSession, planned, visited


async def outcome(session: FakeSession) -> tuple[object, set[Reason]]:
    """The start page as it was reached, and what made the company incomplete."""
    visit = await visited(session)
    return visit.start, {note.reason for note in visit.notes if note.incomplete}


async def test_a_visit_reads_the_start_page_and_what_its_menu_names() -> None:
    session = FakeSession(
        {HOME: '<nav><a href="/blog/">Blog</a></nav>', f"{HOME}blog/": "<p>x</p>"}
    )
    start, incomplete = await outcome(session)
    assert isinstance(start, Known)
    assert incomplete == set()
    assert session.asked[0] == HOME
    assert f"{HOME}blog/" in session.asked


async def test_a_site_that_gives_nothing_is_incomplete_with_its_reason() -> None:
    start, incomplete = await outcome(FakeSession({}))
    assert start == Unknown(reason=Reason.HTTP_404, detail="HTTP 404")
    assert incomplete == {Reason.HTTP_404}


async def test_a_fault_of_ours_in_a_visit_is_an_internal_error_of_that_company() -> None:
    start, incomplete = await outcome(FakeSession({}, faulty=HOME))
    assert isinstance(start, Unknown)
    assert start.reason is Reason.INTERNAL_ERROR
    assert incomplete == {Reason.INTERNAL_ERROR}


class _NoTimeLeft(FakeSession):
    """A session with a bug of ours in the step from the site to its profiles."""

    def renew(self) -> None:
        raise ZeroDivisionError("a bug")


async def test_a_fault_of_ours_among_the_profiles_costs_them_and_not_the_site() -> None:
    home = '<footer><a href="https://bsky.app/profile/acme.bsky.social">Bluesky</a></footer>'
    visit = await visited(_NoTimeLeft({HOME: home}), planned(settings=Settings()))
    assert isinstance(visit.start, Known)
    assert [channel.handle for channel in visit.channels] == ["acme.bsky.social"]
    (note,) = [note for note in visit.notes if note.incomplete]
    assert (note.what, note.reason) == ("channels", Reason.INTERNAL_ERROR)
    assert note.detail == "ZeroDivisionError while reading the profiles"


SHELL = "<noscript>Enable JavaScript</noscript><div id='root'></div><script src='/a.js'></script>"


async def test_a_start_page_that_scripts_draw_was_not_read_and_makes_the_company_incomplete() -> (
    None
):
    visit = await visited(FakeSession({HOME: f"<html lang='sv'>{SHELL}</html>"}))
    assert [(note.reason, note.incomplete) for note in visit.notes] == [(Reason.BROWSER, True)]
    assert visit.languages == ()


async def test_another_page_that_scripts_draw_is_noted_and_not_a_failure() -> None:
    start = "<html lang='sv'><nav><a href='/blog/'>Blog</a></nav><h1>Acme</h1></html>"
    visit = await visited(FakeSession({HOME: start, f"{HOME}blog/": SHELL}))
    assert [(note.reason, note.incomplete) for note in visit.notes] == [(Reason.BROWSER, False)]
    assert visit.languages == ("sv",)


async def test_languages_are_those_of_the_pages_and_of_their_other_versions() -> None:
    head = (
        "<link rel='alternate' hreflang='de-CH' href='/de/'>"
        "<link rel='alternate' hreflang='x-default' href='/'>"
    )
    home = f"<html lang='en-GB'><head>{head}</head><body><a href='/de/'>Deutsch</a></body></html>"
    session = FakeSession({HOME: home, f"{HOME}de/": "<html lang='de'><p>Pumpen</p></html>"})
    visit = await visited(session)
    assert visit.languages == ("en", "de")
    assert f"{HOME}de/" not in session.asked
