"""Which profiles of one visit are sampled, and that a bug is logged without anybody's words."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from audit.model.breakdown import Audience, Part
from audit.model.channel import Channel, Role
from audit.model.company import Settings
from audit.model.value import Evidence, Known, Number, Reason, Unknown
from audit.model.visit import Note
from scrapers.channels.audiences import sample_followers
from scrapers.channels.named import Channels
from scrapers.channels.overlap import Vault
from scrapers.channels.sightings import Sightings
from scrapers.platforms import platforms
from scrapers.site.conclusion import VisitedSite
from tests.channel_example import channel, live
from tests.fake_session import NOW, Answer, FakeSession, errand, planned

PROOF = Evidence(url="https://x.example/", fetched_at=NOW, rule="r", excerpt="e", record="f#1")
AUDIENCE = Known(value=900, evidence=(PROOF,))
API = "https://public.api.bsky.app/xrpc/app.bsky.graph.getFollowers"


def own(platform: str = "bluesky", audience: Number = AUDIENCE, **changes: object) -> Channel:
    """A profile of the company's own that was read; `changes` are those of `channel`."""
    profile = live(audience=audience)
    url = f"https://{platform}.example/acme"
    return channel(platform, url, "acme", proof=(PROOF,), profile=profile, **changes)  # type: ignore[arg-type]


async def sampled(
    profile: Channel, answers: Mapping[str, Answer] | None = None, vault: Vault | None = None
) -> tuple[tuple[Audience, ...], tuple[Note, ...]]:
    """What sampling one profile comes to, over these answers of its platform."""
    start = Known(value="https://acme.example/", evidence=(PROOF,))
    site = VisitedSite(start=start, pages=(), languages=(), features=(), sections=(), notes=())
    sightings = Sightings(names=(), pages=0, first_page="", places=())
    company_plan = planned(settings=Settings(profiles=False, audience_sample=60))
    about = errand(FakeSession(answers or {}, prefixes=True), company_plan)
    return await sample_followers(about, site, Channels(sightings, (profile,)), vault)


async def test_a_sample_is_counted_and_hashed_for_the_comparison() -> None:
    followers = [{"did": f"did:plc:{number}", "description": "poet"} for number in range(60)]
    vault = Vault(b"s" * 32)
    vault.put(("Bora", "bluesky", "https://b.example"), [row["did"] for row in followers])
    (audience,), notes = await sampled(own(), {API: {"followers": followers}}, vault)
    assert (audience.sampled, audience.described, notes) == (60, 60, ())
    assert audience.evidence.excerpt == "60 of 900 followers looked at"
    shared = vault.overlaps()["Acme", "bluesky", "https://bluesky.example/acme"]
    assert shared == (Part(name="Bora", share=1.0),)


async def test_an_empty_list_is_one_that_is_not_public() -> None:
    audiences, (note,) = await sampled(own(), {API: {"followers": []}})
    assert audiences == ()
    assert (note.reason, note.incomplete) == (Reason.NOT_PUBLIC, False)


@pytest.mark.parametrize(
    "passed_over",
    [
        own(candidate=True),
        own(role=Role.PERSON),
        own(listing=True),
        own("youtube"),
        own(audience=Unknown(reason=Reason.NOT_PUBLIC)),
    ],
)
async def test_only_own_profiles_with_a_known_audience_are_sampled(passed_over: Channel) -> None:
    assert await sampled(passed_over) == ((), ())


async def test_a_bug_of_ours_is_logged_without_its_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(ask: object, wanted: int) -> object:
        del ask, wanted
        raise ValueError("what somebody says")

    faulty = replace(platforms()["bluesky"], sample=broken)  # type: ignore[arg-type]
    monkeypatch.setitem(platforms(), "bluesky", faulty)
    _, (note,) = await sampled(own())
    assert note.reason is Reason.INTERNAL_ERROR
    assert "ValueError" in caplog.text
    assert "what somebody says" not in caplog.text + note.detail
