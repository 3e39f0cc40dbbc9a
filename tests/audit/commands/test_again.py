"""`audit report`: an earlier run, in the look that the list asks for today."""

from pathlib import Path

from audit.commands.again import report_again
from tests.audit.exports import kept
from tests.audit.store.examples import LIST

_COMPANIES = "".join(
    f"- {{name: {each.name}, website: '{each.website}'}}\n" for each in LIST.companies
)


def test_a_report_has_the_foot_that_the_list_asks_for_today(tmp_path: Path) -> None:
    data, file, page = tmp_path / "audit-data", tmp_path / "competitors.yaml", tmp_path / "o.html"
    kept(data, "r1")
    file.write_text(f"companies:\n{_COMPANIES}report: {{footer: 'Ours, of today'}}\n", "utf-8")
    report_again(file, None, None, page, "html", data)
    assert "Ours, of today" in page.read_text("utf-8")
