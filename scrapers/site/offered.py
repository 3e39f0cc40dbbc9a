"""Tell which feature a link offers, from its words, its host and the end of its path."""

import re
from collections.abc import Iterator
from itertools import pairwise

from audit.model.facts import Area, Link
from scrapers.page.names import folded
from scrapers.page.threads import is_board
from scrapers.page.words import LinkWords
from scrapers.parse.remembered import remembered
from scrapers.parse.urls import host_of, segments
from scrapers.site.worth import MENUS

_FEATURES = {
    "forum": "forum",
    "wiki": "wiki",
    "help": "knowledge-base",
    "docs": "knowledge-base",
    "glossary": "knowledge-base",
    "newsletter": "newsletter",
    "reviews": "reviews",
    "podcast": "podcast",
    "events": "events",
    "calculator": "calculator",
    "configurator": "configurator",
    "api": "api",
    "embed": "embed",
    "brand": "brand-assets",
}
"""Sections of the vocabulary, and the feature that a link with their words leads to."""

SUPPLIED = frozenset({"api", "embed", "brand-assets"})
"""What a site offers for use elsewhere."""

_IN_PHRASES = frozenset({"forum", "knowledge-base", "newsletter", "podcast"})
"""Features that a menu may name within a longer phrase; events and reviews are too common words.

"Wiki posts" are posts of a forum: a wiki's name ends in the word.
"""

_AS_NAMES = _IN_PHRASES | {"wiki", "events"}
"""Features that a link may name with little beside it: "Our Forum", "News & Events"."""

_FOLDERS = frozenset({"forum", "newsletter", "wiki"})
"""Features whose pages lie below their name: `/wiki/Pump_care` is one of a wiki."""

_HOSTS = {
    "forum": re.compile(r"forums?|community|discuss|discourse|boards?"),
    "wiki": re.compile(r"wiki"),
    "knowledge-base": re.compile(
        r"docs?|documentation|help(?:desk|cent(?:er|re))?|faqs?|kb|knowledge(?:base)?"
        r"|support(?:cent(?:er|re))?|hilfe|aide|ayuda"
    ),
    "podcast": re.compile(r"podcasts?"),
    "api": re.compile(r"developers?|api"),
}
"""Labels of a host that name a feature, as in `community.acme.example`."""

_PERSONAL_HELP = re.compile(
    r"support|suport|soport|service|servic|kund|client|contact|kontakt|assist|asist|atenci|atendim"
    r"|ondersteun|brukerst|\btuki\b|asiakas|wsparci|obsług|podpor|támogat|tamogat|ügyfél|ugyfel"
    r"|destek|müşteri|musteri|поддерж|підтрим|υποστήρι|υποστηρι|εξυπηρ|サポート|支持|支援|服务|服務"
    r"|지원|고객|الدعم|خدمة",
    re.I,
)
"""Help by persons, in the languages of the vocabulary."""

_WRITTEN_HELP = re.compile(
    r"faq|help|hilfe|aide|ayuda|aiuto|ajuda|hulp|hjälp|hjælp|hjelp|ohje|pomoc|nápověd|pomocn|súgó"
    r"|segítség|ajutor|yardım|помощ|справк|допомог|довідк|βοήθει|ヘルプ|帮助|幫助|도움|مساعدة"
    r"|docs|guide|cent(?:er|re)\b|knowledge|wissen|connaissance|cono[sc]|conhec|kennis|kunskap|viden"
    r"|kunnskap|tietop|wiedzy|znalost|tudás|cunoștin|bilgi|знан|γνώσ|ナレッジ|知识|知識|지식|معرفة"
    r"|fragen|question|pregunt|domand|pergunt|dúvida|vragen|frågor|spørgsm|spørsm|kysym|pytani"
    r"|dotaz|otázk|kérdés|întreb|soru|вопрос|питан|запитан|ερωτήσ|質問|问题|問題|질문|أسئلة",
    re.I,
)
"""Help to read, in the same languages: help, knowledge, questions."""

_NO_HELP = frozenset({"contact", "careers"})
_CATEGORIES = frozenset({"category", "categories"})
_LISTING = (
    _CATEGORIES
    | {"tag", "tags", "topic", "topics", "author"}
    | {"temas", "tema", "etiqueta", "etiquetas", "thema", "themen", "schlagwort", "schlagworte"}
    | {"sujet", "sujets", "argomenti", "etiket", "temat", "tematy"}
)
"""Segments of addresses that list the posts of one keyword; `/tags/podcast` is no podcast.

A category in a menu may be one: that is how blogs of radio stations and papers file theirs.
"""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
"""A year, by which those who gather in a forum each year call it."""

_TALK = frozenset({"topics", "posts", "questions", "discussions", "threads", "forums"})
"""Segments of addresses that lead to what the members of a community write."""

_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|cfm)$")
_INITIALS = re.compile(r"\b(?:\w\.){2,}")
"""Initials with dots: "F.A.Q." is read as "FAQ"."""

_SUBSCRIBE = re.compile(
    r"subscri|abonn|suscri|iscriv|prenumer|подпис|購読|订阅|訂閱|구독|اشترك", re.I
)
"""Words for subscribing in the languages in which addresses carry them too."""

_SUBSCRIPTION = re.compile(
    r"subscri(?:ption|ber)|suscripci[oó]n|subscrição|assinatura|abonnements?\b|abbonament"
    r"|購読(?:申|料|プラン)|[料期]購読",
    re.I,
)
"""What is paid for, and its subscribers: "Subscription terms", "Mis suscripciones"."""

_SUBSCRIBING = re.compile(rf"(?:{_SUBSCRIBE.pattern})\w{{0,6}}", re.I)
"""The end of an address that is one such word: `/subscribe`, `/abonnieren`."""

_TO_BE_TOLD = re.compile(
    r"\bnews\b|\bupdate[sd]?\b|\binformed\b|neuigkeit|auf dem laufenden|actualit|nouveaut|novedad"
    r"|noticia|notícia|novidade|novit[aà]|nieuws|nyhet|nyhed|aktualno|новост|новини|お知らせ|新着|新闻|소식",
    re.I,
)
"""What one subscribes for who wants to be told by mail."""

_SIGN_UP = re.compile(rf"{_SUBSCRIBE.pattern}|sign[ -]?up|anmeld|inscri|registr|join\b", re.I)
_MAIL = re.compile(r"\be-?mails?\b|\bmail\b|mailing|courriel|correo", re.I)
_BY_MAIL = re.compile(r"\b(?:with|using|mit|avec|con|com)\b", re.I)
"""Words of an account that is opened by a mail address: "Sign up with email"."""

_OF_PROGRAMS = re.compile(
    r"\bapis?(?![a-z])|\bsdks?\b|\bcli\b|interface|schnittstelle|do[ck]ument|docs|portai?l|hub\b"
    r"|cent(?:er|re|ro)",
    re.I,
)
"""What programs use, or what tells of it, in the words of a link."""

_ENDS_IN_API = re.compile(r"\bAPIs?$")
_FOR = frozenset({"for", "fur", "pour", "para", "per", "voor", "till", "til", "dla", "pro", "для"})
_READING = re.compile(r"faq|knowledge|docs|documentation|dokument|wissen", re.I)
"""Words of help to read, whoever it is for."""

_GLOSSARY = re.compile(r"gloss?[ao]r|gloss?air|lexi[ckq]|leksik|глос+ар|用語|术语|術語|용어")
"""What is a glossary in a longer phrase too; "terms" and dictionaries are of something else."""

_DESK = re.compile(r"\bhelp ?desk\b", re.I)
"""What people staff, or a product: in a longer phrase it is nothing to read."""

_SHORT = 3
"""Words of a phrase that may name a knowledge base: "Help for small farms in need" does not."""

_ACCESSIBLE = re.compile(
    r"accessib|accesib|acessib|barrierefrei|toegankelijk|tillg.nglig|tilg.ngelig|tilgjengelig"
    r"|saavutett|dost.pno.c|p..stupnost|eri.ilebil|доступност|アクセシビリティ|无障碍|無障礙|접근성",
    re.I,
)
"""What helps people to use the page itself, which is no help with what the company sells."""

_DEPTH = 4
"""Deeper addresses are pages of a part, hardly its door."""


@remembered(2_048)  # a menu stands on every page
def offered(
    link: Link,
    link_words: LinkWords,
    spoken: frozenset[str] = frozenset(),
    names: frozenset[str] = frozenset(),
    own_host: str = "",
) -> frozenset[str]:
    """Return the features whose door a link is; the caller knows whether it is the company's.

    `own_host` is that of the page: the logo of `developer.acme.example` leads to no interface.

    A link in running text tells little by its words: there its host counts, or words and address
    together. Words of other languages than those `spoken` on the page tell nothing; `names` are the
    folded words of the company's own, which may stand beside a feature's.
    """
    parts = segments(link.url)
    # Addresses such as `/Special:Login/x` are pages of a wiki's software, not parts of the site.
    if any(":" in part for part in parts[:-1]) and ":" not in parts[-1]:
        return frozenset()
    lowered = tuple(part.lower() for part in parts)
    talk = _is_talk(link.text, lowered, link_words)
    listing = frozenset() if talk else _LISTING.intersection(lowered)
    in_menu = link.area in MENUS
    if is_board(link.url):
        return frozenset({"forum"} & set(_features(link_words.exact(link.text), link.text)))
    # "#api" leads to what is filed under a keyword.
    if (
        not link.text
        or link.text.startswith("#")
        or (listing and not (in_menu and listing <= _CATEGORIES))
    ):
        return frozenset()
    text = _INITIALS.sub(lambda match: match.group().replace(".", ""), link.text)
    text = "" if link_words.foreign(text, spoken) else text
    end = "" if link_words.foreign(_end(parts), spoken) else _end(parts)
    if link.area is Area.ARTICLE:
        return _in_article(link, text, end, link_words)
    by_text = set(_features(link_words.exact(text), f"{text} {link.url}"))
    by_text |= _AS_NAMES & set(_features(link_words.named(text, names), f"{text} {link.url}"))
    # The category of a magazine that is called "Reviews" or "Forum" holds articles.
    if listing:
        return frozenset({"podcast"} & (by_text | _in_phrase(text, "", link_words)))
    is_door = (in_menu or len(parts) <= 2) and host_of(link.url) != own_host
    by_host = set(_by_host(link.url)) if is_door else set()
    by_end = set(_features(link_words.exact(end), end)) if len(parts) <= _DEPTH else set()
    by_place = _in_menu(text, parts, end, link_words) if in_menu else set()
    by_place |= {"forum"} if in_menu and talk else set()
    by_place |= {"newsletter"} if _is_subscribing(text, end) else set()
    # Developers are customers, too, where neither words nor address name what they use.
    of_people = "api" not in by_end | by_host and not _OF_PROGRAMS.search(text)
    excluded = {"api"} if "?" in link.url or of_people else set()
    # "Help" that leads to /contact-us/, and a job called "Help wanted", are no knowledge base.
    if (link_words.exact(text) | link_words.exact(end)) & _NO_HELP or _ACCESSIBLE.search(text):
        excluded.add("knowledge-base")
    if _is_gathering(text, lowered, link_words):
        excluded.add("forum")
    return frozenset((by_host | by_text | by_end | by_place) - excluded)


def is_letter(link: Link, link_words: LinkWords) -> bool:
    """Tell whether words name the newsletter and nothing else, or how one subscribes to it."""
    named = link_words.exact(link.text)
    return "newsletter" in named or {"newsletter", "subscribe"} <= link_words.of_text(link.text)


def _is_gathering(text: str, lowered: tuple[str, ...], link_words: LinkWords) -> bool:
    """Tell whether a forum is one that people travel to: "Acme Forum 2024", `/events/forum/`."""
    below = (part.replace("-", " ") for part in lowered[:-1])
    return _YEAR.search(text) is not None or any(
        "events" in link_words.exact(part) for part in below
    )


def _is_subscribing(text: str, end: str) -> bool:
    """Tell whether an address says that one subscribes, and words say so or what for.

    "Subscribe now" and "Get the latest news" that lead to `/subscribe`.
    """
    if not _SUBSCRIBING.fullmatch(end) or _SUBSCRIPTION.search(end):
        return False
    told = _SUBSCRIPTION.sub("", text)
    alone = len(told.split()) <= _SHORT and _SUBSCRIBE.search(told) is not None
    return alone or _TO_BE_TOLD.search(told) is not None


def _is_talk(text: str, lowered: tuple[str, ...], link_words: LinkWords) -> bool:
    """Tell whether an address lists what the members of a community write.

    The word may stand in the address, or be that of a link to `/support/questions/`.
    """
    if any(first == "community" and then in _TALK for first, then in pairwise(lowered)):
        return True
    return not _TALK.isdisjoint(lowered) and "community" in link_words.exact(text)


def _in_article(link: Link, text: str, end: str, link_words: LinkWords) -> frozenset[str]:
    """Return what a link in running text offers: by its host, or by words and address together.

    "A forum of farmers" in an article, on /2026/forum/, is a text and no forum.
    """
    by_host = set(_by_host(link.url)) if len(segments(link.url)) <= 2 else set()
    by_text = set(_features(link_words.exact(text), f"{text} {link.url}"))
    return frozenset(by_host | (by_text & set(_features(link_words.of_text(end), end))))


def _in_menu(text: str, parts: tuple[str, ...], end: str, link_words: LinkWords) -> set[str]:
    """Return what a menu's link offers by a phrase, or by a name within its address."""
    features = _in_phrase(text, end, link_words)
    if len(parts) <= _DEPTH:
        features |= set(_features(link_words.named(end.replace("-", " ")), end))
    if len(parts) > 1:
        features |= _FOLDERS & set(_features(link_words.exact(parts[0]), ""))
    # "Read API", "Write API" below /api/.
    if _ENDS_IN_API.search(text) and "api" in map(str.lower, parts):
        features.add("api")
    # Words and address: "Subscribe" alone may lead to /register.
    told = _SUBSCRIPTION.sub("", text)
    if _SUBSCRIBE.search(told) and _SUBSCRIBE.search(end):
        features.add("newsletter")
    if any(_SIGN_UP.search(words) and _MAIL.search(words) for words in (text, end)):
        features |= set() if _BY_MAIL.search(text) else {"newsletter"}
    return features


def _in_phrase(text: str, end: str, link_words: LinkWords) -> set[str]:
    """Return what the words of a menu speak of, such as "Sign up to newsletter".

    Help for somebody or something is no knowledge base, nor is what has "terms" in its name:
    "Terms and conditions" in many languages.
    """
    sections = link_words.of_text(_DESK.sub("", text))
    if not _GLOSSARY.search(folded(text)):
        sections -= {"glossary"}
    features = _IN_PHRASES & set(_features(sections, text))
    words = folded(text).split()
    if len(words) > _SHORT or (_FOR.intersection(words) and not _READING.search(text)):
        features -= {"knowledge-base"}
    by_end = {"newsletter"} & set(_features(link_words.of_text(end), end))
    return set(features | by_end)


def _by_host(url: str) -> Iterator[str]:
    """Yield the features that a label of the host names, the domain itself left out."""
    labels = host_of(url).partition(":")[0].split(".")[:-2]
    for feature, names in _HOSTS.items():
        if any(names.fullmatch(label) for label in labels):
            yield feature


def _features(sections: frozenset[str], words: str) -> Iterator[str]:
    """Yield the features that sections of the vocabulary stand for.

    Help by persons ("Support", "Kundendienst") is no knowledge base; help to read is.
    """
    for section in sections & _FEATURES.keys():
        by_persons = _PERSONAL_HELP.search(words) and not _WRITTEN_HELP.search(words)
        if section != "help" or not by_persons:
            yield _FEATURES[section]


def _end(parts: tuple[str, ...]) -> str:
    """Return the last name in a path, without `index.html` and the like; "" where there is none."""
    names = [_ENDING.sub("", part) for part in parts]
    kept = [name for name in names if name.lower() not in ("index", "default")]
    return kept[-1] if kept else ""
