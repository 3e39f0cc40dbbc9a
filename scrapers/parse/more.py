"""Recognise what shows further entries: words such as "Load more", on a link or on a button."""

import re

from selectolax.lexbor import LexborNode

from scrapers.parse.document import Document
from scrapers.parse.text import clean

_MORE = re.compile(
    r"(?:load|show|view|see) (?:more|older|additional)(?: (?:posts?|articles?|news|stories|entries"
    r"|items|results|episodes|releases|updates))?|more (?:posts|articles|news|stories|episodes)"
    r"|(?:mehr|weitere)(?: (?:beiträge|artikel|news|meldungen|einträge|folgen))?"
    r" (?:laden|anzeigen|zeigen)|(?:weitere|mehr) (?:beiträge|artikel|meldungen|einträge|folgen)"
    r"|(?:charger|afficher|voir) plus(?: d.(?:articles|actualités))?|plus d.(?:articles|actualités)"
    r"|(?:cargar|mostrar|ver) más(?: (?:artículos|entradas|noticias))?"
    r"|(?:carica|mostra|vedi) (?:altr[oi]|di più)(?: (?:articoli|post))?"
    r"|(?:carregar|mostrar|ver) mais(?: (?:artigos|notícias|posts))?"
    r"|(?:meer|toon meer)(?: (?:berichten|artikelen|nieuws))?(?: (?:laden|tonen))?"
    r"|(?:ladda|visa) (?:fler|mer)(?: (?:inlägg|artiklar|nyheter))?"
    r"|(?:vis|last|indlæs|hent) (?:flere|mer)(?: (?:innlegg|indlæg|artikler|nyheter|nyheder))?"
    r"|(?:näytä|lataa) lisää(?: (?:uutisia|artikkeleita))?"
    r"|(?:pokaż|załaduj|wczytaj|zobacz) więcej(?: (?:wpisów|artykułów|aktualności))?"
    r"|(?:načíst|zobrazit|načítať|zobraziť) (?:další|ďalšie|více|viac)(?: (?:články|příspěvky))?"
    r"|(?:továbbiak|több)(?: (?:cikk|hír))? (?:betöltése|mutatása)"
    r"|daha fazla(?: (?:yükle|göster|haber))|(?:încarcă|vezi|afișează) mai multe"
    r"|(?:показать|загрузить|смотреть) (?:ещё|еще|больше)|(?:показати|завантажити) (?:ще|більше)"
    r"|φόρτωση περισσότερων|περισσότερα άρθρα|もっと(?:見る|読む)|さらに(?:表示|読み込む)"
    r"|(?:加载|载入|查看|显示)更多|(?:載入|查看|顯示)更多|더\s?보기|더 불러오기",
    re.I,
)
"""How a button or link says that it shows further entries, in many languages."""

_AROUND = " \t\r\n.…+»›→↓▼▾«‹←"
_BUTTONS = "button,[role=button],a[href='#'],a[href^='javascript'],a:not([href])"
_MOST = 300
"""Buttons of a page that are looked at."""

_ELSEWHERE = frozenset(
    {"article", "li", "nav", "header", "footer", "aside", "dialog", "form", "template"}
)
"""Elements whose buttons show more of something else: of one entry, of a menu, of a search."""

_MAX_WORDS = 40
"""Characters of such words."""


def says_more(text: str) -> bool:
    """Tell whether these words are those of a button that shows further entries."""
    return len(text) <= _MAX_WORDS and _MORE.fullmatch(text.strip(_AROUND)) is not None


def goes_on_by_script(document: Document) -> bool:
    """Tell whether a button without an address shows further entries of a page.

    What it shows only a script knows: the list goes on, and nobody can be asked for the rest.
    """
    return any(
        says_more(clean(node.text(deep=True, separator=" "), _MAX_WORDS + 1))
        and not _stands_elsewhere(node)
        for node in document.tree.css(_BUTTONS)[:_MOST]
    )


def _stands_elsewhere(node: LexborNode) -> bool:
    """Tell whether a button stands within one entry, a menu or a form."""
    element = node.parent
    while element is not None:
        if element.tag in _ELSEWHERE:
            return True
        element = element.parent
    return False
