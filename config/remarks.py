"""What looks like a slip in a list that is right: said, and not refused."""

from collections.abc import Iterator

from audit.model.company import Company, Competitors
from config.checks import nearest, website_key
from config.looks import colour_remarks
from config.starter import EXAMPLES


def remarks(competitors: Competitors) -> tuple[str, ...]:
    """Say what a person may not have meant, a line for each."""
    most = competitors.settings.max_pages_per_site
    return (
        *_untouched(competitors),
        *_twice(competitors),
        *(line for each in competitors.companies for line in _abroad(each, competitors)),
        *(line for each in competitors.companies for line in _too_many(each, most)),
        *(line for each in competitors.companies for line in _known_sites(each)),
        *_no_figures(competitors),
        *_nobodys_kpis(competitors),
        *_alone(competitors),
        *colour_remarks(competitors.brand),
    )


def _untouched(competitors: Competitors) -> Iterator[str]:
    """Say of websites that stand in the example of `audit init` that they are nobody's."""
    examples = {website_key(url) for url in EXAMPLES}
    left = [each for each in competitors.companies if website_key(each.website) in examples]
    if left:
        names = " and ".join(f'"{company.name}"' for company in left)
        verb = "is" if len(left) == 1 else "are"
        yield f"{names} {verb} still the example of audit init: put your companies in its place."


def _alone(competitors: Competitors) -> Iterator[str]:
    """Say of a company that stands alone what cannot be told of it."""
    if len(competitors.companies) == 1:
        yield (
            f'"{competitors.companies[0].name}" is the only company of the list: there is nothing '
            "to compare it with; list three competitors or more."
        )


def _twice(competitors: Competitors) -> Iterator[str]:
    """Say of each company that has the website of one above it; one line a company.

    Brands of one company can share a website; their rows will then be the same.
    """
    first: dict[str, str] = {}
    for company in competitors.companies:
        other = first.setdefault(website_key(company.website), company.name)
        if other != company.name:
            yield (
                f'"{company.name}" has the same website as "{other}" ({company.website}): '
                "is that meant? Both rows will show the same."
            )


def _known_sites(company: Company) -> Iterator[str]:
    """Say of each further site of a company that it is its website, or named above already."""
    known = {website_key(company.website)}
    for url in company.also:
        if (key := website_key(url)) in known:
            yield f'{url} of "{company.name}" is read already: its line under also changes nothing.'
        known.add(key)


def _no_figures(competitors: Competitors) -> Iterator[str]:
    """Say of a person's figures which of them stand in for none of the list."""
    known = {figure.metric for each in competitors.companies for figure in each.figures}
    for company in competitors.companies:
        for line in company.manual:
            if line.measure.startswith("figure.") and line.measure not in known:
                near = nearest(line.measure, tuple(sorted(known)))
                yield f"{line.place}: no figure of the list is {line.measure}; {near}".rstrip("; ")


def _nobodys_kpis(competitors: Competitors) -> Iterator[str]:
    """Say that KPIs are the own company's, where none is named."""
    if competitors.kpis and not any(company.own for company in competitors.companies):
        yield "the kpis are not held against anything: mark your company with own: true"


def _pages(company: Company) -> dict[str, None]:
    """Return the pages that sections and figures of a company point at, each once, in order."""
    sections = (section.url for section in company.sections)
    return dict.fromkeys((*sections, *(figure.url for figure in company.figures)))


def _abroad(company: Company, competitors: Competitors) -> Iterator[str]:
    """Say which addresses of a company lie on the website of another one in the list."""
    for url in (*company.also, *_pages(company)):
        if _lies_on(url, company.website):
            continue
        for other in competitors.companies:
            if other is not company and _lies_on(url, other.website):
                yield (
                    f'{url} of "{company.name}" is on the website of "{other.name}": '
                    "is that meant? What is there will count for both."
                )
                break


def _lies_on(url: str, website: str) -> bool:
    """Tell whether an address is that of a website, or one below it."""
    key, site = website_key(url), website_key(website)
    return key == site or key.startswith((f"{site}/", f"{site}?"))


def _too_many(company: Company, most: int) -> Iterator[str]:
    """Say where a company points at more pages than may be read of its site."""
    allowed = company.overrides.max_pages_per_site or most
    count = len(_pages(company))
    if count >= allowed:
        yield (
            f'"{company.name}" points at {count} pages, and at most {allowed} are read, the start '
            "page among them: raise its max_pages_per_site."
        )
