"""The invented Wikidata: one item a company that has one, found by its official website."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from audit.demo.networks.answers import Answering, data
from audit.demo.profiles import claims
from audit.demo.web import Answer

FIRST = 900_000_001


def wikidata(sites: Mapping[str, str]) -> Answering:
    """Answer search and items; `sites` are the start pages by company."""
    stated = {name: said for name, said in claims().items() if name in sites}
    items = {f"Q{number}": name for number, name in enumerate(stated, FIRST)}

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        if path != "/w/api.php":
            return None
        if query.get("action") == "query":
            wanted = query.get("srsearch", "")
            found = [item for item, name in items.items() if _is_named(sites[name], wanted)]
            hits = [{"ns": 0, "title": item} for item in found]
            return data({"batchcomplete": "", "query": {"search": hits}})
        asked = [item for item in query.get("ids", "").split("|") if item in items]
        entities = {each: _item(each, sites[items[each]], stated[items[each]]) for each in asked}
        return data({"entities": entities, "success": 1})

    return answer


def _is_named(site: str, wanted: str) -> bool:
    return f"//{urlsplit(site).netloc}/" in wanted


def _item(item: str, site: str, said: Mapping[str, str]) -> object:
    statements = {"P856": [_statement("P856", site)]}
    statements |= {name: [_statement(name, value)] for name, value in said.items()}
    return {"type": "item", "id": item, "claims": statements, "sitelinks": {}}


def _statement(name: str, value: str) -> object:
    snak = {
        "snaktype": "value",
        "property": name,
        "datavalue": {"value": value, "type": "string"},
    }
    return {"mainsnak": snak, "type": "statement", "rank": "normal"}
