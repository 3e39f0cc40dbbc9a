"""What `settings.schedule` may say, and what is refused with what can be written instead."""

import re
from datetime import date
from pathlib import Path

import pytest

from audit.measure.known import MEASURES
from audit.model.company import Notify
from audit.model.errors import ConfigError
from audit.model.schedule import QUARTERLY, EveryDays, OnDays, ScheduleRule
from config.load import load_competitors
from config.timetable import MAX_LENGTH, rule_of

COMPANIES = "companies:\n- {name: A, website: 'https://a.example'}\n"

RULES: dict[str, ScheduleRule] = {
    "quarterly": QUARTERLY,
    "  Quarterly  at 7:30 ": OnDays(months=(1, 4, 7, 10), days=(1,), hour=7, minute=30),
    "every quarter": QUARTERLY,
    "every 3 months": QUARTERLY,
    "every 12 months": OnDays(months=(1,), days=(1,)),
    "daily": OnDays(),
    "weekly": OnDays(weekdays=(0,)),
    "weekly on Friday at 18:05": OnDays(weekdays=(4,), hour=18, minute=5),
    "weekly on sun": OnDays(weekdays=(6,)),
    "monthly": OnDays(days=(1,)),
    "monthly on 15": OnDays(days=(15,)),
    "half-yearly": OnDays(months=(1, 7), days=(1,)),
    "yearly": OnDays(months=(1,), days=(1,)),
    "@monthly": OnDays(days=(1,)),
    "every 6 weeks": EveryDays(days=42),
    "every 6 weeks at 23:59": EveryDays(days=42, hour=23, minute=59),
    "every week": EveryDays(days=7),
    "every 10 days": EveryDays(days=10),
    "0 6 1 1,4,7,10 *": QUARTERLY,
    "0 6 1 */3 *": QUARTERLY,
    "0 6 1 JAN,APR,jul,oct *": QUARTERLY,
    "30 22 * * 1-5": OnDays(weekdays=(0, 1, 2, 3, 4), hour=22, minute=30),
    "0 6 * * 0": OnDays(weekdays=(6,)),
    "0 6 * * 7": OnDays(weekdays=(6,)),
    "0 6 * * 0,2-7": OnDays(weekdays=(1, 2, 3, 4, 5, 6)),
    "0 6 * * sat-sun": OnDays(weekdays=(5, 6)),
    "0 6 * * 0-6": OnDays(),
    "0 6 * * sun-tue": OnDays(weekdays=(0, 1, 6)),
    "0 6 * * fri-mon": OnDays(weekdays=(0, 4, 5, 6)),
    "0 6 * * fri-mon/2": OnDays(weekdays=(4, 6)),
    "0 6 * * fri-1,3": OnDays(weekdays=(0, 2, 4, 5, 6)),
    "0 6 * * sun-sun": OnDays(weekdays=(6,)),
    "0 6 * * wed-tue": OnDays(),
    "Sat..Mon 06:00": OnDays(weekdays=(0, 5, 6)),
    "0 6 1-28/10 * *": OnDays(days=(1, 11, 21)),
    "monthly on 28": OnDays(days=(28,)),
    "0 6 31 1,7 *": OnDays(months=(1, 7), days=(31,)),
    "*-04,06,09,11-30": OnDays(months=(4, 6, 9, 11), days=(30,)),
    "*-01,04,07,10-01 06:00:00": QUARTERLY,
    "*-1/3-1 6:00": QUARTERLY,
    "01-01": OnDays(months=(1,), days=(1,)),
    "Mon..Fri *-*-* 06:00": OnDays(weekdays=(0, 1, 2, 3, 4)),
    "Mon,Thu 07:15": OnDays(weekdays=(0, 3), hour=7, minute=15),
    "06:45": OnDays(hour=6, minute=45),
}


@pytest.mark.parametrize("text", RULES)
def test_a_schedule_is_read_in_words_as_for_cron_and_as_for_systemd(text: str) -> None:
    assert rule_of(text) == RULES[text]


REFUSED = {
    "": "is no schedule",
    "quartely": "did you mean `quarterly`?",
    "every now and then": "is no schedule",
    "every other week": "did you mean",
    "alle 6 Wochen": "is no schedule",
    "每季度": "is no schedule",
    "every 5 months": "1, 2, 3, 4, 6 or 12 months",
    "every 2 years": "1, 2, 3, 4, 6 or 12 months",
    "every 3 hours": "once a day at most; did you mean `daily`?",
    "hourly": "once a day at most; did you mean `daily`?",
    "every 0 weeks": "1 day to",
    "every 999 weeks": "1 day to",
    "weekly on someday": "no number",
    "monthly on 32": "1 to 31",
    "daily on 3": "leave `on 3` out",
    "quarterly at 24:00": "no time 24:00",
    "quarterly at 6": "is no schedule",
    "*/5 * * * *": "one minute and one hour",
    "0 6,18 * * *": "one minute and one hour",
    "0 6 1 * 1": "keep one of them",
    "Mon *-*-01 06:00": "keep one of them",
    "0 6 L * *": "not every system",
    "0 6 * * 1#2": "not every system",
    "0 6 15W * *": "not every system",
    "0 6 ? * MON": "not every system",
    "*-*~1 06:00": "not every system",
    "0 6 30 2 *": "has a day 30",
    "0 6 29 2 *": "has a day 29",
    "0 6 31 4,6,9,11 *": "has a day 31",
    "0 6 31 * *": "from 1 to 28",
    "0 6 */10 * *": "has a day 31",
    "monthly on 31": "such as `monthly on 28`",
    "monthly on 29 at 07:00": "has a day 29",
    "*-01,02-30": "has a day 30",
    "0 6 7-1 * *": "runs backwards",
    "0 6 */0 * *": "runs backwards",
    "0 6 * * 5-1": "`5-1` runs backwards",
    "0 6 * * sun-tue/0": "`sun-tue/0` runs backwards",
    "0 6 * * mon-9": "`9` is no number",
    "every 3 months at 7:5": "there is no time 7:5; write such as 06:00",
    "quarterly at 7:30 pm": "nothing may follow the time; write such as 06:00 or 18:30",
    "Mon *-*-* 06:00 CET": "no time zone",
    "quarterly 7:30": "did you mean `quarterly at 07:30`?",
    "*-01-01-01 6:00": "is no schedule; write",
    "0 6 1 13 *": "1 to 12",
    "0 0 6 1 * *": "is no schedule",
    "2027-01-01 06:00": "is one day and no schedule",
    "*-*-* 06:00:30": "has no seconds",
    "*-*-* 06:00 Europe/Berlin": "no time zone",
    "@reboot": "is no schedule",
    "9" * (MAX_LENGTH + 1): "too long",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:30])
def test_what_not_every_system_can_be_told_is_refused_with_what_can(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(REFUSED[text])):
        rule_of(text)


MEANT = {
    "every monday": "weekly on monday",
    "every Friday at 7:00": "weekly on friday at 07:00",
    "Wednesdays": "weekly on wednesday",
    "monday": "weekly on monday",
    "first monday of the month": "monthly",
    "last friday of the month": "monthly",
    "monthly on the 15th": "monthly on 15",
    "monthly on 1st": "monthly on 1",
    "on the 15th of each month": "monthly on 15",
    "every 2nd of the month": "monthly on 2",
    "monthly on the 31st": "monthly",
    "the 3rd": "monthly on 3",
    "each quarter": "quarterly",
    "once a week": "weekly",
    "annual": "yearly",
    "every morning": "daily",
    "daily at 7": "daily at 07:00",
    "daily at 7pm": "daily at 19:00",
    "daily at 12am": "daily at 00:00",
    "every other week": "every 2 weeks",
    "every two weeks at 7:30": "every 2 weeks at 07:30",
    "fortnightly": "every 2 weeks",
    "every third month": "monthly",
    "every three months": "every 3 months",
}


@pytest.mark.parametrize("text", MEANT)
def test_words_that_are_no_schedule_are_answered_with_one_that_is(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"did you mean `{MEANT[text]}`?")):
        rule_of(text)
    rule_of(MEANT[text])


@pytest.mark.parametrize(
    "text", ["every now and then", "alle 6 Wochen", "每季度", "at 7", "on 99", ""]
)
def test_of_words_that_say_no_time_nothing_is_guessed(text: str) -> None:
    with pytest.raises(ValueError, match="is no schedule") as caught:
        rule_of(text)
    assert "did you mean" not in str(caught.value)


def test_the_next_day_skips_months_that_lack_it() -> None:
    last = OnDays(days=(31,))
    assert last.after(date(2027, 1, 31)) == date(2027, 3, 31)
    leap = OnDays(months=(2,), days=(29,))
    assert leap.after(date(2096, 2, 29)) == date(2104, 2, 29)


def loaded(folder: Path, settings: str) -> tuple[str, Notify]:
    file = folder / "competitors.yaml"
    file.write_text(f"settings:\n{settings}{COMPANIES}", encoding="utf-8")
    read = load_competitors(file, lambda _files: (), MEASURES).settings
    return read.schedule, read.notify


def test_a_list_without_a_word_on_it_is_audited_each_quarter_and_tells_nobody(
    tmp_path: Path,
) -> None:
    assert loaded(tmp_path, "  delay_seconds: 1\n") == ("quarterly", Notify())


def test_the_list_names_when_and_whom_to_tell(tmp_path: Path) -> None:
    text = (
        '  schedule: " 0 6  1 * *"\n'
        "  notify: {to: [AUDIT_MAIL, TEAM], when: [change], severity: low, attach: false}\n"
    )
    assert loaded(tmp_path, text) == (
        "0 6 1 * *",
        Notify(to=("AUDIT_MAIL", "TEAM"), when=("change",), severity="low", attach=False),
    )


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("  schedule: fortnightly\n", "settings.schedule: is no schedule"),
        ("  schedule: 5\n", "settings.schedule: is no schedule; write quarterly"),
        ("  schedule: 2027-01-01\n", "settings.schedule: has a year, and so is one day"),
        ("  schedule: 2027-01-01 06:00:00\n", "is one day and no schedule"),
        ("  schedule: [monthly]\n", "settings.schedule: "),
        ("  schedule: monthly on the 15th\n", "did you mean `monthly on 15`?"),
        ("  notify: {to: []}\n", "settings.notify.to: must not be empty"),
        ("  notify: {when: [finish]}\n", "settings.notify.to: is missing"),
        ("  notify: {to: [A], wen: [finish]}\n", "did you mean `when`?"),
        ("  notify: {to: [A], when: [never]}\n", "settings.notify.when 1: write one of"),
        ("  notify: {to: [A B]}\n", "name of an environment variable"),
        ("  notify: {to: [A, B, A]}\n", "settings.notify.to 3: the same as to 1"),
        ("  notify: {to: [A, ' A ']}\n", "settings.notify.to 2: the same as to 1"),
        (
            "  notify: {to: [A], when: [change, change]}\n",
            "settings.notify.when 2: the same as when 1",
        ),
        ("  notify:\n", "settings.notify: is empty"),
    ],
)
def test_a_slip_in_it_is_told_with_its_place(tmp_path: Path, settings: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, settings)
    assert words in str(caught.value)


@pytest.mark.parametrize("address", ["mailto://jo:Secret1@mail.example", "jo:Secret1@mail.example"])
def test_an_address_in_the_list_is_refused_and_not_repeated(tmp_path: Path, address: str) -> None:
    with pytest.raises(ConfigError, match="is an address, which is a secret") as caught:
        loaded(tmp_path, f"  notify: {{to: ['{address}']}}\n")
    assert "Secret1" not in str(caught.value)
