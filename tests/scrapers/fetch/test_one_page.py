"""A page that a person saved: where it came from, and a session that has nothing else."""

from pathlib import Path

import pytest

from audit.model.exchange import Failure, Page, Request
from scrapers.fetch.one_page import OnePage
from scrapers.saved.places import address_in

ABOUT = "https://acme.example/om/"


@pytest.mark.parametrize(
    ("body", "address"),
    [
        (f"<!-- saved from url=(0024){ABOUT} --><html>", ABOUT),
        (f'<html><head><link rel="canonical" href="{ABOUT}">', ABOUT),
        (f"<link href='{ABOUT}' rel='canonical'>", ABOUT),
        (f"<LINK REL=canonical HREF={ABOUT}>", ABOUT),
        ('<link rel="canonical" href="/om/">', ""),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
        ("<p>hej", ""),
        ("", ""),
    ],
)
def test_a_saved_page_says_where_it_came_from(body: str, address: str) -> None:
    assert address_in(body.encode()) == address


async def test_the_session_gives_that_page_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / "om.html"
    file.write_bytes(b"<p>hej")
    session = OnePage(ABOUT, file)
    page = await session.fetch(Request(url=ABOUT))
    assert isinstance(page, Page)
    assert (page.body, page.truncated) == (b"<p>hej", False)
    assert isinstance(await session.fetch(Request(url="https://acme.example/")), Failure)
    assert isinstance(await session.draw(page), Failure)
    assert (session.fetched(), session.verdicts()) == ((), ())
