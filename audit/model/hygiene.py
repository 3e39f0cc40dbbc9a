"""How well a profile of a company's is kept: its biography, where it leads, how it looks."""

from dataclasses import dataclass

from audit.model.value import Absent, Known, Reason, Unknown

Flag = Known[bool] | Unknown
"""Whether something holds; False only where that was seen."""

Words = Known[str] | Absent | Unknown
"""A text or an address; Absent where the profile shows its place, and it is empty."""

NOT_KEPT = Unknown(reason=Reason.NOT_CHECKED, detail="looked at on the company's own profiles only")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hygiene:
    """What a reader meets first on a profile; made by `audit/measure/hygiene.py`.

    `biography` is what the company says of itself there, `language` that of these words as a code
    such as "de". `link` is the address that it gives, the one to the company's own site before all
    others; `leads_home` tells whether there is such a one, `works` whether it answered, which is
    known of pages that were visited anyway. `verified`, `picture`, `cover` and `pinned` tell what
    the platform shows; a platform that does not show a part leaves it unknown. `same_handle`:
    its handle is the one that most of the company's profiles have.
    """

    biography: Words
    language: Words
    link: Words
    leads_home: Flag
    works: Flag
    verified: Flag
    picture: Flag
    cover: Flag
    pinned: Flag
    same_handle: Flag
