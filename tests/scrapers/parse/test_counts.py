"""Counts as platforms show them, in the habits of many languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.parse.counts import Counted, parse_count

EXACT = [
    ("0", 0),
    ("0 followers", 0),
    ("337 videos", 337),
    ("5,750 followers", 5_750),
    ("2,362 Followers, 136 Following, 224 Posts", 2_362),
    ("2 805 members", 2_805),
    ("5 012 subscribers", 5_012),
    ("2\u00a0805 members", 2_805),
    ("2\u202f805 abonnés", 2_805),
    ("2\u2009805 Abonnenten", 2_805),
    ("1,234,567", 1_234_567),
    ("1.234.567", 1_234_567),
    ("1 234 567", 1_234_567),
    ("1'234", 1_234),
    ("1’234’567", 1_234_567),
    ("12,34,567 सब्सक्राइबर", 1_234_567),
    ("1.234 followers", 1_234),
    ("1,234 followers", 1_234),
    ("12 members, 3 online", 12),
    ("12members", 12),
    ("Followers:12", 12),
    ("粉丝12", 12),
    ("١٢٣ متابع", 123),
    ("١٬٢٣٤", 1_234),
    ("۱۲۳۴", 1_234),
    ("१२,३४,५६७", 1_234_567),
    ("１２３", 123),
    ("12 e 30", 12),
    ("12 Mi piace", 12),
    ("1.234 Mi piace", 1_234),
    ("1.234.567 Mi piace", 1_234_567),
    ("5 months", 5),
    ("7 banner", 7),
    ("3 Mitglieder", 3),
    ("9 members", 9),
    ("on 2024-11-05 there were 12", 12),
    ("from 51–200 to 300 employees", 300),
    ("340 videoer", 340),
    ("12 fans like this", 12),
    ("12 posts. Then more", 12),
    ("12 d'abonnés", 12),
    ("12 लाइक", 12),
    ("12명", 12),
    ("12 人", 12),
    ("１，２３４人", 1_234),
    ("٣٬٤٥٦ متابع", 3_456),
    ("۱۲٬۳۴۵ دنبال‌کننده", 12_345),
]
ROUNDED = [
    ("12.3K", 12_300),
    ("12.3k", 12_300),
    ("1,2 mi de inscritos", 1_200_000),
    ("1,2 mi pi", 1_200_000),
    ("~1.200 Follower", 1_200),
    ("> 10,000", 10_000),
    ("25m subscribers", 25_000_000),
    ("783.4K Followers", 783_400),
    ("3.9M Likes", 3_900_000),
    ("1.2B", 1_200_000_000),
    ("1,000+", 1_000),
    ("1B+ Downloads", 1_000_000_000),
    ("500K+", 500_000),
    ("1.234M", 1_234_000),
    ("4,69\u00a0M de suscriptores", 4_690_000),
    ("4.69M", 4_690_000),
    ("12,3\u00a0k abonnés", 12_300),
    ("12 mil", 12_000),
    ("1,2 mil millones", 1_200_000_000),
    ("1,2\u00a0mil\u00a0M de visualizaciones", 1_200_000_000),
    ("1,5 mi de inscritos", 1_500_000),
    ("3 milhões", 3_000_000),
    ("1,2 Mio.", 1_200_000),
    ("1,2 Mio. Abonnenten", 1_200_000),
    ("12 Tsd. Aufrufe", 12_000),
    ("1 Mrd.", 1_000_000_000),
    ("1,2 Mln iscritti", 1_200_000),
    ("12,3 tys. subskrybentów", 12_300),
    ("1,2 mil. odběratelů", 1_200_000),
    ("1,2 млн подписчиков", 1_200_000),
    ("12,3 тыс. подписчиков", 12_300),
    ("1,2\u00a0Mn abone", 1_200_000),
    ("12 bin abone", 12_000),
    ("12,3 rb pengikut", 12_300),
    ("1,2 jt pengikut", 1_200_000),
    ("12,3 N người đăng ký", 12_300),
    ("1.2万", 12_000),
    ("1.2万位订阅者", 12_000),
    ("3億回", 300_000_000),
    ("3千万", 30_000_000),
    ("1.2만명", 12_000),
    ("1.2 ล้านคน", 1_200_000),
    ("1.2 แสน", 120_000),
    ("1.2 लाख", 120_000),
    ("1.2 करोड़", 12_000_000),
    ("3.5 lakh", 350_000),
    ("١٫٢ مليون", 1_200_000),
    ("12 ألف", 12_000),
    ("5 million+ users", 5_000_000),
    ("12 t følgere", 12_000),
    ("12 t. tilaajaa", 12_000),
    ("12 tn prenumeranter", 12_000),
    ("1,2 tuh. sledilcev", 1_200),
    ("12 хил. последователи", 12_000),
    ("12 хиљ. пратилаца", 12_000),
    ("12 þ. áskrifendur", 12_000),
    ("12 ezer feliratkozó", 12_000),
    ("12 χιλιάδες ακόλουθοι", 12_000),
    ("12 هزار دنبال‌کننده", 12_000),
    ("۱٫۲ میلیون", 1_200_000),
    ("12 ہزار فالوورز", 12_000),
    ("১২ হাজার", 12_000),
    ("12 ஆயிரம் பின்தொடர்பவர்கள்", 12_000),
    ("१.२ हज़ार", 1_200),
    ("1.2L followers", 120_000),
    ("1.2 Cr", 12_000_000),
    ("１．２万", 12_000),
    ("１．２Ｋ", 1_200),
    ("1億2345万", 123_450_000),
    ("1만 2천명", 12_000),
    ("1,2 milyar izlenme", 1_200_000_000),
]
NONE = [
    "",
    "no digits",
    "1.2 followers",
    "4.5 stars",
    "0.123",
    "45% more",
    "45 % mehr",
    "2024-11-05",
    "05.11.2024",
    "5/11/2024",
    "12:30",
    "192.168.1.1",
    "51-200 employees",
    "51–200 Mitarbeitende",
    "10‑20 länder",
    "1,000–5,000",
    "%98",
    "٪٩٨",
    "1,000-5,000",
    "9" * 5_000,
    "4915112345678901",
    "12,3 B abone",
    "12e édition",
    "12 xyz followers",
    "12 xyz. following",
    "12 xyzzy. ikuti",
    "12x подписчиков",
    "12 αβγ ακόλουθοι",
    "12 x",
    "8 m",
    "12 min abunəçi",
    "999999999 B",
    "999999999999 billion",
]


@pytest.mark.parametrize(("text", "value"), EXACT)
def test_a_full_number_is_exact(text: str, value: int) -> None:
    assert parse_count(text) == Counted(value, exact=True)


@pytest.mark.parametrize(("text", "value"), ROUNDED)
def test_a_unit_or_a_plus_sign_rounds(text: str, value: int) -> None:
    assert parse_count(text) == Counted(value, exact=False)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_count_is_none(text: str) -> None:
    assert parse_count(text) is None


@pytest.mark.parametrize("text", ["+1 (555) 010-9999", "0049 151 123456", "020 7946 0018"])
def test_a_telephone_number_does_no_harm(text: str) -> None:
    count = parse_count(text)
    assert count is None or count.value < 10**15


SIGNS = "0123456789.,'’ \u00a0\u202f+-/:%kKmMbBNE万億ล้านmilMio.İſ٠١٫٬"


@given(st.text() | st.text(alphabet=SIGNS) | st.from_regex(r"\A[0-9]{1,3}([.,' ][0-9]{2,3}){0,40}"))
def test_any_text_is_a_count_or_none(text: str) -> None:
    count = parse_count(text)
    assert count is None or 0 <= count.value < 10**15


@given(
    st.integers(0, 10**14),
    st.sampled_from([",", ".", " ", "\u00a0", "\u202f", "\u2009", "'", "’", "٬", ""]),
    st.sampled_from(["", " followers", "\u00a0abonnés", "名", "."]),
)
def test_a_number_survives_being_written_in_groups(value: int, mark: str, noun: str) -> None:
    text = f"{value:,}".replace(",", mark) + noun
    assert parse_count(text) == Counted(value, exact=True)


@given(st.integers(1_000, 10**12))
def test_a_number_survives_being_written_in_indian_groups(value: int) -> None:
    head, tail = divmod(value, 1_000)
    pairs: list[str] = []
    while head:
        head, pair = divmod(head, 100)
        pairs.append(f"{pair:02}" if head else str(pair))
    text = ",".join([*reversed(pairs), f"{tail:03}"])
    assert parse_count(text) == Counted(value, exact=True)


UNITS = {
    1_000: ("K", "k", " mil", " Tsd.", " тыс.", " tys.", "\u00a0rb"),
    1_000_000: ("M", "m", "\u00a0M", " Mio.", " млн", " mln", " jt"),
    1_000_000_000: ("B", "b", " Mrd.", " mld", " mil millones"),
}


@given(
    st.integers(10, 9_999),
    st.sampled_from([(size, unit) for size, units in UNITS.items() for unit in units]),
    st.sampled_from(".,"),
)
def test_a_rounded_number_survives_in_several_languages(
    tenths: int, unit: tuple[int, str], mark: str
) -> None:
    size, word = unit
    text = f"{tenths // 10}{mark}{tenths % 10}{word} followers"
    assert parse_count(text) == Counted(tenths * size // 10, exact=False)


@given(st.integers(0, 10**9), st.sampled_from(["\u0660", "\u06f0", "\u0966", "\u0e50", "\uff10"]))
def test_digits_of_any_script_are_read(value: int, zero: str) -> None:
    text = "".join(chr(ord(zero) + int(digit)) for digit in str(value))
    assert parse_count(text) == Counted(value, exact=True)
