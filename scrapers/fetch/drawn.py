"""Pages as a browser draws them, in the shape of any other answer."""

import json
from datetime import UTC, datetime

from audit.model.exchange import Page
from audit.model.value import Reason
from scrapers.fetch.browser import Browser, BrowserError
from scrapers.fetch.wire import DRAWN, REQUESTS, Answer, Part, Trouble


class DrawnPages:
    """Brings pages from the browsers of a run, as `sending` brings answers from the network."""

    def __init__(self, browser: Browser) -> None:
        """Have pages drawn by `browser`."""
        self._browser = browser

    async def draw(self, page: Page, part: Part) -> Answer | Trouble:
        """Return the drawn HTML under the page's address with `#drawn` behind it.

        The requests that the page made while it was drawn stand in a header, as JSON, so that the
        archive needs no kind of record of its own for them. The time is that of the beginning.
        """
        url, began = page.url + DRAWN, datetime.now(UTC)
        try:
            drawn = await self._browser.draw(page, part)
        except BrowserError as error:
            return Trouble(url=url, reason=Reason.BROWSER, detail=str(error), at=began)
        requests = json.dumps([[each.url, each.kind, each.outcome] for each in drawn.requests])
        headers = (("content-type", "text/html; charset=utf-8"), (REQUESTS, requests))
        html = drawn.html.encode("utf-8", "replace")
        return Answer(url=url, status=200, headers=headers, wire=html, at=began)
