"""Where the pages lie that people saved for a list, and for which sites they may be."""

from pathlib import Path

from audit.model.company import Competitors
from audit.model.errors import AuditError
from scrapers.saved.folder import files_in
from scrapers.saved.shelf import Shelf, hosts_of, networks_of


def folder_of(competitors: Competitors) -> Path:
    """Return the folder of saved pages: beside the list, unless the settings name another."""
    return competitors.path.parent / competitors.settings.saved


def check_there_are_some(competitors: Competitors) -> None:
    """Check that there are saved pages, where nothing else is to be read.

    Raises:
        AuditError: there are none.
    """
    folder = folder_of(competitors)
    if not files_in(folder)[0]:
        raise AuditError(
            f"--only-saved: there is no saved page in {folder}; save pages there in your browser, "
            "as docs/saved-pages.md says"
        )


def shelf_of(competitors: Competitors, *, only: bool = False) -> Shelf:
    """Return the shelf of a run, with nothing read yet; `only`: nothing else is to be read."""
    listed = (*competitors.companies, *competitors.left_out)
    addresses = (url for company in listed for url in company.addresses)
    base_urls = competitors.settings.base_urls
    return Shelf(
        folder=folder_of(competitors),
        only=only,
        hosts=hosts_of(addresses, base_urls),
        base_urls=base_urls,
        networks=networks_of(listed),
    )
