"""A user's key goes to its own host, and into nothing that is kept."""

import asyncio
import gzip
import json
import logging
import socket
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from audit.model.exchange import Failure, Key, Kind, Page, Request
from audit.model.value import Reason
from scrapers.fetch.archive import Archive
from scrapers.fetch.connect import UnresolvedNameError
from scrapers.fetch.http import Fetcher
from scrapers.fetch.replay import Replayer
from tests.hostile import Route, page, serving, status
from tests.scrapers.fetch.test_fetch import FILE, NO_WAIT, policy

SECRET = "s3cr3t-Value/+42"  # noqa: S105 - the tests' own
ENVIRONMENT = {"ACME_KEY": SECRET, "ACME_ID": "acme-id-1", "ACME_SECRET": SECRET}


def key(site: str, **changes: object) -> Key:
    given: dict[str, object] = {
        "variables": ("ACME_KEY",),
        "host": urlsplit(site).netloc,
        "adds": "all",
    }
    return Key(**{**given, **changes})  # type: ignore[arg-type]


async def asked(
    folder: Path, *requests: Request, environment: Mapping[str, str] = ENVIRONMENT
) -> list[Page | Failure]:
    async with Fetcher(policy(), environment=environment, time=NO_WAIT) as fetcher:
        with Archive(folder, FILE) as archive:
            session = fetcher.session(archive, {})
            return [await session.fetch(each) for each in requests]


def data(url: str, using: Key | None = None, **changes: object) -> Request:
    return Request(url=url, kind=Kind.DATA, key=using, platform="acme", **changes)  # type: ignore[arg-type]


def kept(folder: Path) -> bytes:
    """Everything that lies in the data folder, unpacked."""
    text = b""
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            text += gzip.decompress(raw) if path.suffix == ".gz" else raw
    return text


@pytest.mark.parametrize(
    "place",
    [
        {"headers": ("Authorization: Bearer {ACME_KEY}",)},
        {"query": "key={ACME_KEY}"},
        {"path": "/bot{ACME_KEY}"},
    ],
    ids=["header", "query", "path"],
)
async def test_a_key_goes_out_and_is_not_kept(
    tmp_path: Path, place: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    echo = page(
        json.dumps({"you_said": SECRET, "n": 1}), "application/json", f"X-Echo: {SECRET}\r\n"
    )
    quoted = "s3cr3t-Value%2F%2B42"
    routes = {"/me": echo, f"/me?key={quoted}": echo, f"/bot{SECRET}/me": echo}
    with caplog.at_level(logging.DEBUG), serving(routes) as site:
        (answer,) = await asked(tmp_path, data(f"{site.url}/me", key(site.url, **place)))
    assert isinstance(answer, Page)
    assert answer.url == f"{site.url}/me"
    assert json.loads(answer.body) == {"you_said": "redacted", "n": 1}
    assert any(SECRET.encode() in sent or quoted.encode() in sent for sent in site.requests)
    for secret in (SECRET, quoted):
        assert secret.encode() not in kept(tmp_path)
        assert secret not in repr(answer)
        ours = [
            r.getMessage() for r in caplog.records if not r.name.startswith(("httpcore", "httpx"))
        ]
        assert not any(secret in line for line in ours)


@pytest.mark.parametrize(
    "form",
    [SECRET, SECRET.replace("/", "\\/"), "s3cr3t-Value%2f%2b42", "s3cr3t-Value%2F%2B42"],
    ids=["plain", "json", "lower", "upper"],
)
@pytest.mark.parametrize("packed", [False, True])
async def test_a_key_that_comes_back_in_another_form_is_blotted_out(
    tmp_path: Path, form: str, packed: bool
) -> None:
    body = f'{{"you_said": "{form}"}}'.encode()
    extra = "Content-Encoding: gzip\r\n" if packed else ""
    route = page(gzip.compress(body) if packed else body, "application/json", extra)
    with serving({"/me": route}) as site:
        using = key(site.url, headers=("X-Api-Key: {ACME_KEY}",))
        (answer,) = await asked(tmp_path, data(f"{site.url}/me", using))
    assert isinstance(answer, Page)
    assert json.loads(answer.body) == {"you_said": "redacted"}
    assert form.encode() not in kept(tmp_path)


@pytest.mark.parametrize("wrong", ["", " ", "schlüssel", "two words", "a\nb"])
async def test_a_key_that_cannot_be_sent_is_none(tmp_path: Path, wrong: str) -> None:
    async with Fetcher(policy(), environment={"ACME_KEY": wrong}) as fetcher:
        with Archive(tmp_path, FILE) as archive:
            session = fetcher.session(archive, {})
            assert session.keys([key("https://a.example")]) == frozenset()


async def test_what_was_posted_is_not_posted_elsewhere(tmp_path: Path) -> None:
    """A 303 becomes a GET; a 307 to another host loses the body."""
    with serving({"/take": page("{}", "application/json")}) as other:
        lead = status(307, f"Location: {other.url}/take\r\n")
        with serving({"/q": lead, "/r": status(303, "Location: /s\r\n"), "/s": page("{}")}) as site:
            sent = json.dumps({"user": "acme"})
            answers = await asked(
                tmp_path, data(f"{site.url}/q", body=sent), data(f"{site.url}/r", body=sent)
            )
    assert [each.url for each in answers] == [f"{other.url}/take", f"{site.url}/s"]
    assert other.requests[-1].startswith(b"GET /take ")
    assert site.requests[-1].startswith(b"GET /s ")


async def test_other_wishes_bring_other_answers_of_one_address(tmp_path: Path) -> None:
    both: list[Route] = [page("<p>html</p>"), page('{"json": 1}', "application/json")]
    with serving({"/a": both}) as site:
        requests = [
            data(f"{site.url}/a"),
            data(f"{site.url}/a", accept="application/activity+json"),
        ]
        live = await asked(tmp_path, *requests)
    again = Replayer(tmp_path).open([FILE]).session
    replayed = [await again.fetch(each) for each in requests]
    assert [each.url for each in live] == [f"{site.url}/a"] * 2
    for answers in (live, replayed):
        assert [each.body for each in answers if isinstance(each, Page)] == [
            b"<p>html</p>",
            b'{"json": 1}',
        ]


async def test_a_replay_gives_answers_in_their_order(tmp_path: Path) -> None:
    """An address that was asked for twice, once behind a redirect, answered twice."""
    routes: dict[str, Route | list[Route]] = {
        "/a": status(302, "Location: /b\r\n"),
        "/b": [page('{"n": 1}', "application/json"), page('{"n": 2}', "application/json")],
    }
    with serving(routes) as site:
        requests = [data(f"{site.url}/{path}") for path in ("a", "b")]
        live = await asked(tmp_path, *requests)
    again = Replayer(tmp_path).open([FILE]).session
    replayed = [await again.fetch(each) for each in requests]
    bodies = [each.body for each in live if isinstance(each, Page)]
    assert bodies == [b'{"n": 1}', b'{"n": 2}']
    assert [each.body for each in replayed if isinstance(each, Page)] == bodies


async def test_a_key_is_never_sent_to_another_host(tmp_path: Path) -> None:
    """Not where a redirect leads, not where a request asks for it by mistake."""
    place = {"headers": ("X-Api-Key: {ACME_KEY}",), "query": "k={ACME_KEY}"}
    with serving({"/take": page("{}", "application/json")}) as thief:
        lead = status(302, f"Location: {thief.url}/take\r\n")
        with serving({"/me?k=s3cr3t-Value%2F%2B42": lead}) as site:
            mine = key(site.url, **place)
            (answer, other) = await asked(
                tmp_path, data(f"{site.url}/me", mine), data(f"{thief.url}/take", mine)
            )
    assert isinstance(answer, Page)
    assert answer.url == f"{thief.url}/take"
    assert isinstance(other, Page)
    assert not any(b"s3cr3t" in each for each in thief.requests)
    assert any(b"s3cr3t" in each for each in site.requests)


async def test_a_token_is_got_once_and_never_kept(tmp_path: Path) -> None:
    token = page(
        json.dumps({"access_token": "tok-123456", "token_type": "bearer"}), "application/json"
    )
    routes = {
        "/token": token,
        "/a": page('{"a": 1}', "application/json"),
        "/b": page('{"b": 1}', "application/json"),
    }
    with serving(routes) as site:
        using = key(
            site.url,
            variables=("ACME_ID", "ACME_SECRET"),
            headers=("Client-Id: {ACME_ID}", "Authorization: Bearer {token}"),
            grant=f"{site.url}/token",
        )
        answers = await asked(tmp_path, data(f"{site.url}/a", using), data(f"{site.url}/b", using))
    assert all(isinstance(each, Page) for each in answers)
    assert site.paths.count("/token") == 1
    assert sum(b"Bearer tok-123456" in each for each in site.requests) == 2
    assert b"tok-123456" not in kept(tmp_path)
    assert SECRET.encode() not in kept(tmp_path)


async def test_a_refused_token_names_the_variables_and_nothing_else(tmp_path: Path) -> None:
    with serving({"/token": status(401, "", b"no"), "/a": page("{}")}) as site:
        using = key(
            site.url,
            variables=("ACME_ID", "ACME_SECRET"),
            headers=("Authorization: Bearer {token}",),
            grant=f"{site.url}/token",
        )
        (answer,) = await asked(tmp_path, data(f"{site.url}/a", using))
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.HTTP_401
    assert "ACME_ID and ACME_SECRET were refused" in answer.detail
    assert SECRET not in answer.detail
    assert "/a" not in site.paths


async def test_the_quota_of_a_key_is_kept(tmp_path: Path) -> None:
    routes = {f"/{n}": page("{}", "application/json") for n in range(4)}
    with serving(routes) as site:
        using = key(site.url, headers=("X-Api-Key: {ACME_KEY}",), calls=2)
        answers = await asked(tmp_path, *(data(f"{site.url}/{n}", using) for n in range(4)))
    reasons = [each.reason if isinstance(each, Failure) else None for each in answers]
    assert reasons == [None, None, Reason.BUDGET, Reason.BUDGET]
    assert "2 requests of one run" in answers[2].detail  # type: ignore[union-attr]


async def test_robots_txt_is_not_asked_for_what_a_users_key_opens(tmp_path: Path) -> None:
    routes = {
        "/robots.txt": page("User-agent: *\nDisallow: /", "text/plain"),
        "/me": page("{}", "application/json"),
    }
    with serving(routes) as site:
        using = key(site.url, headers=("X-Api-Key: {ACME_KEY}",))
        opened, shut = await asked(tmp_path, data(f"{site.url}/me", using), data(f"{site.url}/you"))
    assert isinstance(opened, Page)
    assert isinstance(shut, Failure)
    assert shut.reason is Reason.ROBOTS


async def test_a_post_is_kept_by_its_body_and_replayed(tmp_path: Path) -> None:
    with serving(
        {"/q": [page('{"n": 1}', "application/json"), page('{"n": 2}', "application/json")]}
    ) as site:
        requests = [data(f"{site.url}/q", body=json.dumps({"user": name})) for name in ("a", "b")]
        live = await asked(tmp_path, *requests)
    assert site.requests[1].startswith(b"POST /q ")
    again = Replayer(tmp_path).open([FILE]).session
    replayed = [await again.fetch(each) for each in requests]
    bodies = [each.body for each in live if isinstance(each, Page)]
    assert bodies == [b'{"n": 1}', b'{"n": 2}']
    assert [each.body for each in replayed if isinstance(each, Page)] == bodies


async def test_of_a_private_request_nothing_is_kept(tmp_path: Path) -> None:
    body = page(json.dumps({"followers": [{"did": "did:plc:somebody"}]}), "application/json")
    async with Fetcher(policy(), environment={}, time=NO_WAIT) as fetcher:
        with serving({"/list?cursor=somebody": body}) as site, Archive(tmp_path, FILE) as archive:
            session = fetcher.session(archive, {})
            answer = await session.fetch(data(f"{site.url}/list?cursor=somebody", private=True))
            assert isinstance(answer, Page)
            assert session.fetched() == ()
    assert b"somebody" not in kept(tmp_path)


async def test_what_is_remembered_comes_back_in_a_replay(tmp_path: Path) -> None:
    async with Fetcher(policy(), environment=ENVIRONMENT) as fetcher:
        with Archive(tmp_path, FILE) as archive:
            session = fetcher.session(archive, {})
            assert session.remembered("x/1", lambda: {"a": [1, 2]}) == {"a": [1, 2]}
            names = session.keys(
                [key("https://a.example"), key("https://a.example", variables=("NOT_SET",))]
            )
    again = Replayer(tmp_path).open([FILE]).session
    assert again.remembered("x/1", lambda: {"never": "made"}) == {"a": [1, 2]}
    assert names == again.keys([]) == frozenset({"ACME_KEY"})


@pytest.mark.parametrize("code", [401, 403, 429, 999])
async def test_the_first_refusal_stops_a_platforms_host_for_the_run(
    tmp_path: Path, code: int
) -> None:
    refusal = status(code, "Retry-After: 99\r\n" if code == 429 else "")
    with serving({"/a": refusal, "/b": page("{}"), "/c": page("{}")}) as site:
        async with Fetcher(policy(), environment={}, time=NO_WAIT) as fetcher:
            reasons = []
            for number, path in enumerate(("a", "b", "c")):
                with Archive(tmp_path, f"archive/run/company-{number}.1.warc.gz") as archive:
                    session = fetcher.session(archive, {})
                    answer = await session.fetch(data(f"{site.url}/{path}"))
                    reasons.append(answer.reason if isinstance(answer, Failure) else None)
    word = Reason.RATE_LIMITED if code == 429 else Reason.of_status(code)
    assert reasons == [word] * 3
    assert [path for path in site.paths if path != "/robots.txt"] == ["/a"]


async def test_a_refusal_stops_those_that_wait_in_the_lane(tmp_path: Path) -> None:
    """Four companies at once: one request, one robots.txt, and no second try of a 429."""
    routes = {f"/{number}": status(429) for number in range(4)}
    with serving(routes) as site:
        async with Fetcher(policy(), environment={}, time=NO_WAIT) as fetcher:

            async def company(number: int) -> Page | Failure:
                with Archive(tmp_path, f"archive/run/c-{number}.1.warc.gz") as archive:
                    session = fetcher.session(archive, {})
                    return await session.fetch(data(f"{site.url}/{number}"))

            answers = await asyncio.gather(*(company(number) for number in range(4)))
    assert {each.reason for each in answers if isinstance(each, Failure)} == {Reason.RATE_LIMITED}
    assert len(site.paths) == 2
    assert site.paths[0] == "/robots.txt"


async def test_a_platforms_host_that_is_silent_is_left_alone(tmp_path: Path) -> None:
    """One company waits for it in vain, and no other one after it."""

    def silent(connection: socket.socket, _head: bytes) -> None:
        connection.close()

    with serving({"/a": silent, "/b": page("{}")}) as site:
        answers = await asked(tmp_path, data(f"{site.url}/a"), data(f"{site.url}/b"))
    assert [each.reason for each in answers if isinstance(each, Failure)] == [Reason.CONNECTION] * 2
    assert "/b" not in site.paths


async def test_a_platform_whose_name_leads_nowhere_is_not_asked_twice(tmp_path: Path) -> None:
    asked_for: list[str] = []

    async def counting(host: str, _port: int) -> list[str]:
        asked_for.append(host)
        raise UnresolvedNameError("no such name")

    async with Fetcher(policy(), environment={}, time=NO_WAIT, resolver=counting) as fetcher:
        with Archive(tmp_path, FILE) as archive:
            session = fetcher.session(archive, {})
            answers = [
                await session.fetch(data(f"https://gone.acme.example/{n}")) for n in range(3)
            ]
    assert {each.reason for each in answers if isinstance(each, Failure)} == {Reason.DNS}
    assert asked_for == ["gone.acme.example"]


async def test_a_missing_robots_txt_of_a_platform_stops_nothing(tmp_path: Path) -> None:
    with serving({"/robots.txt": status(403), "/a": page("{}", "application/json")}) as site:
        (answer,) = await asked(tmp_path, data(f"{site.url}/a"))
    assert isinstance(answer, Page)


async def test_robots_txt_that_fails_is_asked_for_once_a_run(tmp_path: Path) -> None:
    """Three tries for the first company, none for the next."""
    with serving({"/robots.txt": status(502), "/a": page("{}")}) as site:
        async with Fetcher(policy(), environment={}, time=NO_WAIT) as fetcher:
            for number in range(2):
                with Archive(tmp_path, f"archive/run/c-{number}.1.warc.gz") as archive:
                    answer = await fetcher.session(archive, {}).fetch(data(f"{site.url}/a"))
                    assert isinstance(answer, Failure)
                    assert answer.reason is Reason.ROBOTS_UNREACHABLE
    assert site.paths == ["/robots.txt"] * 3


async def test_a_refusal_behind_a_redirect_stops_the_host_that_refused(tmp_path: Path) -> None:
    with serving({"/x": status(403), "/y": page("{}")}) as wall:
        lead = status(302, f"Location: {wall.url}/x\r\n")
        with serving({"/a": lead, "/b": page("{}")}) as site:
            answers = await asked(
                tmp_path,
                *(data(url) for url in (f"{site.url}/a", f"{site.url}/b", f"{wall.url}/y")),
            )
    reasons = [each.reason if isinstance(each, Failure) else None for each in answers]
    assert reasons == [Reason.HTTP_403, None, Reason.HTTP_403]
    assert "/y" not in wall.paths


async def test_a_websites_refusal_of_one_page_stops_nothing(tmp_path: Path) -> None:
    with serving({"/a": status(403), "/b": page("x")}) as site:
        answers = await asked(tmp_path, Request(url=f"{site.url}/a"), Request(url=f"{site.url}/b"))
    assert isinstance(answers[0], Failure)
    assert answers[0].body == b"x"
    assert isinstance(answers[1], Page)
