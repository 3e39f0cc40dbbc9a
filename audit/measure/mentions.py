"""How often a company's posts name itself, and the other companies of the list."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from audit.measure.intervals import share_interval
from audit.measure.own_posts import own_posts, too_few
from audit.measure.subject import Brief, Subject
from audit.measure.themes.lexicon import lexicon
from audit.model.breakdown import Breakdown, Part
from audit.model.company import Company
from audit.model.site import Post
from audit.model.value import PROOFS

MENTIONS = "mentions"
"""The id of the breakdown; its parts are companies by their names in the file."""

_TEXT = 2_000
"""Characters of a post that are looked at."""

_COMMON = 3.5
"""Zipf value from which on a name is a word of English, too: three in a million words.

"Notion" is the company only as it is written in the file.
"""

_LEAST = 2
"""Letters that a name has at least: a single one stands in every text."""

_TOGETHER = 6
"""Letters that the words of a name have at least to be looked for as one: #AcmePumps."""

_FORMS = re.compile(
    r"[\s,]{1,5}(?:inc|llc|ltd|limited|corp|corporation|co|plc|gmbh(?: ?& ?co\.? ?kg)?|ag|kg|se|sa|"
    r"sas|sarl|srl|spa|s\.p\.a|bv|b\.v|nv|ab|as|a/s|oy|oyj|aps|kft|sp\.? ?z ?o\.?o|pty ltd)\.?$",
    re.I,
)
"""What a company is in law, which posts leave out."""

_ADDRESS = re.compile(r"https?://\S{1,2000}|www\.\S{1,2000}")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Thai, Lao, Japanese, Chinese and Korean, where no space tells where a name ends."""


def _breakdowns(brief: Brief) -> tuple[Breakdown, ...]:
    """Return the share of a company's own posts of the window that name each company of the list.

    One that no post names is left out: it is known not to be named.
    """
    posts = own_posts(brief)
    lack = too_few(brief, posts)
    parts = () if lack is not None else _parts(posts, brief.context.competitors.companies)
    return (Breakdown(metric=MENTIONS, of=len(posts), parts=parts, unknown=lack),)


def _parts(posts: Sequence[Post], companies: Sequence[Company]) -> tuple[Part, ...]:
    """Return the share of each company that is named, the largest first; they may overlap."""
    names, naming = _Names(companies), defaultdict[str, list[Post]](list)
    for post in posts:
        for company in names.named_in(f"{post.title} {post.text}"[:_TEXT]):
            naming[company].append(post)
    return tuple(
        Part(
            name=company,
            share=len(group) / len(posts),
            evidence=tuple(post.evidence for post in group[:PROOFS]),
            interval=share_interval(len(group), len(posts)),
        )
        for company, group in sorted(naming.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )


class _Names:
    """The names of all companies of a list, found in a text in one pass over its words."""

    def __init__(self, companies: Iterable[Company]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._written: dict[str, str] = {}
        self._unspaced: dict[str, str] = {}
        for company in companies:
            for name in _names_of(company):
                self._take(name, company.name)
        for listed in self._by_first.values():
            # Of "Acme" and "Acme Pumps" the longer is meant where it stands.
            listed.sort(key=lambda pair: (-len(pair[0]), pair[0], pair[1]))

    def _take(self, name: str, company: str) -> None:
        """Take one name of a company."""
        if _UNSPACED.search(name):
            self._unspaced[name.casefold()] = company
            return
        words = tuple(_WORD.findall(name))
        if len("".join(words)) < _LEAST:
            return
        if len(words) == 1 and lexicon("en").zipf(words[0]) >= _COMMON:
            self._written[words[0]] = company
        else:
            folded = tuple(word.casefold() for word in words)
            self._by_first[folded[0]].append((folded, company))

    def named_in(self, text: str) -> frozenset[str]:
        """Return the companies that a text names."""
        text = _ADDRESS.sub(" ", text)
        folded = text.casefold()
        whole = (company for name, company in self._unspaced.items() if name in folded)
        return frozenset((*whole, *self._by_words(_WORD.findall(text))))

    def _by_words(self, words: Sequence[str]) -> Iterator[str]:
        """Give the companies whose names stand among words, of two that overlap the longer."""
        folded, place = [word.casefold() for word in words], 0
        while place < len(words):
            sequence, company = self._at(folded, place)
            if not sequence and words[place] in self._written:
                company = self._written[words[place]]
            if company:
                yield company
            place += len(sequence) or 1

    def _at(self, folded: Sequence[str], place: int) -> tuple[tuple[str, ...], str]:
        """Return the name that begins at a place, and whose it is; empty for none."""
        for sequence, company in self._by_first.get(folded[place], ()):
            if tuple(folded[place : place + len(sequence)]) == sequence:
                return sequence, company
        return (), ""


def _names_of(company: Company) -> Iterator[str]:
    """Give what a company is called: name and aliases, each as one word too, and its domain.

    So "#AcmePumps" and "@acmepumps" name Acme Pumps, as "acmepumps.example" does.
    """
    for name in (company.name, *company.aliases):
        plain = _FORMS.sub("", name)
        yield plain
        words = _WORD.findall(plain)
        if len(words) > 1 and len("".join(words)) >= _TOGETHER:
            yield "".join(words)
    host = company.website.partition("//")[2].partition("/")[0].partition(":")[0]
    yield host.removeprefix("www.")


SUBJECT = Subject(name=MENTIONS, order=64, breakdowns_of=_breakdowns)
"""Only the results file has it: of most companies every second post names itself."""
