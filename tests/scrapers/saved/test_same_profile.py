"""A page that a person saved gives the same profile as the page itself through the network."""

import re
from pathlib import Path

import pytest

from audit.model.channel import FoundChannel
from audit.model.exchange import Page
from audit.model.profile import Profile
from audit.model.value import Unknown
from scrapers.channels.drive import read_profile
from scrapers.channels.saved_profile import read_saved_profile
from scrapers.fetch.wire import Answer
from tests.audit.member_view import COUNT, MAIL, NAME
from tests.fake_session import NOW
from tests.saved_files import MAKERS, put
from tests.scrapers.platforms.platform_cases import (
    Answers,
    Case,
    Plain,
    answered,
    ask,
    cases,
    in_words,
)
from tests.scrapers.saved.shelved import Again, Web, inquiry, shelf_of, talk
from tests.shared import SHARED

_TAG = (b"<html", b"<!doctype html", b"<HTML", b"<!DOCTYPE html")


def _page_of(case: Case) -> tuple[str, bytes] | None:
    """Return the first page that a case answers with, as an address and its bytes."""
    answers = Answers(case)
    for answer in case.answers:
        if "post" in answer or "key" in answer or answer.get("status", 200) != 200:
            continue
        body = answers._body(answer) if _is_there(answer) else b""
        if any(tag in body[:2_000] for tag in _TAG):
            return str(answer["url"]), body
    return None


def _is_there(answer: Plain) -> bool:
    return "shared" not in answer or SHARED.exists()


def _can_be_read(case: Case) -> bool:
    return all(map(_is_there, case.answers))


def _web(case: Case, without: str = "") -> Web:
    """Return the answers of a case as a web, but for one."""
    answers = Answers(case)
    found = {}
    for name, answer in answers.by_request.items():
        body = answers._body(answer)
        page = answered(answer, str(answer["url"]), body)
        headers = answer.get("headers")
        status = int(str(answer.get("status", 200)))
        if name != without:
            found[name] = Answer(
                url=str(answer["url"]),
                status=status if isinstance(page, Page) or status != 200 else 404,
                headers=tuple(headers.items()) if isinstance(headers, dict) else (),
                wire=body,
                at=NOW,
                record="f#1",
            )
    return Web(found)


CASES = [case for case in cases() if case.needs or case.name in ("public", "ordinary")]
WITH_PAGE = [case for case in CASES if not _can_be_read(case) or _page_of(case) is not None]
"""Those that a page answers; where the recorded material lacks, those that it may answer."""


def _channel(case: Case) -> FoundChannel:
    wanted = ask(case)
    return FoundChannel(
        platform=case.platform.name, url=wanted.url, handle=wanted.handle, found_on=(), evidence=()
    )


@pytest.mark.parametrize("case", WITH_PAGE, ids=str)
async def test_every_page_gives_the_same_in_each_format(case: Case, tmp_path: Path) -> None:
    if case.needs and not SHARED.exists():
        pytest.skip(f"../shared is not beside this checkout: {case.needs}")
    found = _page_of(case)
    assert found is not None
    url, body = found
    channel, web = _channel(case), _web(case)
    usual = await read_profile(channel, inquiry(talk(web)))
    # Of what is recorded every format, of what is invented one: each takes a whole reading.
    for name in MAKERS if case.needs else ("single.html",):
        make = MAKERS[name]
        folder = tmp_path / name
        put(folder, name, make(url, body, NOW), NOW)
        web = _web(case, without=url)
        shelf = shelf_of(folder)
        session = talk(web, shelf)
        assert session.saved_page(channel.url) is not None, shelf.notes()
        saved = await read_saved_profile(channel, inquiry(session))
        assert _plainly(saved) == _plainly(usual), name
        assert url not in web.asked
        assert shelf.notes() == ()
        again = await read_saved_profile(channel, inquiry(talk(Again(web.answers, [], web.kept))))
        assert again == saved


@pytest.mark.parametrize("case", WITH_PAGE, ids=str)
async def test_no_reader_takes_what_is_its_readers_own(case: Case, tmp_path: Path) -> None:
    """A name, an e-mail and a number of messages in head and body of each page are found nowhere."""
    if case.needs and not SHARED.exists():
        pytest.skip(f"../shared is not beside this checkout: {case.needs}")
    found = _page_of(case)
    assert found is not None
    url, body = found
    mine = f"<div role=banner>{NAME} {MAIL} <b>{COUNT}</b> notifications</div>".encode()
    body = re.sub(rb"<title[^>]*>", rb"\g<0>(%b) " % COUNT.encode(), body, count=1)
    body = re.sub(rb"<body[^>]*>", lambda tag: tag[0] + mine, body, count=1)
    put(tmp_path, f"({COUNT}) page.html", MAKERS["single.html"](url, body, NOW), NOW)
    web = _web(case, without=url)
    session = talk(web, shelf_of(tmp_path))
    saved = await read_saved_profile(_channel(case), inquiry(session))
    told = repr((saved, web.kept, session.fetched()))
    for plant in (NAME, MAIL, f"({COUNT})", f"{COUNT} "):
        assert plant not in told


def _plainly(profile: Profile | Unknown) -> object:
    """Put a profile into words; why its posts are not known may be another reason.

    Where a saved page stands in for one that the network does not have, it is of another layout.
    """
    words = in_words(profile)
    lacks = isinstance(words, dict) and str(words["timeline"]).startswith("?")
    return words | {"timeline": "?"} if lacks and isinstance(words, dict) else words
