"""The list of companies gives its answers from what a person wrote."""

from pathlib import Path

from audit.model.company import Company, Competitors


def test_the_own_company_comes_first_whatever_the_order_of_the_file() -> None:
    ours = Company(name="Us", website="https://us.example", own=True)
    first, second = (Company(name=name, website=f"https://{name}.example") for name in "BA")
    listed = Competitors(path=Path("c.yaml"), companies=(first, ours, second))
    assert listed.in_order == (ours, first, second)
