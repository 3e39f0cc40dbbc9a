"""The sheet Topics: its sentence, unknown shares, the last row."""

from collections.abc import Callable
from dataclasses import replace

from audit.compare import compare
from audit.measure.topics import FEW_POSTS
from audit.model.result import CompanyResult, Snapshot
from audit.model.topics import CompanyTopics, TopicCount
from reports.formats.xlsx.workbook import grid_of
from reports.report import Report
from reports.sheets import topics as sheet
from tests.reports import workbook_example as example


def changed(change: Callable[[CompanyResult, TopicCount], TopicCount]) -> Snapshot:
    """The example with other counts."""
    snapshot = example.snapshot()
    results = tuple(
        replace(
            each,
            topics=replace(
                each.topics, counts=tuple(change(each, count) for count in each.topics.counts)
            ),
        )
        if isinstance(each.topics, CompanyTopics)
        else each
        for each in snapshot.results
    )
    return replace(snapshot, results=results)


def rows(snapshot: Snapshot) -> list[list[object]]:
    """The values of the sheet's cells, line by line."""
    lines = grid_of(sheet.SHEET, Report(snapshot, compare(snapshot.results))).lines
    return [[cell.value if cell else None for cell in line.cells] for line in lines]


def sentence(snapshot: Snapshot) -> str:
    """The finding of the sheet."""
    table = sheet.SHEET.draw(Report(snapshot, compare(snapshot.results)))
    return "".join(text for text, _ in table.finding)


def test_without_a_sure_gap_the_commonest_topic_is_told_and_whose_posts_are_not_known() -> None:
    level = changed(lambda _, count: replace(count, posts=count.of // 10))
    assert sentence(level) == (
        "Competitors write most about Wasserstoff, in 10% of their posts; "
        "the posts of Fjord Pumpen are not known."
    )


def test_a_topic_of_one_company_alone_is_no_finding() -> None:
    one = changed(lambda each, count: count if each.company.own else replace(count, of=0, posts=0))
    assert sentence(one) == "Topics are known of Acme Pumps alone."


def test_what_one_competitor_alone_writes_about_is_not_told_of_competitors() -> None:
    """Such as its own name, of which half of its posts may be."""
    alone = changed(
        lambda each, count: replace(
            count, posts=count.of // 2 if each.company.name == "Borealis Valves" else 0
        )
    )
    assert sentence(alone) == "Of the 5 companies whose topics are known, no two share one."


def test_that_two_share_no_topic_is_said_of_those_two_and_their_posts_alone_are_counted() -> None:
    mine = {"Acme Pumps": "Case studies", "Borealis Valves": "Wasserstoff"}

    def apart(each: CompanyResult, count: TopicCount) -> TopicCount:
        name, topic = each.company.name, count.topic.name
        of = count.of if name in mine else 0
        return replace(count, of=of, posts=of // 2 if mine.get(name) == topic else 0)

    mine["Borealis Valves"] = ""
    assert sentence(changed(apart)) == "Topics are known of Acme Pumps alone."
    mine["Borealis Valves"] = "Wasserstoff"
    two = changed(apart)
    told = "Topics are known of Acme Pumps and Borealis Valves alone; they share none."
    assert sentence(two) == told
    looked_at = sum(
        each.topics.of
        for each in two.results
        if each.company.name in mine and isinstance(each.topics, CompanyTopics)
    )
    key = sheet.SHEET.draw(Report(two, compare(two.results))).key
    assert key[0].startswith(f"{looked_at} posts of the period looked at")


def test_a_topic_of_a_few_posts_is_no_finding() -> None:
    few = changed(lambda _, count: replace(count, posts=count.of // 40))
    assert (
        sentence(few)
        == "Four topics are shared, Case studies by most: five companies with two posts or more each."
    )


def test_a_company_that_writes_in_other_languages_has_no_zero() -> None:
    table = rows(example.snapshot())
    corvid = table[4].index("Corvid Flow")
    foreign = next(row for row in table if str(row[0]).startswith("Wasserstoff"))
    assert str(foreign[corvid]).startswith("?")


def test_where_no_themes_were_looked_for_nothing_is_said_to_be_on_none() -> None:
    snapshot = example.snapshot()
    few = tuple(
        replace(each, topics=replace(each.topics, undiscovered=FEW_POSTS))
        if isinstance(each.topics, CompanyTopics)
        else each
        for each in snapshot.results
    )
    table = rows(replace(snapshot, results=few))
    last = next(row for row in table if row[0] == "On no topic")
    assert all(str(value).startswith("?") for value in last[8:])
    assert "fewer than 60 posts" in str(table[2][0])


def column(snapshot: Snapshot, title: str) -> dict[str, object]:
    """The values of a column by topic; nothing where it is left out."""
    table = rows(snapshot)
    if title not in table[4]:
        return {}
    at = table[4].index(title)
    return {f"{row[0]}": row[at] for row in table[5:-1]}


def only(*names: str) -> Snapshot:
    """The example where some companies alone write in the languages of its topics."""
    return changed(
        lambda each, count: (
            count if each.company.name in names else replace(count, of=0, posts=0, examples=())
        )
    )


def test_the_posts_of_one_competitor_are_not_all_competitors() -> None:
    alone = only("Acme Pumps", "Borealis Valves")
    assert set(column(alone, "All competitors").values()) == {"one alone"}
    for title in ("Our gap", "95% between", "Reading"):
        assert column(alone, title) == {}, title
    assert "no gap: in no language" in str(rows(alone)[2][0])


def test_the_posts_of_two_competitors_are() -> None:
    two = only("Acme Pumps", "Borealis Valves", "Estuary Systems")
    assert all(isinstance(share, float) for share in column(two, "All competitors").values())
    assert any(isinstance(gap, float) for gap in column(two, "Our gap").values())
    assert "no gap" not in str(rows(two)[2][0])


def test_an_only_competitor_is_all_of_them() -> None:
    snapshot = example.snapshot()
    pair = tuple(
        each for each in snapshot.results if each.company.name in ("Acme Pumps", "Corvid Flow")
    )
    shares = column(replace(snapshot, results=pair), "All competitors")
    assert any(isinstance(share, float) for share in shares.values())
    assert not any("only" in str(share) for share in shares.values())


def test_without_topics_there_is_no_sheet() -> None:
    snapshot = example.of([example.company_result("Bora")])
    assert not sheet.SHEET.wanted(Report(snapshot, compare(snapshot.results)))
