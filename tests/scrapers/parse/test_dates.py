"""Dates as sites write them, and what only looks like one."""

import time
from datetime import timedelta

import pytest

from audit.model.value import DateSource
from scrapers.parse.dates import date_in_url, date_of_stamp, find_date, parse_date
from tests.scrapers.parse.pages import NOW, style

LATER = NOW + timedelta(hours=11)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-29", "2026-10-29T00:00"),
        ("2026-10-29T09:30:00Z", "2026-10-29T09:30"),
        ("2026-10-29T23:30:00+02:00", "2026-10-29T21:30"),
        ("Thu, 29 Oct 2026 09:30:00 GMT", "2026-10-29T09:30"),
        ("29. Oktober 2026", "2026-10-29T00:00"),
        ("October 29, 2026", "2026-10-29T00:00"),
        ("29 octobre 2026", "2026-10-29T00:00"),
        ("29 de octubre de 2026", "2026-10-29T00:00"),
        ("29 октября 2026", "2026-10-29T00:00"),
        ("2026年10月29日", "2026-10-29T00:00"),
        ("2026년 10월 29일", "2026-10-29T00:00"),
        ("29.10.2026", "2026-10-29T00:00"),
        ("29/10/2026", "2026-10-29T00:00"),
        ("29.10.26", "2026-10-29T00:00"),
        ("Friday, 29-Oct-99 09:30:00 GMT", "1999-10-29T09:30"),
        ("10/29/2026", "2026-10-29T00:00"),
        ("2026-10-29 09:30:60", "2026-10-29T09:30"),
        ("29 Oct 2026 09:30:00 +0200", "2026-10-29T07:30"),
        ("2026. 10. 29", "2026-10-29T00:00"),
    ],
)
def test_dates_are_read_as_sites_write_them(text: str, expected: str) -> None:
    dated = parse_date(text, DateSource.TEXT, NOW, style())
    assert dated is not None
    assert dated.at.isoformat()[:16] == expected


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("Sun, 08 Nov 2026 00:20:00 EET", "2026-11-07T22:20"),
        ("Sun, 08 Nov 2026 00:20:00 AEDT", "2026-11-07T13:20"),
        ("Sun, 08 Nov 2026 20:20:00 PST", "2026-11-09T04:20"),
        ("Sun, 08 Nov 2026 02:20:00 MEZ", "2026-11-08T01:20"),
        ("2026-11-08T02:20:00+09:30", "2026-11-07T16:50"),
        ("2026-11-08 02:20:00 -3:30", "2026-11-08T05:50"),
        ("2026-11-08 02:20 UTC+8", "2026-11-07T18:20"),
        ("2026-11-08 02:20:00.123456789 +0100 CET m=+0.000123", "2026-11-08T01:20"),
        ("2026-11-08 02:20:00 +0530 +0530", "2026-11-07T20:50"),
        ("2026-11-08T02:20:00+01:00[Europe/Paris]", "2026-11-08T01:20"),
        ("Sun Nov 08 2026 02:20:00 GMT+0200 (Eastern European Standard Time)", "2026-11-08T00:20"),
        ("Sun Nov  8 02:20:00 CET 2026", "2026-11-08T01:20"),
        ("Sunday, 08-Nov-26 02:20:00 GMT", "2026-11-08T02:20"),
        ("08/Nov/2026:02:20:00 +0100", "2026-11-08T01:20"),
        ("20261108T022000Z", "2026-11-08T02:20"),
        ("Nov 8th, 2026 at 5pm EST", "2026-11-08T22:00"),
        ("November 8, 2026 12:05 a.m.", "2026-11-08T00:05"),
        ("November 8, 2026 12:05 PM", "2026-11-08T12:05"),
        ("Nov 8 2026 01:02:03:000PM", "2026-11-08T13:02"),
        ("2026-11-08T24:00:00", "2026-11-09T00:00"),
        ("8 novembre 2026 à 14h30", "2026-11-08T14:30"),
        ("8. marraskuuta 2026 klo 14.30", "2026-11-08T14:30"),
        ("2026년 11월 8일 오후 3:05", "2026-11-08T15:05"),
        ("2026年11月8日(日) 15時05分", "2026-11-08T15:05"),
        ("8 Νοεμβρίου 2026 3:05 μ.μ.", "2026-11-08T15:05"),
        ("Thurs, 29 Oct 2026 09:30:00 (UTC)", "2026-10-29T09:30"),
        ("29 Oct 2026 09:30 [CET]", "2026-10-29T08:30"),
        ("2026-10-29 09:30:00 Etc/GMT", "2026-10-29T09:30"),
        ("Weds, 28 Oct 2026 09:30:00 GMT", "2026-10-28T09:30"),
    ],
)
def test_an_hour_is_read_with_its_zone_and_its_half_of_the_day(text: str, utc: str) -> None:
    dated = parse_date(text, DateSource.FEED, NOW, style())
    assert dated is not None
    assert dated.at.isoformat()[:16] == utc
    assert not dated.day_only


OCTOBER = {
    "en": "Thursday, October 29, 2026",
    "de": "Donnerstag, 29. Oktober 2026",
    "fr": "jeudi 29 octobre 2026",
    "es": "jueves, 29 de octubre de 2026",
    "it": "giovedì 29 ottobre 2026",
    "pt": "29 de outubro de 2026",
    "nl": "donderdag 29 oktober 2026",
    "sv": "29 okt. 2026",
    "da": "d. 29. oktober 2026",
    "no": "torsdag 29. oktober 2026",
    "fi": "29. lokakuuta 2026",
    "pl": "29 października 2026 r.",
    "cs": "čtvrtek 29. října 2026",
    "sk": "29. októbra 2026",
    "hu": "2026. október 29., csütörtök",
    "ro": "joi, 29 octombrie 2026",
    "tr": "29 EKİM 2026 Perşembe",
    "ru": "29 октября 2026 г.",
    "uk": "29 жовтня 2026 року",
    "el": "29 ΟΚΤΩΒΡΙΟΥ 2026",
    "ja": "2026年10月29日（木）",
    "zh": "２０２６年１０月２９日 星期四",
    "ko": "2026년 10월 29일 목요일",
    "ar": "٢٩ تشرين الأول ٢٠٢٦",
    "lt": "2026 m. spalio 29 d.",
    "lv": "2026. gada 29. oktobris",
    "hr": "29. listopada 2026.",
    "az": "29 oktyabr 2026",
    "vi": "ngày 29 tháng 10 năm 2026",
    "ca": "29 d'octubre de 2026",
    "fa": "29 اکتبر 2026",
}


@pytest.mark.parametrize("language", OCTOBER)
def test_a_day_is_read_in_the_words_and_the_order_of_its_language(language: str) -> None:
    dated = parse_date(OCTOBER[language], DateSource.META, NOW, style(language))
    assert dated is not None
    assert dated.at.date().isoformat() == "2026-10-29"
    assert dated.day_only


def test_one_name_means_the_month_of_the_pages_language() -> None:
    """Listopad is November to Czechs and October to Croats."""
    months = [
        dated.at.month
        for language in ("cs", "hr")
        if (dated := parse_date("5. listopadu 2026", DateSource.TEXT, NOW, style(language)))
    ]
    assert months == [11, 10]


@pytest.mark.parametrize(
    "text",
    [
        "Sun, 08 Nov 2026 02:20:00 QXT",
        "Someday, 08 Nov 2026",
        "08 Nov 2026 25:00",
        "08 Nov 2026 10:75",
        "2026-11-08T10:00:00+99:00",
        "08 Nov 2026 and more",
        "3-5 May 2026",
        "2026-W45",
        "2026-W45-3",
        "2026-11",
        "November 2026",
        "1795521600",
        "12 Mar 127 120:00 +0000",
        "Wed, 30 Nov -0001 00:00:00 +0000",
        "0000-00-00 00:00:00",
        "1970-01-01T00:00:00Z",
        "1899-12-30",
        "۱۴۰۵/۰۸/۰۷",
        "29 Oct 2469",
        "令和0年10月29日",
        "Sun, 08 Nov 2026 02:20:00 (QXT)",
        "Sun, 08 Nov 2026 02:20:00 Etc/Borea",
    ],
)
def test_a_text_that_is_understood_in_part_is_no_date(text: str) -> None:
    assert parse_date(text, DateSource.FEED, NOW, style()) is None


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("By Ann Smith on 3 May 2026 in News", "en", "2026-05-03"),
        ("3 May 2026 · 5 min read", "en", "2026-05-03"),
        ("Published: 2 June 2026 (updated 20 November 2026)", "en", "2026-06-02"),
        ("Updated 20 November 2026 · Published 2 June 2026", "en", "2026-06-02"),
        ("Zuletzt aktualisiert am 4.6.2026, veröffentlicht am 3.5.2026", "de", "2026-05-03"),
        ("更新日：2026年10月29日 公開日：2026年6月2日", "ja", "2026-06-02"),
        ("2026年6月2日公開 2026年10月29日更新", "ja", "2026-06-02"),
        ("Опубликовано 29.10.2026, обновлено 30.10.2026", "ru", "2026-10-29"),
        ("26.10.29", "ko", "2026-10-29"),
        ("Posted 3 days ago", "en", "2026-11-21"),
        ("Gestern, 09:12 Uhr", "de", "2026-11-23"),
        ("il y a 3 jours", "fr", "2026-11-21"),
        ("3 napja", "hu", "2026-11-21"),
    ],
)
def test_a_date_of_publication_is_found_among_other_words(
    text: str, language: str, day: str
) -> None:
    dated = find_date(text, DateSource.TEXT, NOW, style(language))
    assert dated is not None
    assert dated.at.date().isoformat() == day


CHANGED = {
    "en": "Last updated: 3 March 2026",
    "de": "Stand: 03.04.2026",
    "fr": "Mis à jour le 3 mai 2026",
    "es": "Última actualización: 3 de mayo de 2026",
    "it": "Ultima modifica 3 maggio 2026",
    "pt": "Atualizado em 3 de maio de 2026",
    "nl": "Laatst gewijzigd op 3 mei 2026",
    "sv": "Senast uppdaterad 3 maj 2026",
    "da": "Sidst opdateret 3. maj 2026",
    "no": "Sist endret 3. mai 2026",
    "fi": "Päivitetty 3.5.2026",
    "pl": "Aktualizacja: 3.5.2026",
    "cs": "Naposledy upraveno 3. května 2026",
    "sk": "Aktualizované 3. mája 2026",
    "hu": "Utolsó frissítés: 2026. május 3.",
    "ro": "Actualizat la 3 mai 2026",
    "tr": "3 Mayıs 2026 tarihinde güncellendi",
    "ru": "Обновлено 3 мая 2026",
    "uk": "Оновлено 3 травня 2026",
    "el": "Τελευταία ενημέρωση: 3 Μαΐου 2026",
    "ja": "2026年5月3日 更新",
    "zh": "更新于 2026-05-03",
    "ko": "최종 수정 2026.05.03",
    "ar": "آخر تحديث 3 مايو 2026",
}


@pytest.mark.parametrize("language", CHANGED)
def test_a_date_that_is_called_updated_is_none_of_publication(language: str) -> None:
    assert find_date(CHANGED[language], DateSource.TEXT, NOW, style(language)) is None


DAYS = {
    "en": ("Today", "Yesterday"),
    "de": ("Heute", "Gestern"),
    "fr": ("aujourd’hui", "hier"),
    "es": ("hoy", "ayer"),
    "it": ("oggi", "ieri"),
    "pt": ("hoje", "ontem"),
    "nl": ("vandaag", "gisteren"),
    "sv": ("i dag", "i går"),
    "da": ("i dag", "i går"),
    "no": ("I dag", "I går"),
    "fi": ("tänään", "eilen"),
    "pl": ("dzisiaj", "wczoraj"),
    "cs": ("dnes", "včera"),
    "sk": ("dnes", "včera"),
    "hu": ("ma", "tegnap"),
    "ro": ("astăzi", "ieri"),
    "tr": ("bugün", "DÜN"),
    "ru": ("сегодня", "вчера"),
    "uk": ("сьогодні", "вчора"),
    "el": ("ΣΗΜΕΡΑ", "χτες"),
    "ja": ("本日", "昨日"),
    "zh": ("今天", "昨天"),
    "ko": ("오늘", "어제"),
    "ar": ("اليوم", "أمس"),
}


@pytest.mark.parametrize("language", DAYS)
def test_today_and_yesterday_are_counted_back_from_the_visit(language: str) -> None:
    days = [
        dated.at.isoformat()[:16]
        for word in DAYS[language]
        if (dated := find_date(f"{word}, 14:30", DateSource.TEXT, NOW, style(language)))
    ]
    assert days == ["2026-11-24T14:30", "2026-11-23T14:30"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hier", "de"),
        ("ma", "en"),
        ("2 hours", "en"),
        ("in 5 days", "en"),
        ("Updated 3 days ago", "en"),
        ("Dec 4", "en"),
        ("12 members since 2019", "en"),
    ],
)
def test_what_only_looks_like_a_day_is_none(text: str, language: str) -> None:
    assert find_date(text, DateSource.TEXT, NOW, style(language)) is None


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("1795521600", "2026-11-24T12:00"),
        ("1795521600000", "2026-11-24T12:00"),
        ("1795521600.25", "2026-11-24T12:00"),
        ("30", ""),
        ("0", ""),
        ("100000000", ""),
        ("9999999999", ""),
        ("20261124120000", ""),
    ],
)
def test_a_stamp_counts_seconds_or_milliseconds(text: str, utc: str) -> None:
    dated = date_of_stamp(text, DateSource.TIME, NOW)
    assert (dated.at.isoformat()[:16] if dated else "") == utc


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a process has no zone of its own here")
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "UTC"])
def test_no_date_depends_on_the_zone_of_the_machine(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        texts = ("Yesterday, 14:30", "5 hours ago", "8 Nov 2026 09:00")
        dates = [find_date(text, DateSource.TEXT, LATER, style("en")) for text in texts]
    finally:
        monkeypatch.undo()
        time.tzset()
    times = [dated.at.isoformat()[:16] for dated in dates if dated]
    assert times == ["2026-11-23T14:30", "2026-11-24T18:00", "2026-11-08T09:00"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "May",
        "1.2K",
        "31 February 2026",
        "0001-01-01",
        "9999-12-31",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "call 030 123456",
        "v2.10.3",
        "12:30",
    ],
)
def test_what_cannot_be_a_date_is_none(text: str) -> None:
    assert find_date(text, DateSource.TEXT, NOW, style("en")) is None


@pytest.mark.parametrize(("month_first", "month"), [(True, 3), (False, 4)])
def test_a_date_that_can_be_read_two_ways_says_so(month_first: bool, month: int) -> None:
    dated = parse_date("03/04/2024", DateSource.TEXT, NOW, style(month_first=month_first))
    assert dated is not None
    assert dated.ambiguous
    assert dated.at.month == month


@pytest.mark.parametrize("text", ["03.04.2024", "04/04/2024", "13/04/2024", "2024-04-03"])
def test_a_date_that_can_be_read_one_way_only_is_not_ambiguous(text: str) -> None:
    dated = parse_date(text, DateSource.TEXT, NOW, style(month_first=True))
    assert dated is not None
    assert not dated.ambiguous
    assert dated.at.month == 4


@pytest.mark.parametrize(("text", "day_only"), [("2026-10-29", True), ("2026-10-29T00:00", False)])
def test_midnight_is_an_hour_and_a_day_is_none(text: str, day_only: bool) -> None:
    dated = parse_date(text, DateSource.TEXT, NOW)
    assert dated is not None
    assert dated.day_only is day_only


@pytest.mark.parametrize(("day", "readable"), [("2028-11-20", True), ("2028-11-30", False)])
def test_a_day_is_two_years_ahead_at_most(day: str, readable: bool) -> None:
    assert (parse_date(day, DateSource.TEXT, NOW) is not None) is readable


def test_words_like_three_days_ago_are_read_in_the_pages_language() -> None:
    dated = find_date("vor 3 Tagen", DateSource.TEXT, NOW, style("de"))
    assert dated is not None
    assert dated.at.date().isoformat() == "2026-11-21"


def test_a_date_in_an_address_needs_its_day() -> None:
    dated = date_in_url("https://a.example/2024/05/17/x/", NOW)
    assert dated is not None
    assert dated.at.day == 17
    assert date_in_url("https://a.example/2024/05/x/", NOW) is None


@pytest.mark.parametrize("path", ["/20240517-x", "/2024-05-17-x", "/news/2024/5/17.html"])
def test_a_date_in_an_address_has_several_forms(path: str) -> None:
    dated = date_in_url("https://a.example" + path, NOW)
    assert dated is not None
    assert dated.at.date().isoformat() == "2024-05-17"


def test_a_post_of_next_week_is_no_post_of_its_address() -> None:
    assert date_in_url("https://a.example/2026/12/01/x/", NOW) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("29 ตุลาคม 2569", "th"),
        ("29/10/2569", "th"),
        ("令和8年10月29日", "ja"),
        ("民國115年10月29日", "zh"),
        ("29 d'octubre de 2026", "ca"),
        ("29. oktobar 2026.", "sr"),
        ("29. октобар 2026.", "sr"),
    ],
)
def test_a_day_is_read_in_other_calendars_and_scripts(text: str, language: str) -> None:
    dated = parse_date(text, DateSource.TEXT, NOW, style(language))
    assert dated is not None
    assert dated.at.date().isoformat() == "2026-10-29"


def test_a_month_of_two_words_is_one_month() -> None:
    dated = parse_date("10 de novembre de 2026", DateSource.TEXT, NOW, style("ca"))
    assert dated is not None
    assert dated.at.date().isoformat() == "2026-11-10"


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("an hour ago", "en", "2026-11-24"),
        ("a week ago", "en", "2026-11-17"),
        ("vor einem Monat", "de", "2026-10-24"),
        ("il y a un an", "fr", "2025-11-24"),
        ("hace una semana", "es", "2026-11-17"),
        ("3 days ago by Jo Borea", "en", "2026-11-21"),
        ("vor 3 Tagen von Jo", "de", "2026-11-21"),
        ("hace 2 días por Jo", "es", "2026-11-22"),
        ("3 days by ship", "en", ""),
        ("a week", "en", ""),
        ("in a week", "en", ""),
        ("une heure", "fr", ""),
    ],
)
def test_days_ago_are_read_without_a_digit_and_before_a_name(
    text: str, language: str, day: str
) -> None:
    dated = find_date(text, DateSource.TEXT, NOW, style(language))
    assert (dated.at.date().isoformat() if dated is not None else "") == day
