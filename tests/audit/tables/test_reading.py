"""Tables as dashboards and suites export them, read to the right figures."""

from collections import Counter
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pytest
from openpyxl import Workbook

from audit.tables.headings import header_in, heading_of
from audit.tables.notation import DateOrder
from audit.tables.reading import mapped_by, measure_named
from audit.tables.rows import Row, TableError
from audit.tables.told import Asked
from audit.tables.whose import Lack
from config.table_words import TableField
from tests.audit.tables.examples import LINKEDIN, names, read, said, table

ACME, BOREALIS = "acmepumps.example", "borealis.example"


def test_a_long_table(tmp_path: Path) -> None:
    file = table(
        tmp_path,
        "company,channel,measure,value,on\n"
        'Acme Pumps,LinkedIn,followers,"12,400",2026-10-31\n'
        "Acme Pumps,LinkedIn,posts (last 30 days),14,2026-10-31\n"
        "Acme Pumps,LinkedIn,impressions,140000,2026-10-31\n"
        "Borealis Valves,X (Twitter),Follower,5.2K,2026-10-31\n"
        "Borealis Valves,twitter,last post,28.10.2026,2026-10-31\n",
    )
    found = read(file)
    assert said(found) == {
        (ACME, "linkedin", "2026-10-31"): {"followers": 12400, "posts": (14, 30)},
        (BOREALIS, "x", "2026-10-31"): {"followers": 5200, "last_post": "2026-10-28"},
    }
    assert found.told.aside == Counter({"impressions": 1})


def test_a_wide_table_with_a_column_a_measure(tmp_path: Path) -> None:
    file = table(
        tmp_path,
        "Name|Profile URL|Community size|Posts per week|Avg. likes per post|Reach|Date\n"
        f"whoever|{LINKEDIN}/?trk=x|1234|3|22.5|9|2026-10-31\n"
        "Borealis|twitter.com/borealis|900|2|4|9|2026-10-31\n",
    )
    found = read(file)
    assert said(found) == {
        (ACME, "linkedin", "2026-10-31"): {"followers": 1234, "posts": (3, 7), "likes": 112},
        (BOREALIS, "x", "2026-10-31"): {"followers": 900, "posts": (2, 7), "likes": 20},
    }
    assert {profile.url for profile, _ in found.settled.figures} == {
        LINKEDIN,
        "https://x.com/borealis",
    }
    assert [column.title for column in found.header.of(TableField.ASIDE)] == ["Reach"]


def test_a_german_table_with_lines_above_and_a_sum_below(tmp_path: Path) -> None:
    file = table(
        tmp_path,
        "Auswertung der Kanäle\r\nZeitraum: 01.10.2026 bis 31.10.2026\r\n\r\n"
        "Unternehmen;Netzwerk;Datum;Fans;Beiträge (30 Tage);Ø Likes pro Beitrag;Reichweite;Rate\r\n"
        "Acme Pumps;LinkedIn;31.10.2026;12.400;14;22,5;1.234.567;2,4 %\r\n"
        "Borealis;Facebook;3.10.2026;1.234;3;1.025,5;99;0,1 %\r\n"
        "Summe;;;13.634;17;;;\r\n",
        "cp1252",
    )
    found = read(file)
    assert said(found) == {
        (ACME, "linkedin", "2026-10-31"): {"followers": 12400, "posts": (14, 30), "likes": 112},
        (BOREALIS, "facebook", "2026-10-03"): {"followers": 1234, "posts": (3, 30), "likes": 5128},
    }
    assert (found.header.number, found.told.sums, found.told.refused) == (4, 1, [])


def test_a_column_for_each_company_and_one_for_each_network(tmp_path: Path) -> None:
    companies = "Followers on LinkedIn\n\nDate\tAcme Pumps\tBorealis\n10/13/2026\t12,400\t5,200\n"
    assert said(read(table(tmp_path, companies, "utf-16"))) == {
        (ACME, "linkedin", "2026-10-13"): {"followers": 12400},
        (BOREALIS, "linkedin", "2026-10-13"): {"followers": 5200},
    }
    networks = "\ufeffCompany;LinkedIn;Insta\nAcme Pumps;12.400;1,2k\nBorealis;-;7\n"
    asked = Asked(measure=TableField.FOLLOWERS, on=date(2026, 10, 31))
    assert said(read(table(tmp_path, networks), asked)) == {
        (ACME, "linkedin", "2026-10-31"): {"followers": 12400},
        (ACME, "instagram", "2026-10-31"): {"followers": 1200},
        (BOREALIS, "instagram", "2026-10-31"): {"followers": 7},
    }


def test_the_export_of_one_page_as_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Exported by somebody"])
    sheet = book.create_sheet("Metrics")
    for row in (
        ["Updates of your page"],
        [],
        ["Date", "Total followers", "New followers (organic)", "Posts", "Reactions"],
        [datetime(2026, 10, 29), 12400, 3, 1, 20],  # noqa: DTZ001 - cells have no zone
        [datetime(2026, 10, 30), 12403, 3, 0, 0],  # noqa: DTZ001
        [datetime(2026, 10, 31), 12406, 3, 2, 10],  # noqa: DTZ001
    ):
        sheet.append(row)
    book.save(tmp_path / "page.xlsx")
    found = read(tmp_path / "page.xlsx", Asked(company=ACME, channel="linkedin"))
    assert said(found) == {
        (ACME, "linkedin", "2026-10-31"): {
            "followers": 12406,
            "posts": (3, 3),
            "likes": 50,
            "last_post": "2026-10-31",
        }
    }
    assert found.place(6) == "page.xlsx, Metrics, row 6"


def _followers_by_day(folder: Path, title: str, *others: str) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.append(["Date", *others, "Total followers"])
    for day, number in ((29, 4), (30, 0), (31, 7)):
        sheet.append([f"2026-10-{day}", *[number for _ in others], number])
    book.save(folder / "page.xlsx")
    return folder / "page.xlsx"


@pytest.mark.parametrize(
    ("title", "others"),
    [("New followers", ()), ("Neue Abonnenten", ()), ("Export", ("Organic followers",))],
)
def test_new_followers_of_each_day_are_not_taken_for_all_of_them(
    tmp_path: Path, title: str, others: tuple[str, ...]
) -> None:
    file, asked = _followers_by_day(tmp_path, title, *others), Asked(company=ACME, channel="xing")
    with pytest.raises(TableError, match="“Total followers” counts new followers of each day"):
        read(file, asked)
    told = read(file, asked, mapped_by(["Total followers=followers"]))
    assert said(told)[ACME, "xing", "2026-10-31"] == {"followers": 7}


def test_followers_of_each_place_beside_new_ones_are_not_taken_either(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].title = "New followers"
    book.worksheets[0].append(["Date", "Total followers"])
    book.worksheets[0].append(["2026-10-29", 4])
    book.create_sheet("Location").append(["Location", "Total followers"])
    book.save(tmp_path / "page.xlsx")
    with pytest.raises(TableError, match="counts new followers of each day"):
        read(tmp_path / "page.xlsx", Asked(company=ACME, channel="xing", on=date(2026, 10, 29)))


def test_an_average_of_posts_is_no_number_of_posts(tmp_path: Path) -> None:
    text = "Company,Network,Date,Posts per week\nAcme Pumps,XING,2026-10-31,1.5\n"
    (refused,) = read(table(tmp_path, text)).told.refused
    assert refused.words.startswith("posts are counted whole")


def test_new_followers_beside_all_of_them_change_nothing(tmp_path: Path) -> None:
    file = _followers_by_day(tmp_path, "Followers", "New followers", "New followers (organic)")
    assert said(read(file, Asked(company=ACME, channel="xing"))) == {
        (ACME, "xing", "2026-10-31"): {"followers": 7}
    }


def test_a_japanese_and_a_polish_table_in_their_old_encodings(tmp_path: Path) -> None:
    japanese = (
        "会社名,プラットフォーム,日付,フォロワー数\nAcme Pumps,Instagram,2026年10月31日,1.2万\n"
    )
    assert said(read(table(tmp_path, japanese, "cp932"))) == {
        (ACME, "instagram", "2026-10-31"): {"followers": 12000}
    }
    polish = "Firma;Sieć;Data;Obserwujący;Zasięg\nAcme Pumps;LinkedIn;31.10.2026;12 400;5\n"
    assert said(read(table(tmp_path, polish, "cp1250"))) == {
        (ACME, "linkedin", "2026-10-31"): {"followers": 12400}
    }


def test_what_is_not_right_is_refused_by_row_and_the_rest_is_taken(tmp_path: Path) -> None:
    file = table(
        tmp_path,
        "company,channel,followers,on\n"
        "Acme Pumps,LinkedIn,lots,2026-10-31\n"
        "Acme Pumps,Facebook,-5,2026-10-31\n"
        "Acme Pumps,Instagram,12 %,2026-10-31\n"
        "Acme Pumps,TikTok,12,2027-10-31\n"
        "Acme Pumps,X,12,2026-10-31\n"
        "Acme Pumps,X,13,2026-10-31\n"
        "Granite,X,13,2026-10-31\n"
        "Acme Pumps,Blog,13,2026-10-31\n"
        "Acme Pumps,YouTube,13,\n",
    )
    found = read(file)
    assert said(found) == {(ACME, "x", "2026-10-31"): {"followers": 12}}
    assert [each.place for each in found.told.refused] == [
        "row 2, followers",
        "row 3, followers",
        "row 4, followers",
        "row 5, on",
        "row 7, followers",
    ]
    assert found.told.refused[0].sentence == (
        'row 2, followers says "lots": write a number such as 12400.'
    )
    strangers = {(each.lack, each.text) for each in found.told.strangers}
    assert strangers == {(Lack.COMPANY, "Granite"), (Lack.CHANNEL, "Blog"), (Lack.DAY, "")}


def test_a_company_is_known_by_its_website_and_its_profile_by_handle_and_name(
    tmp_path: Path,
) -> None:
    text = (
        "account,network,followers,on\n"
        "www.acmepumps.example/en/about?x=1,X,1,2026-10-31\n"
        "https://borealis.example,X,2,2026-10-31\n"
        "@acme-pumps,LinkedIn,3,2026-10-31\n"
        "other.example,X,4,2026-10-31\n"
        "@somebody,X,5,2026-10-31\n"
    )
    found = read(table(tmp_path, text))
    assert said(found) == {
        (ACME, "x", "2026-10-31"): {"followers": 1},
        (BOREALIS, "x", "2026-10-31"): {"followers": 2},
        (ACME, "linkedin", "2026-10-31"): {"followers": 3},
    }
    strangers = {each.text for each in found.told.strangers}
    assert strangers == {"other.example", "@somebody"}


def test_cells_of_all_kinds_are_refused_or_read_and_never_break(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["company", "channel", "followers", "on"])
    odd = (10**30, -3, True, 1e300, 2.5, clock(3), timedelta(days=3), "9" * 30_000, "1e309", "½")
    for value in odd:
        sheet.append(["Acme Pumps", "X", value, date(2026, 10, 31)])
    for day in (clock(3), "2026-W99", 99999, -1, 1e300, "31.02.2026"):
        sheet.append(["Acme Pumps", "X", 5, day])
    sheet.append(["Acme Pumps", "X", 5, date(2026, 10, 31)])
    book.save(tmp_path / "odd.xlsx")
    found = read(tmp_path / "odd.xlsx")
    assert said(found) == {(ACME, "x", "2026-10-31"): {"followers": 5}}
    assert len(found.told.refused) == len(odd) + 6


def test_a_row_that_tells_of_two_companies_at_once_is_not_guessed(tmp_path: Path) -> None:
    text = f"company,url,followers,on\nBorealis,{LINKEDIN},12,2026-10-31\n"
    found = read(table(tmp_path, text))
    assert [each.lack for each in found.told.strangers] == [Lack.CLASH]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("channel,followers,on\nX,1,2026-10-31\n", "--company"),
        ("company,followers,on\nAcme Pumps,1,2026-10-31\n", "--channel"),
        ("company,channel,followers\nAcme Pumps,X,1\n", "--on"),
        ("company,X,Facebook,on\nAcme Pumps,1,2,2026-10-31\n", "--measure"),
        ("company,channel,followers,on\nAcme Pumps,X,1,03/04/2026\n", "--dates"),
        ("company,channel,foo,on\nAcme Pumps,X,1,2026-10-31\n", "--map"),
        ("a,b\n1,2\n", '--map "b=followers"'),
        ("company,channel,on,followers\nAcme Pumps,X,2026-10-31,12,400\n", "row 2 has more"),
    ],
)
def test_what_is_not_clear_is_asked(tmp_path: Path, text: str, question: str) -> None:
    with pytest.raises(TableError, match=question):
        read(table(tmp_path, text))


def test_what_a_person_says_of_columns_and_days_holds(tmp_path: Path) -> None:
    text = "company,channel,Crowd,Followers,on\nAcme Pumps,X,1,2,03/04/2026\n"
    mapped = mapped_by(["Crowd=Follower", "Followers=nothing"])
    for order, day in ((DateOrder.DAY_FIRST, "2026-04-03"), (DateOrder.MONTH_FIRST, "2026-03-04")):
        found = read(table(tmp_path, text), Asked(order=order), mapped)
        assert said(found) == {(ACME, "x", day): {"followers": 1}}
    with pytest.raises(TableError, match="did you mean `Crowd`"):
        read(table(tmp_path, text), Asked(order=DateOrder.DAY_FIRST), mapped_by(["crowds=posts"]))
    for wrong in ("Crowd", "=posts", "Crowd=folowers"):
        with pytest.raises(TableError, match="--map"):
            mapped_by([wrong])
    assert measure_named("Abonnenten") is TableField.FOLLOWERS
    with pytest.raises(TableError, match="--measure"):
        measure_named("reach")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"%PDF-1.7", "is a PDF"),
        (b"<html><table>", "is a web page"),
        (b"PK\x03\x04 and nothing", "damaged"),
        (bytes(range(256)) * 20, "is no table"),
        (b'company,channel,followers,on\nA,X,"' + b"9" * 200_000, "quotation mark"),
    ],
)
def test_what_is_no_table_is_said(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(content)
    with pytest.raises(TableError, match=words):
        read(file)


def test_a_list_or_a_folder_in_the_place_of_the_table_is_said(tmp_path: Path) -> None:
    for file, words in (
        (table(tmp_path, "companies: []", name="competitors.yaml"), "name the table before it"),
        (tmp_path, "is a folder"),
        (tmp_path / "none.csv", "check the name"),
    ):
        with pytest.raises(TableError, match=words):
            read(file)


@pytest.mark.parametrize(
    ("heading", "field", "channel", "days"),
    [
        ("Total followers", TableField.FOLLOWERS, "", None),
        ("Instagram Followers", TableField.FOLLOWERS, "instagram", None),
        ("Facebook Page Likes", TableField.FOLLOWERS, "facebook", None),
        ("Posts (last 28 days)", TableField.POSTS, "", 28),
        ("Published posts per month", TableField.POSTS, "", 30),
        ("Beiträge pro Woche", TableField.POSTS, "", 7),
        ("New followers", TableField.ASIDE, "", None),
        ("Follower growth", TableField.ASIDE, "", None),
        ("Follower +/-", TableField.ASIDE, "", None),
        ("Followers last year", None, "", None),
        ("Engagement rate by followers", TableField.ASIDE, "", None),
        ("Followers %", TableField.ASIDE, "", None),
        ("Average followers", TableField.ASIDE, "", None),
        ("Video views", TableField.ASIDE, "", None),
        ("Lifetime Total Likes", TableField.FOLLOWERS, "", None),
        ("Lifetime posts", TableField.ASIDE, "", None),
        ("Max reach", TableField.ASIDE, "", None),
        ("Colour", None, "", None),
    ],
)
def test_a_heading_is_taken_apart(
    heading: str, field: TableField | None, channel: str, days: int | None
) -> None:
    found = heading_of(heading, names())
    assert (found.field, found.channel, found.days) == (field, channel, days)


def test_the_days_that_a_row_covers_stand_in_a_column_or_begin_with_a_day(tmp_path: Path) -> None:
    rows = "".join(
        f"Acme Pumps,{network},9,{days},{start},2026-10-31\n"
        for network, days, start in (
            ("X", "28", ""),
            ("LinkedIn", "last 7 days", ""),
            ("Facebook", "monthly", ""),
            ("Instagram", "", "2026-10-22"),
            ("YouTube", "9" * 5_000, ""),
        )
    )
    found = read(table(tmp_path, f"company,channel,posts,days,start date,on\n{rows}"))
    told = {platform: each["posts"] for (_, platform, _), each in said(found).items()}
    expected = {"x": (9, 28), "linkedin": (9, 7), "facebook": (9, 30), "instagram": (9, 10)}
    assert told == expected
    assert found.settled.without_days == 1


def test_a_column_headed_by_a_name_alone_is_no_figure_beside_others() -> None:
    rows = [Row(1, ("Company", "Followers", "Note"))]
    header = header_in(rows, names(), {})
    assert header is not None
    assert [column.field for column in header.columns][-1] is None
