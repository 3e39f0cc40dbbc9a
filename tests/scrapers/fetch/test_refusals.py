"""Who was refused first is chance: all companies read the same words of a platform's host."""

from pathlib import Path

import pytest

from audit.model.exchange import Failure, Key, Page, Request
from audit.model.value import Reason
from scrapers.fetch.archive import Archive
from scrapers.fetch.archived import ArchivedWire
from scrapers.fetch.around import Surroundings
from scrapers.fetch.browser import Browser
from scrapers.fetch.conversation import Conversation
from scrapers.fetch.drawn import DrawnPages
from scrapers.fetch.hosts import Hosts
from scrapers.fetch.polite import PoliteWire
from scrapers.fetch.refusals import as_all_read_it
from scrapers.fetch.wire import Answer, Trouble
from scrapers.workers.readers import HERE
from tests.scrapers.fetch.scripted import AT, HandClock, ScriptedWire, answer, profile, trouble

HOST = "https://acme.example"
KEY = Key(variables=("ACME_KEY",), host="acme.example", adds="all")


def failure(reason: Reason, detail: str = "HTTP 403") -> Failure:
    return Failure(url=f"{HOST}/a", reason=reason, detail=detail, failed_at=AT)


def company(hosts: Hosts, refusal: Answer | Trouble, archive: Archive) -> Conversation:
    """One company's conversation over the wires of a run; robots.txt is not there."""
    below = ScriptedWire([answer(404), refusal])
    top = ArchivedWire(archive, PoliteWire(hosts, below), DrawnPages(Browser({})))
    return Conversation(top, Surroundings(data_dir=archive.data_dir, readers=HERE))


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize(
    "refusal", [answer(403), answer(429), answer(999), trouble(Reason.TIMEOUT, "nothing came")]
)
async def test_the_first_refused_reads_what_the_others_read(
    tmp_path: Path, refusal: Answer | Trouble, first: int
) -> None:
    hosts = HandClock().hosts()
    outcomes: dict[int, Page | Failure] = {}
    with Archive(tmp_path, "0.warc.gz") as one, Archive(tmp_path, "1.warc.gz") as two:
        companies = [company(hosts, refusal, archive) for archive in (one, two)]
        for at in (first, 1 - first):
            outcomes[at] = await companies[at].fetch(profile(f"{HOST}/{at}"))
    words = {(each.reason, each.detail) for each in outcomes.values() if isinstance(each, Failure)}
    assert len(outcomes) == 2
    assert len(words) == 1
    assert "left alone for the run" in next(iter(words))[1]


def test_a_refused_key_is_named() -> None:
    request = Request(url=f"{HOST}/a", platform="acme", key=KEY)
    refused = as_all_read_it(f"{HOST}/a", request, failure(Reason.HTTP_401, "HTTP 401"))
    assert refused.detail == "acme.example refused the key in ACME_KEY (HTTP 401)"


@pytest.mark.parametrize(
    ("platform", "reason"), [("", Reason.HTTP_403), ("acme", Reason.HTTP_404), ("acme", Reason.DNS)]
)
def test_a_website_that_refuses_and_a_page_that_is_gone_keep_their_words(
    platform: str, reason: Reason
) -> None:
    request = Request(url=f"{HOST}/a", platform=platform)
    assert as_all_read_it(f"{HOST}/a", request, failure(reason)) == failure(reason)
