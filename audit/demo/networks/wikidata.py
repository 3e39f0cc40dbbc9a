"""The invented Wikidata: one item a company that has one, found by its official website."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from audit.demo.networks.replies import Replying, data
from audit.demo.profiles import claims
from audit.demo.web import Reply

FIRST = 900_000_001
"""The number of the first invented item."""


def wikidata(sites: Mapping[str, str]) -> Replying:
    """Reply to searches and with items; `sites` are the start pages by company."""
    stated = {name: values for name, values in claims().items() if name in sites}
    items = {f"Q{number}": name for number, name in enumerate(stated, FIRST)}

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        if path != "/w/api.php":
            return None
        if query.get("action") == "query":
            wanted = query.get("srsearch", "")
            matches = [item for item, name in items.items() if _is_meant(sites[name], wanted)]
            hits = [{"ns": 0, "title": item} for item in matches]
            return data({"batchcomplete": "", "query": {"search": hits}})
        asked = [item for item in query.get("ids", "").split("|") if item in items]
        entities = {each: _item(each, sites[items[each]], stated[items[each]]) for each in asked}
        return data({"entities": entities, "success": 1})

    return reply


def _is_meant(site: str, wanted: str) -> bool:
    """Tell whether a search names the host of this site."""
    return f"//{urlsplit(site).netloc}/" in wanted


def _item(item: str, site: str, values: Mapping[str, str]) -> object:
    """Give an item with its official website (P856) and the values of other properties."""
    statements = {"P856": [_statement("P856", site)]}
    statements |= {name: [_statement(name, value)] for name, value in values.items()}
    return {"type": "item", "id": item, "claims": statements, "sitelinks": {}}


def _statement(name: str, value: str) -> object:
    """Give a statement of a property, in the form of Wikidata's JSON."""
    snak = {
        "snaktype": "value",
        "property": name,
        "datavalue": {"value": value, "type": "string"},
    }
    return {"mainsnak": snak, "type": "statement", "rank": "normal"}
