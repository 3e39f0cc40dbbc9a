"""Try one page over the same stack as a run, with an archive that is gone afterwards."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from audit.crew.here import workers_of
from audit.model.catalogue import Catalogue
from audit.model.plan import CompanyPlan
from audit.model.result import Window
from scrapers.errand import Errand
from scrapers.fetch.archive import Archive
from scrapers.fetch.http import Fetcher
from scrapers.fetch.one_page import OnePage
from scrapers.fetch.policy import Policy
from scrapers.page.rules import Rules
from scrapers.session import Session
from scrapers.trial import Trial, try_page
from scrapers.workers.readers import Readers
from scrapers.workers.share import Share


async def tried(plan: CompanyPlan, catalogue: Catalogue, policy: Policy) -> Trial:
    """Fetch and read the start page of a plan; neither history nor data folder is touched."""
    with TemporaryDirectory(prefix="audit-try-", ignore_cleanup_errors=True) as folder:
        async with workers_of(catalogue) as workers, Fetcher(policy, readers=workers) as fetcher:
            share = Share(workers, 1)
            with Archive(Path(folder), "page.warc.gz") as archive:
                session = fetcher.session(archive, {}, share, plan.settings.delay_seconds)
                return await try_page(_errand(plan, session, share))


async def tried_saved(plan: CompanyPlan, catalogue: Catalogue, saved: Path) -> Trial:
    """Read the start page of a plan from a file that a person saved; nothing is fetched."""
    session = OnePage(plan.start.url, saved)
    async with workers_of(catalogue) as workers:
        return await try_page(_errand(plan, session, Share(workers, 1)))


def _errand(plan: CompanyPlan, session: Session, readers: Readers[Rules]) -> Errand:
    """Return the errand of one page, within the window that ends now; nobody watches it."""
    return Errand(
        plan=plan,
        session=session,
        readers=readers,
        window=Window(
            as_of=datetime.now(UTC),
            lookback_days=plan.settings.lookback_days,
            timezone=plan.settings.timezone,
        ),
        progress=lambda _pages, _budget, _url: None,
    )
