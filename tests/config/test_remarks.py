"""Websites that are listed twice, in any spelling."""

from pathlib import Path

import pytest

from config.remarks import remarks
from tests.config.lists import loaded


@pytest.mark.parametrize(
    "other",
    [
        "https://www.acme.example/",
        "http://acme.example",
        "https://ACME.example",
        "https://acme.example.",
        "https://acme.example:443/",
        "https://acme.example/#top",
    ],
)
def test_a_website_that_is_listed_twice_is_remarked_on(tmp_path: Path, other: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "companies:\n- {name: One, website: 'https://acme.example'}\n"
        f"- {{name: Two, website: '{other}'}}\n",
        encoding="utf-8",
    )
    (line,) = remarks(loaded(path))
    assert line.startswith('"Two" has the same website as "One"')


def test_a_website_in_two_spellings_of_its_alphabet_is_one(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "companies:\n- {name: One, website: 'https://bücher.example'}\n"
        "- {name: Two, website: 'https://xn--bcher-kva.example/'}\n",
        encoding="utf-8",
    )
    assert "the same website" in remarks(loaded(path))[0]


@pytest.mark.parametrize(
    "other",
    [
        "https://acme.example/de",
        "https://de.acme.example",
        "https://acme.example:8443",
        "https://acme.example/?shop=2",
    ],
)
def test_another_part_of_a_website_is_another_website(tmp_path: Path, other: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "companies:\n- {name: One, website: 'https://acme.example'}\n"
        f"- {{name: Two, website: '{other}'}}\n",
        encoding="utf-8",
    )
    assert remarks(loaded(path)) == ()


def told(tmp_path: Path, entry: str) -> tuple[str, ...]:
    """What is said of a company with this entry, in a list with a second company."""
    path = tmp_path / "c.yaml"
    path.write_text(
        f"companies:\n- {{name: One, website: 'https://acme.example', {entry}}}\n"
        "- {name: Två, website: 'https://pump.example/sverige'}\n",
        encoding="utf-8",
    )
    return remarks(loaded(path))


@pytest.mark.parametrize(
    "entry",
    [
        "also: ['https://pump.example/sverige/']",
        "also: ['http://www.pump.example/sverige/blogg']",
        "sections: [{kind: blog, url: 'https://pump.example/sverige?part=2'}]",
        "figures: [{name: F, url: 'https://PUMP.example/sverige/om', css: b}]",
    ],
)
def test_an_address_on_the_website_of_another_company_is_remarked_on(
    tmp_path: Path, entry: str
) -> None:
    (line,) = told(tmp_path, entry)
    assert 'of "One" is on the website of "Två": is that meant?' in line


@pytest.mark.parametrize(
    "entry",
    [
        "also: ['https://pump.example/norge/']",
        "also: ['https://pump.example/sverige-nytt/']",
        "sections: [{kind: news, url: 'https://blog.pump.example/'}]",
        "figures: [{name: F, url: /sverige/, css: b}]",
    ],
)
def test_an_address_elsewhere_is_not(tmp_path: Path, entry: str) -> None:
    assert told(tmp_path, entry) == ()


@pytest.mark.parametrize(("pages", "lines"), [(2, 0), (3, 1), (9, 1)])
def test_more_pages_than_may_be_read_are_remarked_on(
    tmp_path: Path, pages: int, lines: int
) -> None:
    figures = ", ".join(f"{{name: F{n}, url: /{n}, css: b}}" for n in range(pages))
    entry = f"max_pages_per_site: 3, figures: [{figures}, {{name: G, url: /0, css: i}}]"
    said = told(tmp_path, entry)
    assert len(said) == lines
    assert all(f'"One" points at {pages} pages, and at most 3' in line for line in said)


def company(tmp_path: Path, *lines: str) -> tuple[str, ...]:
    """What is remarked on a company with these lines, which stands beside another."""
    path = tmp_path / "c.yaml"
    head = "companies:\n- name: One\n  website: https://acme.example\n"
    other = "- {name: Two, website: https://borealis.example}\n"
    body = "".join(f"  {line}\n" for line in lines)
    path.write_text(f"{head}{body}{other}", encoding="utf-8")
    return remarks(loaded(path))


def test_one_company_alone_is_remarked_on_and_two_are_not(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("companies:\n- {name: One, website: https://a.example}\n", encoding="utf-8")
    (line,) = remarks(loaded(path))
    assert line.startswith('"One" is the only company of the list')
    assert company(tmp_path) == ()


def test_further_sites_that_are_read_anyway_are_remarked_on(tmp_path: Path) -> None:
    blog = "https://blog.acme.example"
    lines = company(tmp_path, f"also: ['https://www.acme.example/', '{blog}', '{blog}/']")
    assert [line.split(" of ")[0] for line in lines] == ["https://www.acme.example/", f"{blog}/"]
    assert company(tmp_path, f"also: ['{blog}', 'https://acme.example/de/']") == ()


def test_a_persons_figure_that_stands_in_for_none_is_remarked_on(tmp_path: Path) -> None:
    figures = "figures: [{name: Customers, url: /, css: b}]"
    manual = "manual: [{measure: figure.customer, value: 3, on: 2026-10-01, by: J.}]"
    (line,) = company(tmp_path, figures, manual)
    assert "no figure of the list is figure.customer" in line
    assert "did you mean `figure.customers`?" in line
    assert company(tmp_path, figures, manual.replace("customer,", "customers,")) == ()
    assert len(company(tmp_path, manual)) == 1
