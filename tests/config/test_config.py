"""competitors.yaml from text to values: every file in tests/config is one case."""

import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from audit.model.company import BrowserMode, ConfiguredChannel, Ignored, Kpi, ManualFigure, Settings
from audit.model.errors import AuditError, ConfigError
from config.load import MAX_BYTES, load_competitors
from config.schema import competitors_schema
from config.starter import starter
from tests.places import ROOT

CASES = Path(__file__).parent
BAD = sorted((CASES / "bad").glob("*.yaml"))
GOOD = sorted((CASES / "good").glob("*.yaml"))
PLATFORMS = ("youtube", "linkedin", "x")
COMPANY = "companies:\n  - {name: Acme, website: 'https://acme.example'}\n"


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_bad_file_is_refused_with_place_key_and_remedy(file: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_competitors(file, lambda _extra: PLATFORMS)
    message = str(caught.value)
    assert message.startswith(f"{file}:")
    for part in file.with_suffix(".expected").read_text(encoding="utf-8").splitlines():
        assert part in message


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_message_is_short_and_keeps_secrets(file: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_competitors(file, lambda _extra: PLATFORMS)
    assert "secret" not in str(caught.value)
    assert len(str(caught.value).replace(str(file), "")) < 1500


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.stem)
def test_good_file_loads(file: Path) -> None:
    assert load_competitors(file, lambda _extra: PLATFORMS).companies


def test_defaults_are_those_of_the_model() -> None:
    assert load_competitors(CASES / "good/smallest.yaml", lambda _extra: ()).settings == Settings()


def test_settings_are_read() -> None:
    assert load_competitors(
        CASES / "good/full.yaml", lambda _extra: PLATFORMS
    ).settings == Settings(
        lookback_days=90,
        max_pages_per_site=12,
        delay_seconds=2.0,
        timeout_seconds=7.5,
        browser=BrowserMode.NEVER,
        timezone="Europe/Stockholm",
        contact="https://example.com/about-our-audit",
    )


def test_company_keeps_its_places_in_the_file() -> None:
    company = load_competitors(CASES / "good/full.yaml", lambda _extra: PLATFORMS).companies[1]
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
    read = load_competitors(CASES / "good/full.yaml", lambda _extra: PLATFORMS)
    assert read.topics[0].keywords == ("maintenance", "wartung")
    assert read.stakeholders[0].roles == ("spectators", "critics")
    assert read.kpis == (
        Kpi(
            name="Blog cadence",
            goal="Generate leads",
            measure="blog.posts_per_week",
            target=">= 1",
            due=date(2027, 3, 31),
        ),
    )


def test_catalogue_is_relative_to_the_file() -> None:
    read = load_competitors(CASES / "good/full.yaml", lambda _extra: PLATFORMS)
    assert read.catalogue == (CASES / "good/smallest.yaml",)


def test_error_carries_its_place() -> None:
    with pytest.raises(ConfigError) as caught:
        load_competitors(CASES / "bad/platform.yaml", lambda _extra: PLATFORMS)
    error = caught.value
    assert (error.line, error.column, error.key) == (5, 7, "companies[0].channels.youtub")


def test_mistakes_are_listed_in_the_order_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "many.yaml"
    file.write_text("companies:\n" + "  - {name: 1, website: x}\n" * 8, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_competitors(file, lambda _extra: ())
    lines = str(caught.value).splitlines()
    assert [line.split(":")[1] for line in lines[:10]] == list("2233445566")
    assert lines[10] == "and 6 more mistakes"


def test_missing_file_names_the_way_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file; make one with `audit init`"):
        load_competitors(tmp_path / "absent.yaml", lambda _extra: ())


def test_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="folder"):
        load_competitors(tmp_path, lambda _extra: ())


def test_file_over_one_mebibyte_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_text(COMPANY + "#" * (MAX_BYTES + 1 - len(COMPANY)), encoding="utf-8")
    with pytest.raises(ConfigError, match="over 1 MiB"):
        load_competitors(file, lambda _extra: ())


def test_file_of_one_mebibyte_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_text(COMPANY + "#" * (MAX_BYTES - len(COMPANY)), encoding="utf-8")
    assert load_competitors(file, lambda _extra: ()).companies[0].name == "Acme"


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
        read = load_competitors(file, lambda _extra: PLATFORMS)
    except ConfigError:
        return
    assert read.companies


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=80))
def test_any_bytes_load_or_are_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "any.yaml"
    file.write_bytes(content)
    with pytest.raises(ConfigError):
        load_competitors(file, lambda _extra: PLATFORMS)


def test_shipped_schema_is_the_one_of_the_code() -> None:
    shipped = files("config") / "competitors.schema.json"
    assert json.loads(shipped.read_text(encoding="utf-8")) == competitors_schema()


def test_schema_is_valid_json_schema() -> None:
    Draft202012Validator.check_schema(competitors_schema())


def test_every_key_is_described_in_the_schema_and_the_documentation() -> None:
    schema = json.loads(json.dumps(competitors_schema()))
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    for shape in [schema, *schema["$defs"].values()]:
        for key, described in shape["properties"].items():
            assert described.get("description"), key
            assert f"`{key}`" in page


@pytest.mark.parametrize(
    "websites",
    [
        (),
        ("borealis.example", "localhost:8000", "http://127.0.0.1:9/", "no.example"),
        ("www.acme-pumps.example", "https://acme-pumps.test", "https://1.10.example"),
        ("https://bücher.example/a?b=c#d", "https://[::1]:8000/"),
    ],
)
def test_starter_loads_as_it_is(tmp_path: Path, websites: tuple[str, ...]) -> None:
    file = tmp_path / "competitors.yaml"
    file.write_text(starter(websites), encoding="utf-8")
    read = load_competitors(file, lambda _extra: PLATFORMS)
    assert [company.own for company in read.companies] == [True] + [False] * (
        len(read.companies) - 1
    )
    assert len(read.companies) == (len(websites) or 2)
    assert read.settings == Settings()


def test_starter_guesses_names_from_hosts(tmp_path: Path) -> None:
    file = tmp_path / "competitors.yaml"
    file.write_text(starter(["www.acme-pumps.example", "shop.no.example"]), encoding="utf-8")
    assert [each.name for each in load_competitors(file, lambda _extra: ()).companies] == [
        "Acme Pumps",
        "Shop",
    ]


@pytest.mark.parametrize(
    "website", ["ftp://acme.example", "https://u:secret@acme.example", "a b", "", "x\n- y", "//x"]
)
def test_starter_refuses_what_is_no_website(website: str) -> None:
    with pytest.raises(AuditError) as caught:
        starter([website])
    assert "secret" not in str(caught.value)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(websites=st.lists(st.text(max_size=30), min_size=1, max_size=3))
def test_starter_from_any_text_loads_or_is_refused(tmp_path: Path, websites: list[str]) -> None:
    file = tmp_path / "competitors.yaml"
    try:
        file.write_text(starter(websites), encoding="utf-8")
    except AuditError:
        return
    assert load_competitors(file, lambda _extra: PLATFORMS).companies[0].own


def test_a_file_of_far_too_many_values_is_refused_soon(tmp_path: Path) -> None:
    file = tmp_path / "many.yaml"
    file.write_text("topics: [" + "x," * 400_000 + "]", encoding="utf-8")
    with pytest.raises(ConfigError, match="more than 50,000 values"):
        load_competitors(file, lambda _extra: ())
