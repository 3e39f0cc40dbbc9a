"""Tell what the forms of a page ask for: a comment, or an address for a newsletter."""

import re
from collections.abc import Sequence
from functools import cache

from audit.model.facts import Form
from scrapers.page.names import folded
from scrapers.page.words import LinkWords

# Fields of forms are written `type:name:placeholder` (scrapers.parse.forms).
_EMAIL = re.compile(r"^email:|e-?mail|^[a-z]*:(?:[^:]*mail[^:]*)", re.I)
_CONTACT = re.compile(r"textarea:|password:|tel:", re.I)
"""Fields of forms that are for messages, accounts or calls, not for a newsletter alone."""

_NOT_ASKED = ("submit:", "button:", "checkbox:", "hidden:", "image:")
"""Fields that nobody has to fill in."""

_ACCOUNT = re.compile(r"log-?in|sign-?in|password|account", re.I)
_LOGIN = re.compile(r"log-?in|sign-?in|password|anmeldeformular", re.I)
_TRIAL = re.compile(
    r"\b(?:free trial|trial|demo|free account|create an account|get started|log.?in|sign.?in|konto"
    r"|kostenlos testen|gratis testen|essai|prueba gratis|prova gratuita|mon compte|mi cuenta)\b"
)
"""What one signs up for that is no newsletter, in a form that says no more than that."""

_OTHER_PURPOSE = re.compile(
    r"log.?in|sign.?in|account|password|reset|stock|track|invite|demo|trial|availab|verf[üu]gbar"
    r"|disponib|beschikbaar|\bjobs?\b|stellen|emplois?\b|empleos?\b"
    r"|get started|search|donat"
)
"""What a form with an address alone may be for, if it is for no newsletter."""

_TO_OTHERS = re.compile(
    r"\bfriends?\b|friend'?s\b|\brefer\b|referral|freund|\bamis?\b|amig[oa]s?\b|\bamic[oi]\b"
    r"|vriend|\bvänner\b|\bvenn(?:er)?\b|znajom|přátel|barát|prieten|arkadaş|друз|друг[ау]\b|φίλ[οη]"
    r"|友だち|友達|朋友|친구|صديق"
)
"""Whom a form writes to that takes the address of somebody else."""

_COMMENT = (
    r"(?:comments?|kommentare?|commentaires?|comentarios?|commento|commenti|komentarze?|reacties?)"
)
_ITSELF = re.compile(
    rf"(?:[\w-]{{0,30}}[-_])?{_COMMENT}"
    r"(?:[-_]?(?:form|post|add|new|create|reply|list|respond|box|area|submit))?\d{0,12}"
)
"""A name of a form for comments; French addresses that begin with "comment-" ask how."""

_FIELD = re.compile(rf"textarea:(?:[^:]{{0,40}}[^a-z:])?{_COMMENT}")
_HINT = re.compile(rf"(?!comments?\b){_COMMENT}|(?:your|a|add) comment")
"""Words within a field that ask for a comment."""

_FOLLOW_UP = re.compile(
    r"\bcomments\b|commentaires|kommentare|comentarios|commenti\b|komentarz|reacties"
)
"""What a form speaks of that tells of answers to a comment."""

_REMARKS = re.compile(
    r"textarea:(?:[^:]*[^a-z:])?(?:comments|comentarios|remarks)(?:[^a-z:][^:]*)?:"
)
"""A field for what else one has to say, as forms for enquiries have it; a comment is one."""

_ENQUIRY = re.compile(
    r"contact|kontakt|contatt|contato|enquir|inquir|anfrage|quote|devis|booking|reserv|appointment"
    r"|feedback|ticket|application|career|survey|donat|callback"
)
"""What a form is for that publishes no comment."""

_PERSONAL = re.compile(
    r"tel:|phone|telefon|mobile|company|firma|street|city|zip|postal|postcode|budget|subject|betreff"
)
"""Fields of those forms: nobody gives a telephone number with a comment."""


_STARS = re.compile(
    r"(?:select|radio|range|number):(?![^:]{0,40}(?:recipe|comment))"
    r"[^:]{0,40}(?:(?<!ope)ratings?|criterion)(?![a-z])"
)
"""A field in which one gives stars, other than those of a recipe beside one's comment."""

_CALLED_COMMENT = re.compile(rf"\b{_COMMENT}\b")
"""A word of a form by which what one writes into it is a comment, stars or not."""

_OF_GOODS = re.compile(r"(?:product|goods|produkt|produit)s?[-_]?comments?")
"""A form of a shop's module that calls reviews of goods comments."""


def takes_reviews(form: Form) -> bool:
    """Tell whether customers review something by a form.

    It asks for words and for stars and does not call the words a comment, or says that its comments
    are those on goods.
    """
    fields = form.fields
    if not any(field.startswith("textarea:") for field in fields):
        return False
    named = _OF_GOODS.search(folded(f"{form.locator} {form.action}")) is not None
    stars = any(_STARS.match(field) for field in fields)
    return named or (stars and _CALLED_COMMENT.search(folded(form.text)) is None)


def takes_comments(form: Form, link_words: LinkWords, url: str) -> bool:
    """Tell whether readers leave comments by a form on the page at `url`.

    One has a field for words, and speaks of a comment in the name of that field or in its own. A
    field called comments in a form for enquiries, or on a page for them, is none; nor is a form for
    reviews, which shops build from the one for comments.
    """
    if takes_reviews(form):
        return False
    areas = [folded(field) for field in form.fields if field.startswith("textarea:")]
    itself = folded(f"{form.locator} {form.action}")
    if not areas or any(_PERSONAL.search(field) for field in form.fields):
        return False
    if any(_ITSELF.fullmatch(name) for name in re.split(r"[\s/?#=&.]+", itself)):
        return True
    if _ENQUIRY.search(itself) or "contact" in link_words.of_url(url):
        return False
    return any(_asks_for_comment(area) for area in areas)


def _asks_for_comment(area: str) -> bool:
    """Tell whether a field for words is one for a comment, by its name or the words within it."""
    if _REMARKS.match(area):
        return False
    return bool(_FIELD.match(area) or _HINT.search(area.rpartition(":")[2]))


def is_signup(form: Form, link_words: LinkWords) -> bool:
    """Tell whether a form has a mail field and few others, and speaks of subscribing.

    A field for plain text will do where it is the only one and the form's address says newsletter.
    """
    asked = [field for field in form.fields if not field.startswith(_NOT_ASKED)]
    said = f"{form.text} {form.locator} {' '.join(form.fields)}".lower()
    words = f"{said} {form.action.lower()}"
    if len(asked) > 6 or any(_CONTACT.search(field) for field in form.fields):
        return False
    # Who commented is told of answers; that is no newsletter.
    if _FOLLOW_UP.search(folded(form.text)) and "newsletter" not in words:
        return False
    if _TO_OTHERS.search(words) and "newsletter" not in words:
        return False
    # Before the words for subscribing, one of which "unsubscribe" contains.
    if "unsubscribe" in words or _ACCOUNT.search(form.action) or _LOGIN.search(form.locator):
        return False
    if not any(_EMAIL.search(field) for field in form.fields):
        # As on `/newsletter.asp`, whose only field is one for plain text.
        return len(asked) == 1 and asked[0].startswith("text:") and "newsletter" in form.action
    return (
        any(word in words for word in ("newsletter", "subscribe", "mailing"))
        or _says(words, "newsletter", link_words)
        # "Sign up" and "register" are what one does for a trial, too.
        or (_says(words, "subscribe", link_words) and not _TRIAL.search(said))
        or _asks_mail_alone(asked, words)
    )


def _says(words: str, section: str, link_words: LinkWords) -> bool:
    """Tell whether a form says a phrase of a section that is long enough to tell anything.

    Accents do not count: an address writes `/bulten` for what the words call "bülten".
    """
    said = folded(words)
    return any(phrase in said for phrase in _folded(link_words.phrases(section)))


@cache
def _folded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Return phrases of more than three letters as they are compared."""
    return tuple(folded(phrase) for phrase in phrases if len(phrase) > 3)


def _asks_mail_alone(asked: Sequence[str], words: str) -> bool:
    """Tell whether a form wants an address and nothing else.

    One for an account, an offer or a product that is sold out is no newsletter.
    """
    other = _OTHER_PURPOSE.search(words) or _TRIAL.search(words)
    return len(asked) == 1 and asked[0].startswith("email:") and other is None
