"""The order in which answers arrive, and how many companies are visited at once, change no result."""

from dataclasses import replace
from pathlib import Path

import pytest

from audit import api
from audit.model.company import Settings
from tests.audit.crew.small_web import options, web
from tests.same_content import content

COMPANIES = 5


def said(folder: Path, seed: int, at_once: int) -> list[str]:
    """All that a run says, in results file and workbook, evened out of times and ports."""
    folder.mkdir()
    with web(folder, COMPANIES, seed) as small:
        config = api.load(small.file)
        settings: Settings = replace(config.competitors.settings, companies_at_once=at_once)
        config = replace(config, competitors=replace(config.competitors, settings=settings))
        snapshot = api.run(config, options(folder))
        targets = {"json": folder / "results.json", "xlsx": folder / "results.xlsx"}
        return content(*api.report(snapshot, targets))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a run says that visits one company after the other."""
    return said(tmp_path_factory.mktemp("alone") / "run", seed=1, at_once=1)


@pytest.mark.parametrize("seed", [3])
def test_a_run_says_the_same_in_whatever_order_answers_come(
    tmp_path: Path, alone: list[str], seed: int
) -> None:
    together = said(tmp_path / "run", seed, at_once=COMPANIES)
    assert [line for line in together if line not in set(alone)] == []
    assert len(together) == len(alone)


def test_the_small_web_has_something_to_say(alone: list[str]) -> None:
    """Profiles that were read, and a network that has refused, for each company."""
    text = "\n".join(alone)
    assert text.count('"platform": "bluesky"') or text.count('.platform = "bluesky"') == COMPANIES
    assert text.count("refused a request (HTTP 403) and was left alone") >= COMPANIES
