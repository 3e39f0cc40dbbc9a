"""Forums and help to read are told by what stands on the page, whatever they are called."""

import pytest

from audit.model.site import State
from scrapers.site.features import decide_features
from scrapers.site.look import Look
from tests.analysed import ACME, HOME, page, rules


def shaped(html: str, path: str = "x/") -> set[str]:
    """Return the features that the shape of a page shows."""
    signals = page(f"<main>{html}</main>", HOME + path).signals
    return {signal.feature for signal in signals if signal.place == "shape"}


ROW = "<tr><td><a href='/x/{n}'>How do I do {n}</a></td><td>{n}</td><td>{n}0</td><td>{n} Nov 2026</td></tr>"


def table(*heads: str, rows: int = 3) -> str:
    head = "".join(f"<th>{head}</th>" for head in heads)
    return f"<table><tr>{head}</tr>{''.join(ROW.format(n=n) for n in range(1, rows + 1))}</table>"


TABLES = {
    "en": ("Topic", "Replies", "Views", "Last post"),
    "de": ("Thema", "Antworten", "Aufrufe", "Letzter Beitrag"),
    "fr": ("Sujet", "Réponses", "Vues", "Dernier message"),
    "es": ("Tema", "Respuestas", "Vistas", "Último mensaje"),
    "it": ("Discussione", "Risposte", "Visite", "Ultimo messaggio"),
    "pl": ("Temat", "Odpowiedzi", "Odsłony", "Ostatni post"),
    "ru": ("Тема", "Ответов", "Просмотров", "Последнее сообщение"),
    "ja": ("トピック", "返信", "閲覧", "最終投稿"),
    "ar": ("موضوع", "ردود", "مشاهدات", "آخر مشاركة"),
    "tr": ("Konu", "Yanıtlar", "Görüntüleme", "Son mesaj"),
}


@pytest.mark.parametrize("language", TABLES)
def test_a_table_of_threads_with_replies_and_last_posts_is_a_forum(language: str) -> None:
    assert "forum" in shaped(table(*TABLES[language]))


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("community/", "Weavers"),
        ("x/", "Gemeinschaft"),
        ("x/", "Q&amp;A"),
        ("ask/", "Acme Community"),
        ("x/", "コミュニティ"),
        ("komunita/", "Poradna"),
    ],
)
@pytest.mark.parametrize(
    "rows",
    [
        "<ul><li><a href='/t/1'>Warp tension</a> <i>14 replies</i></li><li><a href='/t/2'>Reeds</a> <i>3 replies</i></li></ul>",
        "<p><a href='/t/1'>Kette</a> <b>2 Antworten</b></p><p><a href='/t/2'>Blatt</a> <b>2 Antworten</b></p>",
        table("Topic", "Replies", "Views", "Author"),
    ],
)
def test_replies_on_a_page_that_calls_itself_a_place_to_talk_are_a_forum(
    path: str, heading: str, rows: str
) -> None:
    assert "forum" in shaped(f"<h1>{heading}</h1>{rows}", path)


NO_FORUM = {
    "the word alone": "<h1>Community</h1><p>Join our friends at the fair.</p>",
    "a list of keywords": "<h1>Community</h1>" + table("Topics", "Posts", "Feed", "Newest"),
    "comments of a blog": "<h1>Blog</h1><article><h2><a href='/b/1'>Fair</a></h2><i>3 replies</i></article>"
    "<article><h2><a href='/b/2'>Hall</a></h2><i>2 replies</i></article>",
    "answers in words": "<table><tr><th>Thema</th><th>Antwort</th><th>Letzter Beitrag</th></tr>"
    "<tr><td><a href='/x'>Öl</a></td><td>Ja</td><td>x</td></tr><tr><td><a href='/y'>Fett</a></td><td>Nein</td><td>x</td></tr></table>",
    "one thread": "<h1>Community</h1><a href='/t/1'>Warp</a> <i>14 replies</i>",
    "prices": table("Product", "Price", "Stock", "Last order"),
    "an empty table": "<h1>Community</h1><table></table><table><tr></tr></table>",
}  # fmt: skip


@pytest.mark.parametrize("name", NO_FORUM)
def test_what_only_looks_a_little_like_one_is_no_forum(name: str) -> None:
    assert "forum" not in shaped(NO_FORUM[name], "community/" if "Community" in name else "x/")


HELP = {
    "en": ("Support", "Frequently asked questions"),
    "de": ("Support", "Häufige Fragen"),
    "fr": ("Assistance", "Questions fréquentes"),
    "es": ("Soporte", "Preguntas frecuentes"),
    "it": ("Assistenza", "Domande frequenti"),
    "pt": ("Suporte", "Perguntas frequentes"),
    "nl": ("Klantenservice", "Veelgestelde vragen"),
    "sv": ("Kundtjänst", "Vanliga frågor"),
    "da": ("Kundeservice", "Ofte stillede spørgsmål"),
    "no": ("Brukerstøtte", "Ofte stilte spørsmål"),
    "fi": ("Asiakaspalvelu", "Usein kysytyt kysymykset"),
    "pl": ("Wsparcie", "Najczęściej zadawane pytania"),
    "cs": ("Podpora", "Časté dotazy"),
    "sk": ("Podpora", "Časté otázky"),
    "hu": ("Ügyfélszolgálat", "Gyakori kérdések"),
    "ro": ("Asistență", "Întrebări frecvente"),
    "tr": ("Destek", "Sıkça sorulan sorular"),
    "ru": ("Поддержка", "Частые вопросы"),
    "uk": ("Підтримка", "Часті запитання"),
    "el": ("Υποστήριξη", "Συχνές ερωτήσεις"),
    "ja": ("サポート", "よくある質問"),
    "zh": ("支持", "常见问题"),
    "ko": ("고객지원", "자주 묻는 질문"),
    "ar": ("الدعم", "الأسئلة الشائعة"),
}
MARK = {"el": ";", "ja": "か", "zh": "？", "ar": "؟"}


def help_page(language: str, heading: str, *, questions: int = 2) -> str:
    name, _ = HELP[language]
    mark = MARK.get(language, "?")
    asked = "".join(f"<dt>Abc {n}{mark}</dt><dd>d</dd>" for n in range(questions))
    return f"<html lang='{language}'><main><h1>{name}</h1><h2>{heading}</h2><dl>{asked}</dl></main></html>"


@pytest.mark.parametrize("language", HELP)
def test_questions_on_a_page_for_support_are_help_to_read_in_every_language(language: str) -> None:
    signals = page(help_page(language, HELP[language][1]), f"{HOME}x/").signals
    assert "knowledge-base" in {each.feature for each in signals if each.place == "shape"}


@pytest.mark.parametrize("language", HELP)
def test_a_page_for_support_alone_is_no_help_to_read(language: str) -> None:
    for html in (help_page(language, "Abc"), help_page(language, HELP[language][1], questions=0)):
        signals = page(html, f"{HOME}x/").signals
        assert "knowledge-base" not in {each.feature for each in signals}


def test_a_few_questions_on_a_page_of_a_product_are_no_help_centre() -> None:
    few = "<h1>Pump 4</h1><h2>FAQ</h2><dl><dt>Is it quiet?</dt><dd>Yes</dd><dt>Is it new?</dt></dl>"
    assert shaped(few) == set()


def test_a_community_page_with_threads_makes_the_forum_known_with_that_page_as_proof() -> None:
    start = page('<nav><a href="/community/">Community</a></nav>')
    listed = page(f"<h1>Community</h1>{table(*TABLES['en'])}", f"{HOME}community/", "menu", 1)
    features = decide_features(Look(company=ACME, pages=(start, listed)), (), rules())
    (forum,) = [each for each in features if each.feature == "forum"]
    assert (forum.state, forum.url) == (State.KNOWN, f"{HOME}community/")
    alone = decide_features(Look(company=ACME, pages=(start,)), (), rules())
    assert [each.state for each in alone if each.feature == "forum"] == [State.NONE]


def test_one_question_with_its_answer_below_a_heading_for_them_will_do_on_a_page_for_support() -> (
    None
):
    one = "<h2>Domande frequenti</h2><p>Come si pulisce il gruppo? Ogni sera.</p>"
    assert shaped(f"<h1>Assistenza</h1>{one}", "assistenza/") == {"knowledge-base"}
    assert shaped(f"<h1>Macchine</h1>{one}", "macchine/") == set()
