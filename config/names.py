"""Names as people see them: two that look the same are the same."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]")
"""What has no form of its own although Unicode counts it among letters and marks."""

_LOOK_ALIKES = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u0060\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    }
)
"""Kinds of dash, apostrophe and quotation mark that people take for one."""


def folded(name: str) -> str:
    """Return the form of a name in which names are compared.

    Case, width, composition of letters, kinds of dash and quotation mark, spaces and signs that
    cannot be seen make no difference; accents and alphabets do.
    """
    plain = unicodedata.normalize("NFKC", name.translate(_LOOK_ALIKES)).casefold()
    signs = (sign for sign in plain if unicodedata.category(sign) not in {"Cf", "Cc", "Cs"})
    visible = _INVISIBLE.sub("", "".join(" " if sign.isspace() else sign for sign in signs))
    # Once more: without what could not be seen, letters and their accents may have become
    # neighbours.
    return " ".join(unicodedata.normalize("NFKC", visible).translate(_LOOK_ALIKES).split())
