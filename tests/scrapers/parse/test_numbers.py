"""A number that a person points at: in the notation of the page's language, or not at all."""

import math
import time

import pytest

from audit.model.metric import Unit
from scrapers.parse.numbers import Numeral, number_of_json, parse_number

COUNT, RATE, SHARE, DAYS = Unit.COUNT, Unit.RATE, Unit.SHARE, Unit.DAYS


@pytest.mark.parametrize(
    ("text", "unit", "language", "value"),
    [
        ("12,400 customers", COUNT, "en", 12_400),
        ("12.400 Kunden", COUNT, "de", 12_400),
        ("12 400 clients", COUNT, "fr", 12_400),
        ("0 orders", COUNT, "en", 0),
        ("4.6 of 5", RATE, "en", 4.6),
        ("4,6 von 5", RATE, "de", 4.6),
        ("1.234 kg", RATE, "en", 1.234),
        ("1.234 kg", RATE, "de", 1234),
        ("1,234 kg", RATE, "ja", 1234),
        ("1,234 kg", RATE, "sv", 1.234),
        ("1.234,5", RATE, "", 1234.5),
        ("1,234.5", RATE, "", 1234.5),
        ("1.234.567", RATE, "", 1_234_567),
        ("12,34,567", RATE, "hi", 1_234_567),
        ("0,125 mm", RATE, "", 0.125),
        ("1'234.50 Franken", RATE, "de", 1234.5),
        ("−3,5 °C", RATE, "fi", -3.5),
        ("98 %", SHARE, "en", 0.98),
        ("99,95 % Verfügbarkeit", SHARE, "de", 0.9995),
        ("2,5 jours", DAYS, "fr", 2.5),
        ("14 days", DAYS, "en", 14),
        ("Lieferzeit: 14 Tage", DAYS, "de", 14),
        ("14", DAYS, "en", 14),
        ("3日", DAYS, "ja", 3),
        ("12.400 Kunden in 35 Ländern", COUNT, "de", 12_400),
        ("12,400 customers - 35 countries", COUNT, "en", 12_400),
        ("٤٬٢٠٠ عميل", COUNT, "ar", 4200),
        ("١٢٫٥", RATE, "ar", 12.5),
        ("１２，４００", RATE, "ja", 12_400),
        ("%98,5 memnuniyet", SHARE, "tr", 0.985),
        ("(-3 %)", SHARE, "en", -0.03),
        ("–4,5 Grad", RATE, "de", -4.5),
        ("customers - 5", RATE, "en", 5),
        ("Team-5", RATE, "en", 5),
        ("4.6/5", RATE, "en", 4.6),
        ("2019–2024: 500 Anlagen", COUNT, "de", 500),
        ("98 % of 500 orders", COUNT, "en", 500),
    ],
)
def test_a_number_is_read_as_the_language_writes_it(
    text: str, unit: Unit, language: str, value: float
) -> None:
    read = parse_number(text, unit, language)
    assert isinstance(read, Numeral), read
    assert read.exact
    assert math.isclose(read.value, value)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1,2 Mio. Nutzer", COUNT, 1_200_000),
        ("12.3K", COUNT, 12_300),
        ("1,000+ teams", COUNT, 1_000),
        ("2,5 milliards de vues", RATE, 2_500_000_000),
    ],
)
def test_a_number_that_the_page_rounds_is_marked(text: str, unit: Unit, value: float) -> None:
    assert parse_number(text, unit, "") == Numeral(value, exact=False)


@pytest.mark.parametrize(
    ("text", "unit", "language", "why"),
    [
        ("coming soon", COUNT, "en", "no number in “coming soon”"),
        ("bald mehr", RATE, "de", "no number in “bald mehr”"),
        ("", SHARE, "", "no number"),
        ("4,6 von 5", COUNT, "de", "`unit: rate`"),
        ("1.234 kg", RATE, "", "two ways"),
        ("98", SHARE, "en", "no percent sign"),
        ("1", SHARE, "en", "no percent sign"),
        ("0.4", SHARE, "en", "no percent sign"),
        ("0 incidents", SHARE, "en", "no percent sign"),
        ("12%–15%", SHARE, "en", "a range"),
        ("95 % – 98 %", SHARE, "de", "a range"),
        ("10 bis 20 Länder", COUNT, "de", "a range"),
        ("10 to 20 countries", RATE, "en", "a range"),
        ("de 10 à 20 pays", COUNT, "fr", "a range"),
        ("1億2000万人", RATE, "ja", "several parts"),
        ("3万5千", DAYS, "ja", "several parts"),
        ("1e6", RATE, "en", "not read"),
        ("1½ Tage", DAYS, "de", "not read"),
        ("1_000", COUNT, "en", "not read"),
        ("12 345 67", COUNT, "fr", "not read"),
        ("٩٨٫٥", COUNT, "ar", "no count"),
        ("2 weeks", DAYS, "en", "does not count days"),
        ("24 Stunden", DAYS, "de", "does not count days"),
        ("3 mois", DAYS, "fr", "does not count days"),
        ("2週間", DAYS, "ja", "does not count days"),
        ("98,5 %", DAYS, "de", "does not count days"),
        ("4 B", RATE, "tr", "two meanings"),
        ("seit 12.03.2026", RATE, "de", "a date, a version or a list"),
        ("version 1.2.3", RATE, "en", "a date, a version or a list"),
        ("-5", COUNT, "en", "no count"),
        ("−5 Kunden", COUNT, "de", "no count"),
        ("– 5", COUNT, "sv", "no count"),
        ("10–20 Länder", COUNT, "de", "a date, a time or a range"),
        ("51‑200 employees", COUNT, "en", "a date, a time or a range"),
        ("4,2-4,8 étoiles", RATE, "fr", "a date, a time or a range"),
        ("2026-10-12", RATE, "en", "a date, a time or a range"),
        ("12/10/2026", RATE, "en", "a date, a time or a range"),
        ("10:30", DAYS, "en", "a date, a time or a range"),
        ("%98", COUNT, "tr", "no count"),
        ("1,2,3,4,5,6,7,8,9,10", RATE, "en", "no number"),
        ("9999999999999999999", RATE, "en", "no number"),
    ],
)
def test_what_cannot_be_read_says_why_and_is_never_zero(
    text: str, unit: Unit, language: str, why: str
) -> None:
    read = parse_number(text, unit, language)
    assert isinstance(read, str), read
    assert why in read


@pytest.mark.parametrize(
    ("value", "unit", "read"),
    [
        (12, COUNT, 12),
        (12.0, COUNT, 12),
        ("12,400", COUNT, 12_400),
        (4.6, RATE, 4.6),
        (0.5, SHARE, 0.5),
        (0, SHARE, 0),
        (1, SHARE, 1),
        ("0.985", SHARE, 0.985),
        ("98 %", SHARE, 0.98),
    ],
)
def test_a_value_of_json_is_a_number(value: object, unit: Unit, read: float) -> None:
    assert number_of_json(value, unit) == Numeral(read)


@pytest.mark.parametrize("value", [None, True, [], {}, 4.6, -1, 1e300, float("inf"), "soon"])
def test_a_value_of_json_that_is_no_count_says_why(value: object) -> None:
    assert isinstance(number_of_json(value, COUNT), str)


def test_hostile_digits_take_no_time() -> None:
    began = time.process_time()
    for text in ("1," * 200_000, "1 " * 200_000, "9" * 400_000, "-" * 400_000):
        parse_number(text, RATE, "de")
        parse_number(text, COUNT, "de")
    # A walk over all digits for each of them would take minutes.
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    "text",
    [
        "since 1987", "Since 2004: pumps", "Est. 1911", "seit 1987", "Depuis 1987", "desde 1987", "od roku 1987",
        "Weber sedan 1987", "с 1987 года", "1987年創業", "1987'den beri", "1987 óta", "منذ 1987",
    ],
)  # fmt: skip
def test_the_year_of_a_beginning_is_no_count(text: str) -> None:
    assert "tells a year" in str(parse_number(text, Unit.COUNT, "en"))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1987 looms", 1987),
        ("1,987 since May", 1987),
        ("over 2,004 mills", 2004),
        ("ads 2015", 2015),
    ],
)
def test_a_count_may_look_like_a_year(text: str, count: int) -> None:
    numeral = parse_number(text, Unit.COUNT, "en")
    assert isinstance(numeral, Numeral)
    assert numeral.value == count


def test_a_percentage_that_is_read_as_a_count_asks_for_a_share() -> None:
    assert "`unit: share`" in str(parse_number("97,5 %", Unit.COUNT, "de"))
    assert "`unit: rate`" in str(parse_number("4,7 von 5", Unit.COUNT, "de"))
