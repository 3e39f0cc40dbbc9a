"""Try one page over the same stack as a run, with an archive that is gone afterwards."""

from pathlib import Path
from tempfile import TemporaryDirectory

from audit.crew.here import workers_of
from audit.model.catalogue import Catalogue
from audit.model.plan import CompanyPlan
from audit.model.result import Window
from scrapers.errand import Errand
from scrapers.fetch.archive import Archive
from scrapers.fetch.http import Fetcher
from scrapers.fetch.policy import Policy
from scrapers.trial import Trial, try_page
from scrapers.workers.share import Share


async def tried(plan: CompanyPlan, catalogue: Catalogue, policy: Policy, window: Window) -> Trial:
    """Fetch and read the start page of a plan; neither history nor data folder is touched."""
    with TemporaryDirectory(prefix="audit-try-", ignore_cleanup_errors=True) as folder:
        async with workers_of(catalogue) as workers, Fetcher(policy, readers=workers) as fetcher:
            share = Share(workers, 1)
            with Archive(Path(folder), "page.warc.gz") as archive:
                session = fetcher.session(archive, {}, share, plan.settings.delay_seconds)
                errand = Errand(
                    plan=plan,
                    session=session,
                    readers=share,
                    window=window,
                    progress=lambda _pages, _budget, _url: None,
                )
                return await try_page(errand)
