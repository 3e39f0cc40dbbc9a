"""List the foreign services of the unlabelled pages beside the checkout: `python -m tests.foreign`.

Domains whose scripts, frames or loaders no rule names come with the number of pages that bear them
and what they are reported as. `--sample N` prints that many findings, drawn by chance with a fixed
seed, with their evidence: for a person to judge whether each is a service of somebody else's.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from audit.model.company import Company
from audit.model.exchange import Page, Request
from audit.model.facts import PageFacts
from audit.model.site import Feature
from scrapers.page.analyse import analyse
from scrapers.parse.urls import host_of, registrable
from scrapers.site.features import decide_features
from scrapers.site.look import Look
from tests.analysed import rules
from tests.shared import SHARED

PAGES = SHARED / "corpus" / "more"
SEED = 7
_ROW = re.compile(r"^\| ([\w.-]+) \| (https?://\S+) \|", re.MULTILINE)
"""A row of the list of sources: the name of a saved page, and its address."""


def main() -> int:
    """Print the domains, or a sample of the findings."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sample", type=int, metavar="N", help="print N findings to judge")
    chosen = arguments.parse_args()
    if not PAGES.exists():
        say(f"There are no saved pages in {PAGES}.")
        return 0
    findings = list(_findings())
    if chosen.sample:
        _print_sample(findings, chosen.sample)
    else:
        _print_domains(findings)
    return 0


def _findings() -> Iterator[tuple[PageFacts, str, Feature | None]]:
    """Yield each foreign domain of each page, with its finding; None where none is made of it."""
    for name, url in _ROW.findall((PAGES / "SOURCES.md").read_text("utf-8")):
        page = _read(url, (PAGES / f"{name}.html").read_bytes())
        company = Company(name=page.site_name or registrable(host_of(url)), website=url)
        known = {
            feature.vendor: feature
            for feature in decide_features(Look(company=company, pages=(page,)), (), rules())
        }
        for service in page.embedded:
            yield page, service.domain, known.get(service.domain)


def _read(url: str, body: bytes) -> PageFacts:
    """Return what is read of a saved page."""
    fetched = Page(
        url=url,
        requested_url=url,
        status=200,
        headers=(("content-type", "text/html"),),
        body=body,
        fetched_at=datetime(2026, 11, 24, tzinfo=UTC),
        record="",
    )
    return analyse(fetched, Request(url=url, why="start", depth=0), rules())


def _print_domains(findings: list[tuple[PageFacts, str, Feature | None]]) -> None:
    """Print each domain once: on how many pages it is, and what it is taken for on the first."""
    pages = Counter(domain for _, domain, _ in findings)
    taken = {domain: finding for _, domain, finding in reversed(findings)}
    for domain, number in sorted(pages.items(), key=lambda pair: (-pair[1], pair[0])):
        finding = taken[domain]
        say(f"{number:4}  {domain:40} {finding.feature if finding else 'left out: their own'}")
    say(
        f"{len(pages)} domains, {sum(pages.values())} findings on {len({p.url for p, *_ in findings})} pages"
    )


def _print_sample(findings: list[tuple[PageFacts, str, Feature | None]], number: int) -> None:
    """Print findings drawn by chance, each with its page and the address that shows it."""
    made = [(page, finding) for page, _, finding in findings if finding is not None]
    drawn = random.Random(SEED).sample(made, min(number, len(made)))  # noqa: S311  # no secret
    for page, finding in drawn:
        say(f"{finding.feature}: {finding.vendor} ({finding.confidence}, {finding.certainty})")
        say(f"      on {page.url[:110]}\n      {finding.evidence[0].excerpt[:150]}")


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
