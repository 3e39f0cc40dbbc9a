"""What the places of a page's links say of whose the profiles are."""

from tests.analysed import page


def profiles(html: str, url: str) -> dict[str, str]:
    """Return by handle what the last link to each profile says."""
    return {link.handle: link.whose.value for link in page(html, url).channels}
