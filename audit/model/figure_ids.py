"""How a figure that a person points at is named, so that companies with one of a name compare."""

import re
import unicodedata


def figure_id(name: str) -> str:
    """Return the id of the metric of a figure by its name, the same for all its spellings.

    "Happy customers" and "happy  Customers" are `figure.happy-customers`. A name without any Latin
    letter or digit (Kunden in Greek or Chinese) is told apart by its digest, as ids are ASCII.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    # With one letter that is left out two names could become one.
    lost = any(sign.isalnum() and not sign.isascii() for sign in letters)
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    if slug and not lost:
        return f"figure.{slug}"
    from hashlib import sha256

    digest = sha256(" ".join(letters.split()).encode("utf-8", "replace")).hexdigest()[:8]
    return "figure." + "-".join(part for part in (slug, digest) if part)
