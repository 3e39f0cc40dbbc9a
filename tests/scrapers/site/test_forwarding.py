"""A site whose start page only sends on, or in whose place a gate answers."""

from dataclasses import replace

import pytest

from audit.model.exchange import Failure, Page, Request
from audit.model.site import State
from audit.model.value import Known, Reason, Unknown
from audit.model.visit import Visit
from scrapers.site.forwarding import gate_before
from tests.fake_session import HOME, Answer, FakeSession, failure, visited

WORDS = "<p>" + "Wir bauen Pumpen für Wasserwerke im Norden. " * 12 + "</p>"
BLOG = "".join(
    f'<article><h2><a href="/blog/{day}-post">Nachricht vom Werk {day}</a></h2>'
    f'<time datetime="2026-10-{day}">{day}.10.2026</time></article>'
    for day in (11, 12, 13, 14)
)
SITE = {
    f"{HOME}start/": f'<nav><a href="/blog/">Blog</a></nav>{WORDS}',
    f"{HOME}blog/": f"<main><h1>Blog</h1>{BLOG}</main>",
}


def to(address: str) -> str:
    return f'<meta http-equiv="refresh" content="0;url={address}"><a href="{address}">Weiter</a>'


def states(visit: Visit) -> set[State]:
    return {feature.state for feature in visit.features}


@pytest.mark.parametrize(
    ("start", "others"),
    [
        (to("/start/"), State.NONE),
        ('<script>window.location.href = "/start/";</script>', State.UNKNOWN),
        ('<html><frameset rows="100%,*"><frame src="/start/"></frameset></html>', State.UNKNOWN),
    ],
    ids=["refresh", "script", "frames"],
)
async def test_the_page_behind_a_forwarding_page_is_the_start_page(
    start: str, others: State
) -> None:
    session = FakeSession(SITE | {HOME: start})
    visit = await visited(session)
    assert isinstance(visit.start, Known)
    assert visit.start.value == f"{HOME}start/"
    assert len([post for section in visit.sections for post in section.posts]) == 4
    assert session.asked[:2] == [HOME, f"{HOME}start/"]
    # Only a browser tells for certain what stands behind a script, and beside a frame.
    assert {feature.state for feature in visit.features if feature.feature == "wiki"} == {others}


async def test_the_menu_of_a_set_of_frames_is_read_too() -> None:
    frames = '<frameset cols="20%,80%"><frame src="/menu"><frame src="/inhalt"></frameset>'
    menu = '<a target="main" href="/blog/">Blog</a>'
    answers = SITE | {HOME: frames, f"{HOME}menu": menu, f"{HOME}inhalt": WORDS}
    visit = await visited(FakeSession(answers))
    assert isinstance(visit.start, Known)
    assert visit.start.value == f"{HOME}inhalt"
    assert [section.channel for section in visit.sections] == ["blog"]


async def test_a_further_page_is_followed_within_the_site_only() -> None:
    menu = '<nav><a href="/newsletter">Newsletter</a><a href="/blog">Blog</a></nav>'
    answers = SITE | {
        HOME: menu + WORDS,
        f"{HOME}newsletter": to("https://mails.example/acme"),
        f"{HOME}blog": to("/blog/"),
        "https://mails.example/acme": '<a href="https://www.facebook.com/mails">Facebook</a>',
    }
    session = FakeSession(answers)
    visit = await visited(session)
    assert "https://mails.example/acme" not in session.asked
    assert visit.channels == ()
    assert [len(section.posts) for section in visit.sections if section.channel == "blog"] == [4]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({HOME: to("/gone")}, Reason.HTTP_404),
        ({HOME: to("/")}, Reason.REDIRECT_LOOP),
        ({HOME: to("/a"), f"{HOME}a": to("/b"), f"{HOME}b": to("/a")}, Reason.REDIRECT_LOOP),
        (
            {HOME: to("/1"), **{f"{HOME}{number}": to(f"/{number + 1}") for number in range(20)}},
            Reason.REDIRECT_LOOP,
        ),
        ({HOME: "<script>location.href = cible()</script><p>Un instant</p>"}, Reason.BAD_CONTENT),
    ],
)
async def test_what_cannot_be_followed_is_unknown(
    answers: dict[str, Answer], reason: Reason
) -> None:
    visit = await visited(FakeSession(answers))
    assert isinstance(visit.start, Unknown)
    assert visit.start.reason is reason
    assert states(visit) == {State.UNKNOWN}
    assert any(note.incomplete for note in visit.notes)


@pytest.mark.parametrize(
    ("asked", "reached", "is_gate"),
    [
        (
            HOME,
            "https://consent.publisher.example/?brand=acme&redirect=https%3A%2F%2Facme.example%2F",
            True,
        ),
        (HOME, "https://login.example/?returnUrl=https%3A%2F%2Fwww.acme.example%2F", True),
        (HOME, "https://zustimmung.verlag.example/abc", True),
        (HOME, f"{HOME}consent?targetUrl=%2F", True),
        (
            HOME,
            f"{HOME}sonstiges/zustimmung/auswahl.html?from=https%3A%2F%2Fwww.acme.example%2F",
            True,
        ),
        (HOME, "https://neu.example/?ref=https%3A%2F%2Fwww.acme.example%2F", False),
        (HOME, "https://neu.example/?url=https%3A%2F%2Fandere.example%2F", False),
        (HOME, "https://neu.example/?next=%2Fde", False),
        (HOME, "https://gate.example/?goto=https%253A%252F%252Facme.example%252F", True),
        (HOME, "https://neu.example/", False),
        (HOME, f"{HOME}de/", False),
        (HOME, f"{HOME}land?returnUrl=%2F", False),
        (HOME, f"{HOME}blog/consent-in-practice", False),
        ("https://consent.example/", "https://www.consent.example/en", False),
        (f"{HOME}consent", f"{HOME}consent/", False),
    ],
)
def test_a_gate_is_told_from_a_site_that_moved(asked: str, reached: str, is_gate: bool) -> None:
    assert bool(gate_before(asked, reached)) is is_gate


class _Gated(FakeSession):
    """A site that sends whoever asks for its start page to a gate elsewhere."""

    async def fetch(self, request: Request) -> Page | Failure:
        answer = await super().fetch(request)
        if request.url != HOME or isinstance(answer, Failure):
            return failure(request.url, 404)
        gate = f"https://consent.publisher.example/?redirect={HOME}"
        return replace(answer, url=gate)


async def test_what_a_gate_says_is_not_taken_for_the_company() -> None:
    gate = f'<h1>Vor dem Lesen</h1>{WORDS}<footer><a href="https://www.facebook.com/publisher">f</a></footer>'
    visit = await visited(_Gated({HOME: gate}))
    assert isinstance(visit.start, Unknown)
    assert "consent.publisher.example" in visit.start.detail
    assert visit.channels == ()
    assert states(visit) == {State.UNKNOWN}
