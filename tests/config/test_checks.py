"""Days, time zones and addresses that a list or a command may name."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.checks import _MAX_PLAIN, _PLAIN, _checked_by_parser, checked_url
from tests.audit.test_run import run
from tests.config.lists import COMPANY, refusal
from tests.hostile import page, serving


@pytest.mark.parametrize(
    "day",
    ["0001-01-01", "1969-12-31", "1989-12-31", "9999-12-31", "{in two days}", "{in a year}"],
)
def test_a_day_out_of_range_is_refused_with_the_range(tmp_path: Path, day: str) -> None:
    file = tmp_path / "c.yaml"
    file.write_text("settings: {timezone: Pacific/Kiritimati}\n" + COMPANY, encoding="utf-8")
    today = datetime.now(UTC)
    typed = day.format(
        **{
            "in two days": f"{today + timedelta(days=3):%Y-%m-%d}",
            "in a year": f"{today + timedelta(days=365):%Y-%m-%d}",
        }
    )
    done = run(file, "--as-of", typed)
    assert done.returncode == 2
    assert "choose a day between 1990-01-01 and" in done.stderr
    assert not (tmp_path / "audit-data").exists()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_first_day_with_the_longest_window_is_no_fault(tmp_path: Path, zone: str) -> None:
    with serving({"/": page("<p>Hello</p>")}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            f"settings: {{delay_seconds: 0, lookback_days: 36500, timezone: {zone}}}\n"
            f"companies: [{{name: A, website: '{site.url}/'}}]\n",
            encoding="utf-8",
        )
        done = run(file, "--as-of", "1990-01-01", "--allow-private-hosts")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "c.xlsx").exists()


@pytest.mark.parametrize(
    "zone",
    [
        "",
        ".",
        "..",
        "/etc/passwd",
        "../UTC",
        "Europe",
        "Mars/Olympus",
        "leapseconds",
        "tzdata.zi",
        "Ünïcode/Zöne",
        "a" * 5000,
        "UTC\\u200b",
        "CET/",
        "CON",
        "zone.tab",
        "UTC+1:00",
    ],
)
def test_what_is_no_time_zone_is_refused(tmp_path: Path, zone: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(f'settings: {{timezone: "{zone}"}}\n' + COMPANY, encoding="utf-8")
    assert f"{path}, line 1:" in refusal(path)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "'0001-01-01'", "1989-12-31"])
def test_a_figure_read_by_hand_is_of_a_day_of_the_web(tmp_path: Path, day: str) -> None:
    path = tmp_path / "c.yaml"
    figure = f"manual: [{{measure: channel.x.followers, value: 1, on: {day}, by: J}}]"
    path.write_text(COMPANY.replace("}", f", {figure}}}"), encoding="utf-8")
    assert "must be a date such as" in refusal(path)


@given(st.from_regex(_PLAIN, fullmatch=True).filter(lambda url: len(url) <= _MAX_PLAIN))
def test_an_address_that_is_asked_of_no_parser_is_one_that_the_parser_takes(url: str) -> None:
    assert checked_url(url) == _checked_by_parser(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "https://xn--a.example",
        "https://acme",
        "https://1.2.3.999",
        "https://acme.example:99999",
        "https://a@acme.example",
        "https://acme.example,https://b.example",
        "https://https://acme.example",
        f"https://{'a' * 64}.example",
    ],
)
def test_an_address_that_is_not_plain_is_asked_of_the_parser(url: str) -> None:
    assert len(url) > _MAX_PLAIN or not re.fullmatch(_PLAIN, url)
