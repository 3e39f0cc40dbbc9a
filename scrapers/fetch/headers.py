"""The headers that a request is sent with, beyond those that every request of the client has."""

from hashlib import sha256

from audit.model.exchange import Request
from scrapers.fetch.limits import ACCEPT
from scrapers.fetch.wire import Headers, Validators


def request_headers(request: Request, known: Validators | None) -> Headers:
    """Return the headers of a request; with `known` it asks whether the page has changed since.

    A body is always JSON. A platform is asked in English, because many write their figures in the
    language of whoever asks (`4,69 M de suscriptores`); a website in whatever language it has.
    """
    headers = [("Accept", request.accept or ACCEPT[request.kind])]
    if request.body:
        return (*headers, ("Content-Type", "application/json"))
    if request.platform:
        headers.append(("Accept-Language", "en-US,en;q=0.9"))
    if known is not None and known.etag:
        headers.append(("If-None-Match", known.etag))
    if known is not None and known.last_modified:
        headers.append(("If-Modified-Since", known.last_modified))
    return tuple(headers)


def form_of(request: Request) -> str:
    """Return a digest of what is asked for beside the address: headers, body, key.

    Validators belong to the answer of one question; another one may be answered in another form.
    """
    key = request.key.name if request.key is not None else ""
    about = (request_headers(request, None), request.body, key)
    return sha256(repr(about).encode("utf-8", "backslashreplace")).hexdigest()[:16]
