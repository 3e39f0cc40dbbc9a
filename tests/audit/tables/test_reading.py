"""Tables as dashboards and suites export them, read to the right figures."""

import zipfile
from collections import Counter
from datetime import date, datetime, timedelta
from datetime import time as clock
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from audit.tables.figures import TableHints
from audit.tables.headings import header_in, heading_of
from audit.tables.notation import DateOrder
from audit.tables.reading import mapped_by, measure_named
from audit.tables.rows import TableError, TableRow
from audit.tables.whose import Lack
from audit.tables.workbook import _behind_rows
from config.table_words import TableField
from tests.audit.tables.examples import LINKEDIN, TODAY, names, read, read_sheets, said, table

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
    assert found.figures.aside == Counter({"impressions": 1})


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
    assert {profile.url for profile, _ in found.by_period.figures} == {
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
    assert (found.header.number, found.figures.sums, found.figures.refused) == (4, 1, [])


def test_a_column_for_each_company_and_one_for_each_network(tmp_path: Path) -> None:
    companies = "Followers on LinkedIn\n\nDate\tAcme Pumps\tBorealis\n10/13/2026\t12,400\t5,200\n"
    assert said(read(table(tmp_path, companies, "utf-16"))) == {
        (ACME, "linkedin", "2026-10-13"): {"followers": 12400},
        (BOREALIS, "linkedin", "2026-10-13"): {"followers": 5200},
    }
    networks = "\ufeffCompany;LinkedIn;Insta\nAcme Pumps;12.400;1,2k\nBorealis;-;7\n"
    asked = TableHints(measure=TableField.FOLLOWERS, on=date(2026, 10, 31))
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
    found = read(tmp_path / "page.xlsx", TableHints(company=ACME, channel="linkedin"))
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
    file, asked = (
        _followers_by_day(tmp_path, title, *others),
        TableHints(company=ACME, channel="xing"),
    )
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
        read(
            tmp_path / "page.xlsx", TableHints(company=ACME, channel="xing", on=date(2026, 10, 29))
        )


def test_an_average_of_posts_is_no_number_of_posts(tmp_path: Path) -> None:
    text = "Company,Network,Date,Posts per week\nAcme Pumps,XING,2026-10-31,1.5\n"
    (refused,) = read(table(tmp_path, text)).figures.refused
    assert refused.words.startswith("posts are counted whole")


def test_new_followers_beside_all_of_them_change_nothing(tmp_path: Path) -> None:
    file = _followers_by_day(tmp_path, "Followers", "New followers", "New followers (organic)")
    assert said(read(file, TableHints(company=ACME, channel="xing"))) == {
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
    assert [each.place for each in found.figures.refused] == [
        "row 2, followers",
        "row 3, followers",
        "row 4, followers",
        "row 5, on",
        "row 7, followers",
    ]
    assert found.figures.refused[0].sentence == (
        'row 2, followers says "lots": write a number such as 12400.'
    )
    strangers = {(each.lack, each.text) for each in found.figures.strangers}
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
    strangers = {each.text for each in found.figures.strangers}
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
    assert len(found.figures.refused) == len(odd) + 6


def test_a_row_that_tells_of_two_companies_at_once_is_not_guessed(tmp_path: Path) -> None:
    text = f"company,url,followers,on\nBorealis,{LINKEDIN},12,2026-10-31\n"
    found = read(table(tmp_path, text))
    assert [each.lack for each in found.figures.strangers] == [Lack.CLASH]


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
        found = read(table(tmp_path, text), TableHints(order=order), mapped)
        assert said(found) == {(ACME, "x", day): {"followers": 1}}
    with pytest.raises(TableError, match="did you mean `Crowd`"):
        read(
            table(tmp_path, text),
            TableHints(order=DateOrder.DAY_FIRST),
            mapped_by(["crowds=posts"]),
        )
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
    assert found.by_period.without_days == 1


def test_a_column_headed_by_a_name_alone_is_no_figure_beside_others() -> None:
    rows = [TableRow(1, ("Company", "Followers", "Note"))]
    header = header_in(rows, names(), {})
    assert header is not None
    assert [column.field for column in header.columns][-1] is None


def monthly(folder: Path, *names: str, day: bool = False) -> Path:
    """A workbook with a sheet for each month."""
    book = Workbook()
    book.remove(book["Sheet"])
    for number, name in enumerate(names, 1):
        sheet = book.create_sheet(name)
        sheet.append(("Company", "Channel", "Followers", *(("Date",) if day else ())))
        on = (datetime(2026, number, 28),) if day else ()  # noqa: DTZ001 - as spreadsheets have it
        sheet.append(("Acme Pumps", "LinkedIn", 10 * number, *on))
    file = folder / "monthly.xlsx"
    book.save(file)
    return file


def test_a_sheet_for_each_month_is_read_whole(tmp_path: Path) -> None:
    tables = read_sheets(monthly(tmp_path, "a", "b", "c", day=True))
    assert [each.sheet for each in tables] == ["a", "b", "c"]
    assert [list(said(each).values()) for each in tables] == [
        [{"followers": 10}],
        [{"followers": 20}],
        [{"followers": 30}],
    ]
    assert tables[1].place(2) == "monthly.xlsx, b, row 2"


def test_the_name_of_a_sheet_tells_its_month(tmp_path: Path) -> None:
    tables = read_sheets(monthly(tmp_path, "August 2026", "Sept. 2026", "2026-10", "Nov 2026"))
    days = [day for each in tables for _, _, day in said(each)]
    assert days == ["2026-08-31", "2026-09-30", "2026-10-31", f"{TODAY}"]
    with pytest.raises(TableError, match="of which day"):
        read_sheets(monthly(tmp_path, "Report 12345"))


def test_a_sheet_with_other_columns_is_named_and_not_read(tmp_path: Path) -> None:
    file = monthly(tmp_path, "a", "b", day=True)
    book = load_workbook(file)
    other = book.create_sheet("Reactions")
    other.append(("Company", "Channel", "Likes per post", "Date"))
    other.append(("Acme Pumps", "LinkedIn", 5, "2026-10-31"))
    book.create_sheet("Remarks").append(("all by hand",))
    book.save(file)
    tables = read_sheets(file)
    assert [each.sheet for each in tables] == ["a", "b"]
    assert tables[0].unread == ("Reactions",)


def test_names_above_groups_of_columns_tell_whose_they_are(tmp_path: Path) -> None:
    text = (
        ",,LinkedIn,,Instagram,\n"
        "Company,Date,Followers,Posts (30 days),Followers,Posts (30 days)\n"
        "Acme Pumps,2026-10-31,100,3,200,4\n"
    )
    assert said(read(table(tmp_path, text))) == {
        ("acmepumps.example", "linkedin", "2026-10-31"): {"followers": 100, "posts": (3, 30)},
        ("acmepumps.example", "instagram", "2026-10-31"): {"followers": 200, "posts": (4, 30)},
    }
    of_companies = (
        ",,Acme Pumps,,Borealis\nDate,Channel,Followers,Likes per post,Followers\n"
        "2026-10-31,LinkedIn,100,3,10\n"
    )
    assert said(read(table(tmp_path, of_companies))) == {
        ("acmepumps.example", "linkedin", "2026-10-31"): {"followers": 100, "likes": 15},
        ("borealis.example", "linkedin", "2026-10-31"): {"followers": 10},
    }


def test_a_merged_cell_tells_each_row_that_it_covers(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Data", 0)
    for row in (
        ("Company", "Channel", "Date", "Followers"),
        ("Acme Pumps", "LinkedIn", "2026-10-31", 100),
        (None, "Instagram", "2026-10-31", 200),
        (None, "Facebook", "2026-10-31", 300),
        ("Borealis", "LinkedIn", "2026-10-31", 10),
        (None, "Instagram", "2026-10-31", 20),
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A4")
    file = tmp_path / "merged.xlsx"
    book.save(file)
    told = read(file)
    assert [(company, platform) for company, platform, _ in said(told)] == [
        ("acmepumps.example", "linkedin"),
        ("acmepumps.example", "instagram"),
        ("acmepumps.example", "facebook"),
        ("borealis.example", "linkedin"),
    ]
    # What is empty and not merged belongs to nobody.
    assert sum(told.figures.strangers.values()) == 1


def test_what_follows_the_rows_is_found_wherever_a_chunk_ends() -> None:
    for length in ((1 << 20) - 5, (1 << 20) + 3, 10, 2 << 20):
        content = BytesIO(b"x" * length + b"</x:sheetData>" + b"y" * 40)
        assert _behind_rows(content) == b"y" * 40
    assert _behind_rows(BytesIO(b"x" * 100)) == b""


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', "is XML"),
        ("a.json", b' {"followers": 3}', "is JSON"),
    ],
)
def test_a_file_of_another_kind_is_named_by_its_kind(
    name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TableError, match=words):
        read(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "part", "words"),
    [
        ("a.numbers", "Index/Document.iwa", "of the kind .numbers"),
        ("a.numbers", "Index.zip", "of the kind .numbers"),
        ("a.csv", "xl/workbook.xml", "give a copy of it a name with .xlsx"),
    ],
)
def test_a_packed_file_of_another_program_or_name_is_told(
    name: str, part: str, words: str, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as packed:
        packed.writestr(part, "x")
    with pytest.raises(TableError, match=words):
        read(tmp_path / name)
