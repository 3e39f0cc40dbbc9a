"""Dates of lists without a year, and counted back from the visit; both only where they are sure."""

import pytest

from audit.model.value import DateSource
from scrapers.parse.date_words import ago_of, folded
from scrapers.parse.items import read_items
from tests.scrapers.parse.pages import NOW, document, style


def read(dates: tuple[str, ...], language: str, element: str = "span") -> list[tuple[str, str]]:
    """Return day and source of each entry of a list with these dates; "" for one without."""
    rows = "".join(
        f'<div class="entry"><h3><a href="/news/{n}">A pump of some kind {n}</a></h3>'
        f"<{element}>{date}</{element.partition(' ')[0]}></div>"
        for n, date in enumerate(dates)
    )
    page = document(f'<html lang="{language}"><main>{rows}</main>')
    items = sorted(read_items(page, NOW, style(language)), key=lambda item: item.url)
    return [
        (f"{item.published.at:%Y-%m-%d}", item.published.source.value)
        if item.published
        else ("", "")
        for item in items
    ]


NEWEST_FIRST = {
    "en": ("Nov 12", "Oct 3", "Sep 30, 10:15", "Dec 20, 2025"),
    "de": ("12. November", "3. Okt", "30. September", "20. Dezember 2025"),
    "fr": ("jeudi 12 novembre", "3 oct.", "30 sept.", "20 décembre 2025"),
    "ru": ("12 ноября", "3 октября", "30 сентября", "20 декабря 2025"),
    "ja": ("11月12日", "10月3日(土)", "9月30日", "2025年12月20日"),
    "ko": ("11월 12일", "10월 3일", "9월 30일", "2025년 12월 20일"),
}
DAYS = ["2026-11-12", "2026-10-03", "2026-09-30", "2025-12-20"]


@pytest.mark.parametrize("language", NEWEST_FIRST)
def test_days_without_a_year_have_the_latest_that_is_not_ahead(language: str) -> None:
    dates = read(NEWEST_FIRST[language], language)
    assert [day for day, _ in dates] == DAYS
    assert [source for _, source in dates] == [*([DateSource.NO_YEAR] * 3), DateSource.TEXT]


def test_a_list_without_any_year_may_reach_into_the_year_before() -> None:
    days = [day for day, _ in read(("3 Jan", "20 Dec", "11 Dec"), "en", 'b class="post-date"')]
    assert days == ["2026-01-03", "2025-12-20", "2025-12-11"]


def test_the_twentieth_is_a_day_and_no_year() -> None:
    days = [day for day, _ in read(("20. Nov", "vor 12 Tagen", "20. Okt"), "de")]
    assert days == ["2026-11-20", "2026-11-12", "2026-10-20"]


AGAINST = {
    "coming events": ("Nov 26", "Dec 5", "Dec 12", "Jan 10"),
    "oldest first": ("Mar 3", "Apr 8", "Oct 2"),
    "several years": ("Nov 12", "Oct 3", "Nov 20", "Jan 2"),
    "two alone": ("Nov 12", "Oct 3"),
    "a day that no calendar has": ("Nov 12", "Oct 3", "Feb 30"),
    "months": ("Nov '26", "Oct '26", "Sep '26"),
    "no dates": ("12 Novak Street", "May 5 people join", "March 8 bits"),
    "dates of events": (),
}


@pytest.mark.parametrize("name", AGAINST)
def test_days_without_a_year_are_none_where_something_speaks_against_it(name: str) -> None:
    element = 'i class="event-date"' if not AGAINST[name] else 'b class="date"'
    dates = read(AGAINST[name] or ("Nov 12", "Oct 3", "Sep 30"), "en", element)
    assert not any(day for day, _ in dates)


AGO = {
    "en": "3 days ago",
    "de": "vor 3 Tagen",
    "fr": "il y a 3 jours",
    "es": "hace 3 días",
    "it": "3 giorni fa",
    "pt": "há 3 dias",
    "nl": "3 dagen geleden",
    "sv": "3 dagar sedan",
    "da": "for 3 dage siden",
    "no": "for 3 dager siden",
    "fi": "3 päivää sitten",
    "pl": "3 dni temu",
    "cs": "před 3 dny",
    "sk": "pred 3 dňami",
    "hu": "3 napja",
    "ro": "acum 3 zile",
    "tr": "3 gün önce",
    "ru": "3 дня назад",
    "uk": "3 дні тому",
    "el": "πριν από 3 ημέρες",
    "ja": "3日前",
    "zh": "3天前",
    "ko": "3일 전",
    "ar": "منذ 3 أيام",
}


@pytest.mark.parametrize("language", AGO)
def test_days_are_counted_back_from_the_time_of_the_page_in_plain_text(language: str) -> None:
    dates = read((AGO[language], "2026-10-04", "2026-09-05"), language)
    assert dates[0] == ("2026-11-21", DateSource.AGO)


def test_yesterday_beside_other_dates_is_one() -> None:
    dates = read(("gestern", "vor 2 Wochen", "4.10.2026", "5.9.2026"), "de")
    assert [day for day, _ in dates] == ["2026-11-23", "2026-11-10", "2026-10-04", "2026-09-05"]


@pytest.mark.parametrize(
    "text", ["7 days a week", "3 days", "in 3 days", "30 days free", "every 2 weeks", "24 hours"]
)
def test_a_span_of_time_is_not_in_the_past(text: str) -> None:
    assert read((text, "2026-10-04", "2026-09-05", "2026-08-01"), "en")[0] == ("", "")


@pytest.mark.parametrize(
    ("language", "text"), [("de", "3 Tage"), ("fr", "à 5 heures"), ("sv", "för 3 dagar")]
)
def test_a_length_says_nothing_of_the_past_in_other_languages(language: str, text: str) -> None:
    assert not ago_of(language).told_in(folded(text))


SHORT = {
    "de": ("12.11.26", "03.10.26", "30.09.26"),
    "ko": ("26.11.12", "26.10.03", "26.09.30"),
    "ja": ("R8.11.12", "令和8年10月3日", "R8.9.30"),
    "zh": ("民國115年11月12日", "民國115年10月3日", "民國115年9月30日"),
    "en": ("12 Nov '26", "3 Oct ’26", "30 Sep '26"),
    "it": ("12 nov 2026", "3 ott 2026", "30° settembre 2026"),
}


@pytest.mark.parametrize("language", SHORT)
def test_years_of_two_digits_and_of_eras_are_read_in_plain_text(language: str) -> None:
    assert [day for day, _ in read(SHORT[language], language)] == DAYS[:3]


def test_versions_and_numbers_are_no_dates() -> None:
    dates = read(("10.4.12", "4.15.0", "R8 5.6", "17.3.11"), "en")
    assert not any(day for day, _ in dates)


def test_texts_are_read_where_what_is_marked_as_dates_tells_none() -> None:
    events = "".join(f'<p class="date">Dec {day}</p>' for day in (5, 12, 19))
    news = "".join(
        f"<li><a href='/news/{n}'>A pump of some kind {n}</a> <b>4.{n}.2026</b></li>"
        for n in (9, 8, 7)
    )
    page = document(f"<html lang=de><main><div>{events}</div><ul>{news}</ul></main>")
    items = read_items(page, NOW, style("de"))
    assert [f"{item.published.at:%m-%d}" for item in items if item.published] == [
        "09-04",
        "08-04",
        "07-04",
    ]
