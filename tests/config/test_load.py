"""competitors.yaml from text to values: every file in good/ and bad/ is one case."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.model.company import BrowserMode, ConfiguredChannel, Ignored, Kpi, ManualFigure, Settings
from audit.model.errors import ConfigError
from config.explain import Problem
from config.load import MAX_PROBLEMS, _refuse
from tests.audit.test_run import run
from tests.config.lists import CASES, COMPANY, loaded, refusal

BAD_FILES = sorted((CASES / "bad").glob("*.yaml"))
GOOD_FILES = sorted((CASES / "good").glob("*.yaml"))


@pytest.mark.parametrize("file", BAD_FILES, ids=lambda file: file.stem)
def test_bad_file_is_refused_with_place_key_and_remedy(file: Path) -> None:
    message = refusal(file)
    assert message.startswith((f"{file}, line ", f"{file}: "))
    for part in file.with_suffix(".expected").read_text(encoding="utf-8").splitlines():
        assert part in message


@pytest.mark.parametrize("file", BAD_FILES, ids=lambda file: file.stem)
def test_message_is_short_and_keeps_secrets(file: Path) -> None:
    message = refusal(file)
    assert "secret" not in message
    assert len(message.replace(str(file), "")) < 1500


@pytest.mark.parametrize("file", GOOD_FILES, ids=lambda file: file.stem)
def test_good_file_loads(file: Path) -> None:
    assert loaded(file).companies


def test_defaults_are_those_of_the_model() -> None:
    assert loaded(CASES / "good/smallest.yaml").settings == Settings()


def test_settings_are_read() -> None:
    assert loaded(CASES / "good/full.yaml").settings == Settings(
        lookback_days=90,
        max_pages_per_site=12,
        delay_seconds=2.0,
        timeout_seconds=7.5,
        browser=BrowserMode.NEVER,
        timezone="Europe/Stockholm",
        contact="https://example.com/about-our-audit",
    )


def test_company_keeps_its_places_in_the_file() -> None:
    company = loaded(CASES / "good/full.yaml").companies[1]
    assert company.place == "full.yaml:13"
    assert company.channels == (
        ConfiguredChannel(
            platform="youtube",
            url="https://www.youtube.com/@borealis",
            place="full.yaml:17",
        ),
    )
    assert company.ignore == (
        Ignored(finding="channel.pinterest", note="an old agency's board", place="full.yaml:20"),
    )
    assert company.manual == (
        ManualFigure(
            measure="channel.linkedin.followers",
            value=12400,
            on=date(2026, 10, 1),
            by="J.",
            place="full.yaml:22",
        ),
    )


def test_topics_kpis_and_stakeholders_are_read() -> None:
    competitors = loaded(CASES / "good/full.yaml")
    assert competitors.topics[0].keywords == ("maintenance", "wartung")
    assert competitors.stakeholders[0].roles == ("spectators", "critics")
    assert competitors.kpis == (
        Kpi(
            name="Blog cadence",
            goal="Generate leads",
            measure="blog.posts_per_week",
            target=">= 1",
            due=date(2027, 3, 31),
        ),
    )


def test_catalogue_is_relative_to_the_file() -> None:
    competitors = loaded(CASES / "good/full.yaml")
    assert competitors.catalogue == (CASES / "good/smallest.yaml",)


def test_error_carries_its_place() -> None:
    with pytest.raises(ConfigError) as caught:
        loaded(CASES / "bad/platform.yaml")
    error = caught.value
    assert (error.line, error.column, error.key) == (5, 7, "companies[0].channels.youtub")


def test_mistakes_are_listed_in_the_order_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "many.yaml"
    file.write_text("companies:\n" + "  - {name: 1, website: x}\n" * 8, encoding="utf-8")
    lines = refusal(file).splitlines()
    numbers = [re.findall(r", line (\d+): ", line) for line in lines[:10]]
    assert numbers == [[number] for number in "2233445566"]
    assert lines[10] == "and 6 more mistakes"


def test_only_the_mistakes_that_are_told_are_put_into_words() -> None:
    worded: list[int] = []

    def problem(number: int) -> Problem:
        def sentence() -> str:
            worded.append(number)
            return f"mistake {number}"

        return Problem(number, 1, "", sentence)

    with pytest.raises(ConfigError) as caught:
        _refuse([problem(number) for number in range(50_000, 0, -1)], Path("c.yaml"))
    assert worded == list(range(1, MAX_PROBLEMS + 1))
    assert str(caught.value).endswith("and 49990 more mistakes")
    assert len(caught.value.lines) == MAX_PROBLEMS + 1


def test_a_key_cannot_forge_a_line_of_a_message(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    file.write_text('"a\\nforged:1:1": 1\n"b": 2\n' + COMPANY, encoding="utf-8")
    lines = run("check", file).stderr.splitlines()
    assert [line.startswith(f"{file}, line ") for line in lines] == [True, True]


WORDS = st.one_of(
    st.sampled_from("{}[]'\"|>#?\t\ufeffé\x85\n"),
    st.sampled_from(["companies:", "settings:", "\n  ", "- ", "name: ", "website: ", ": ", ", "]),
    st.sampled_from(["https://a.example", "own: true", "delay_seconds: ", "1e999", "-.inf"]),
    st.sampled_from(["&a ", "*a", "!t ", "---", "...", "%YAML 1.1\n", "%TAG ! x\n", "%X y\n"]),
    st.sampled_from(['"\\U00110000"', "0x_", "2026-13-01", "<<: ", "? ", '"\\uD800"']),
)


TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(WORDS, max_size=25).map("".join),
    st.lists(WORDS, max_size=12).map(lambda words: COMPANY + "".join(words)),
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=TEXTS)
def test_any_text_loads_or_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "any.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        competitors = loaded(file)
    except ConfigError:
        return
    assert competitors.companies


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=80))
def test_any_bytes_load_or_are_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "any.yaml"
    file.write_bytes(content)
    with pytest.raises(ConfigError):
        loaded(file)
