"""What posts are for: fourteen languages and more, near misses, shares of a company."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.measure.cues import Reader
from audit.measure.judging import Chances, common_beside, purpose_of, purposes_of
from audit.measure.purpose import METRICS, SUBJECT, metric_id, with_purposes
from audit.measure.subject import Brief, Values
from audit.model.breakdown import Breakdown
from audit.model.purpose import DECIDED, Purpose
from audit.model.site import Post, Section
from audit.model.value import Reason, Unknown
from config.catalogue import load_catalogue
from tests.brief_example import AS_OF, PROOF, brief, figure, post, reason, section, visit

RULES = load_catalogue().purpose
INFO, EDU, FUN, SELL, UNCLEAR = Purpose
EVEN: Chances = dict.fromkeys(DECIDED, 0.25)

OFFER = "Summer sale: 20% off all gloves, order now"
LESSON = "How to clean a coffee grinder: seven tips"


def said(title: str, text: str = "", language: str = "en", **changes: str) -> Post:
    """A post of the blog with these words."""
    words = replace(post(AS_OF - timedelta(days=3)), title=title, text=text, language=language)
    return replace(words, **changes)  # type: ignore[arg-type]  # every change is of a text field


def judged(title: str, text: str = "", language: str = "en", **changes: str) -> Purpose:
    """What a post with these words is taken for."""
    return purpose_of(said(title, text, language, **changes), RULES).purpose


POSTS = (
    ("en", INFO, "Borealis Valves appoints new chief executive", "The company announced on Monday that"),
    ("en", EDU, LESSON, "Make sure that the beans are dry. You should brush it weekly."),
    ("en", FUN, "A funny thing happened on my trip to Lisbon", "I was hungry and we went looking for"),
    ("en", SELL, OFFER, "Only while stocks last, free shipping."),
    ("de", INFO, "Stadtwerke melden Störung: Wartungsarbeiten am Dienstag", "Die Leitung ist gesperrt."),
    ("de", EDU, "Was ist eine Wärmepumpe? Einfach erklärt", "Sie sollten auf die Grundlagen achten."),
    ("de", FUN, "Der lustigste Witz aus meinem Urlaub", "Ich war auf einer Reise nach Rom, es war"),
    ("de", SELL, "Jetzt bestellen: 20 % Rabatt auf alle Handschuhe", "Nur für kurze Zeit."),
    ("fr", INFO, "La mairie annonce la fermeture du pont", "Selon un communiqué de mardi, le tribunal"),
    ("fr", EDU, "Comment choisir un vélo : nos conseils", "Il faut d'abord comprendre les bases."),
    ("fr", FUN, "L'anecdote la plus drôle de mes vacances", "C'était un jour d'été, j'étais"),
    ("fr", SELL, "Soldes : livraison gratuite, profitez-en", "Commandez dans notre boutique."),
    ("es", INFO, "El ayuntamiento anuncia el cierre del puente", "Según la policía, el lunes"),
    ("es", EDU, "Cómo elegir una bicicleta: guía paso a paso", "Consejos y errores que debes evitar."),
    ("es", FUN, "La anécdota más divertida de mis vacaciones", "Un día estuve con mi abuelo"),
    ("es", SELL, "Rebajas: 20 % de descuento, compra ahora", "Envío gratis hasta agotar existencias."),
    ("it", INFO, "Comunicato stampa: nominato il nuovo amministratore delegato", "L'accordo di lunedì"),
    ("it", EDU, "Come pulire il macinacaffè: guida e consigli", "Bisogna evitare gli errori."),
    ("it", FUN, "Un racconto divertente delle mie vacanze", "Un giorno sono andato da mio nonno"),
    ("it", SELL, "Saldi: sconto del 20 %, acquista ora", "Spedizione gratuita fino a esaurimento."),
    ("pt", INFO, "Polícia alerta: ponte fechada na segunda-feira", "Segundo o ministério, a manutenção"),
    ("pt", EDU, "Como limpar o moinho de café: dicas e guia", "É importante evitar erros."),
    ("pt", FUN, "Uma piada engraçada das minhas férias", "Um dia fui com meu amigo, era um"),
    ("pt", SELL, "Promoção: desconto de 20 %, compre agora", "Frete grátis, últimas unidades."),
    ("nl", INFO, "Politie meldt storing: brug dicht op maandag", "Volgens de gemeente werd de"),
    ("nl", EDU, "Hoe maak je een koffiemolen schoon? Tips en stappenplan", "Vermijd deze fouten."),
    ("nl", FUN, "Een grappig verhaal over mijn vakantie", "Op een dag was ik met mijn vriend"),
    ("nl", SELL, "Uitverkoop: 20% korting, bestel nu", "Gratis verzending, op is op."),
    ("sv", INFO, "Polisen varnar: driftstörning på måndag", "Enligt kommunen är bron avstängd."),
    ("sv", EDU, "Så här rengör du kvarnen: tips och guide", "Undvik vanliga misstag."),
    ("sv", FUN, "En rolig berättelse från min semester", "En dag var jag med min vän"),
    ("sv", SELL, "Rea: 20 % rabatt, köp nu", "Fri frakt så långt lagret räcker."),
    ("da", INFO, "Politiet advarer: bro lukket på mandag", "Ifølge kommunen er driftsforstyrrelser"),
    ("da", EDU, "Sådan renser du kværnen: guide og gode råd", "Undgå fejl, det er vigtigt."),
    ("da", FUN, "En sjov fortælling fra min ferie", "En dag var jeg med min ven"),
    ("da", SELL, "Udsalg: 20 % rabat, køb nu", "Gratis fragt, kun i dag."),
    ("pl", INFO, "Policja ostrzega: awaria w poniedziałek", "Według rzecznika most zamknięto."),
    ("pl", EDU, "Jak wyczyścić młynek: poradnik krok po kroku", "Warto unikać błędów."),
    ("pl", FUN, "Zabawna anegdota z moich wakacji", "Pewnego dnia byłem z babcią"),
    ("pl", SELL, "Wyprzedaż: 20 % taniej, kup teraz", "Darmowa dostawa, ostatnia szansa."),
    ("ja", INFO, "重要なお知らせ:システム障害と営業時間の変更について", "本日発表しました。"),
    ("ja", EDU, "初心者のためのコーヒーミルの使い方:手順とコツ", "注意点を解説します。"),
    ("ja", SELL, "期間限定セール:送料無料、ご注文はお早めに", "お得なクーポン。"),
    ("zh", INFO, "公司宣布任命新董事,发布季度财报", "记者昨日获悉。"),
    ("zh", EDU, "如何清洗咖啡机:新手教程", "注意事项和常见错误。"),
    ("zh", SELL, "限时优惠:全场打折,立即购买", "包邮,数量有限。"),
    ("cs", INFO, "Policie zadržela podezřelého, soud rozhodne v úterý", "Podle mluvčího zemřeli dva lidé."),
    ("cs", EDU, "Jak vyčistit mlýnek: návod krok za krokem", "Rady a chyby, kterým se vyhnout."),
    ("cs", FUN, "Vtipná vzpomínka z dětství", "Byl jsem s babičkou na výletě."),
    ("cs", SELL, "Výprodej: sleva 20 %, objednejte", "Doprava zdarma, jen do neděle."),
    ("fi", INFO, "Poliisi pidätti epäillyn tiistaina", "Ministeriö tiedotti, että kaksi loukkaantui."),
    ("fi", EDU, "Näin puhdistat myllyn: ohje vaihe vaiheelta", "Vinkkejä ja virheitä."),
    ("fi", FUN, "Hauska muisto lapsuudesta", "Muistan, miten menin mummon kanssa retkelle."),
    ("fi", SELL, "Alennus 20 %, tilaa nyt verkkokaupasta", "Ilmainen toimitus, tarjous."),
    ("ru", INFO, "Полиция задержала подозреваемого во вторник", "По данным министерства, погибли двое."),
    ("ru", EDU, "Как почистить кофемолку: инструкция пошагово", "Советы и ошибки новичков."),
    ("ru", FUN, "Смешная история из детства", "Я помню, как мы поехали с бабушкой."),
    ("ru", SELL, "Распродажа: скидка 20 %, закажите сейчас", "Бесплатная доставка, успейте купить."),
    ("tr", INFO, "Polis şüpheliyi salı günü gözaltına aldı", "Bakanlık iki kişinin yaralandığını açıkladı."),
    ("tr", EDU, "Kahve değirmeni nasıl temizlenir: adım adım rehber", "İpuçları ve hatalar."),
    ("tr", FUN, "Çocukluğumdan komik bir anı", "Dedemle gezi hikayesi."),
    ("tr", SELL, "Yüzde 20 indirim, hemen satın alın", "Kargo bedava, son şans."),
)  # fmt: skip


@pytest.mark.parametrize(("language", "purpose", "title", "text"), POSTS)
def test_a_plain_post_of_each_purpose_is_told_in_each_language(
    language: str, purpose: Purpose, title: str, text: str
) -> None:
    assert judged(title, text, language) is purpose


@pytest.mark.parametrize(
    ("title", "text", "not_this"),
    [
        ("How sales teams wrote their report on the deal", "", SELL),
        ("Police warn of discount code fraud", "According to officials, the accounts were closed.", SELL),
        ("The free press and the courts in 1848: what is censorship?", "", SELL),
        ("Our award dinner is cancelled", "The hall is closed on Friday because of an outage.", SELL),
        ("Ein Gewinn für die Wissenschaft: Studien zeigen Ursachen", "", SELL),
        ("Comment la police enquête", "Selon le ministère, mardi, le tribunal a confirmé.", SELL),
        ("Promozione in serie A: la squadra vince", "Secondo la polizia, domenica allo stadio.", EDU),
    ],
)  # fmt: skip
def test_a_near_miss_is_not_taken_for_what_one_word_says(
    title: str, text: str, not_this: Purpose
) -> None:
    assert judged(title, text) is not not_this


def test_a_post_in_which_nothing_speaks_is_unclear_and_says_so() -> None:
    decision = purpose_of(said("Βορέας", "Βαλβίδες και αντλίες."), RULES)
    assert (decision.purpose, decision.cues) == (UNCLEAR, ())


def test_a_language_without_cues_is_unclear_where_form_and_format_do_not_suffice() -> None:
    assert judged("Kuidas puhastada kohviveskit", "Juhised ja nipid.", "et") is UNCLEAR


def test_the_hand_of_the_software_does_not_decide_the_language() -> None:
    """Feeds of German sites are often tagged as English."""
    text = "Die Leitung ist bis Freitag gesperrt, und der Betrieb wird nicht aufgenommen."
    assert judged("Wartungsarbeiten und Störung am Dienstag", text, "en") is INFO


def test_norwegian_is_read_by_the_cues_of_danish() -> None:
    assert judged("Salg: 20 % rabat, gratis fragt", "Kun i dag.", "nb") is SELL


def test_slovak_is_read_by_the_cues_of_czech() -> None:
    assert judged("Výpredaj: zľava 20 %", "Doprava zadarmo.", "sk") is SELL


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Come and see us on Friday!", "exclamation-in-text"),
        ("The bridge stays closed, the mayor said: “We had no choice.”", "quotation-in-text"),
        ("大臣は「橋は閉鎖する」と述べた。", "quotation-in-text"),
        ("All dates are at https://valves.example/dates", "link-in-text"),
    ],
)
def test_forms_of_a_text_speak_in_every_language(text: str, form: str) -> None:
    reader = Reader(RULES)
    assert form in reader.evidence(said("Borealis", text))[0]
    assert form not in reader.evidence(said(text, "Borealis"))[0]


def test_a_decision_carries_its_confidence_and_its_three_strongest_cues() -> None:
    decision = purpose_of(said(OFFER, "Only while stocks last, free shipping."), RULES)
    assert decision.purpose is SELL
    assert 0.8 < decision.confidence <= 1
    assert len(decision.cues) == 3
    assert any(cue.startswith("offer: ") for cue in decision.cues)


def test_a_doubtful_post_is_read_in_the_light_of_those_beside_it() -> None:
    """Of a site that only teaches, a heading that tells little teaches, too."""
    doubtful = said("Which valves?", "Valves are often used in pumps.")
    alone = purpose_of(doubtful, RULES)
    beside = purposes_of((doubtful, *[said(LESSON)] * 20), RULES)[0]
    assert beside.confidence > alone.confidence
    assert (beside.purpose, "the other posts here" in beside.cues) == (EDU, True)


def test_posts_that_are_each_a_little_more_of_one_purpose_bear_each_other_out() -> None:
    leaning = {INFO: 0.4, EDU: 0.2, FUN: 0.2, SELL: 0.2}
    (alone,) = common_beside([leaning], EVEN)
    together = common_beside([leaning] * 40, EVEN)[0]
    assert alone == pytest.approx(EVEN)
    # Once is not enough: the mean of chances that were not adjusted stays at what each says.
    assert together[INFO] > 0.5
    assert sum(together.values()) == pytest.approx(1)


def test_a_post_does_not_bear_itself_out() -> None:
    sure = {INFO: 0.97, EDU: 0.01, FUN: 0.01, SELL: 0.01}
    here, other = common_beside([sure, EVEN], EVEN)
    assert here[INFO] < 0.3
    assert other[INFO] > here[INFO]


@pytest.mark.parametrize(
    "title",
    [
        "fix(menu): wrong width on narrow screens",
        "feat!: drop the old archive format",
        "Remove the third column of the table (#4711)",
    ],
)
def test_a_change_of_source_code_is_news_of_it(title: str) -> None:
    assert "commit" in Reader(RULES).evidence(said(title))[0]
    assert judged(title) is INFO


@pytest.mark.parametrize(
    "title",
    ["Style: which trousers suit which shoes?", "Test: three drills", "fix it: a song", "No. (#1) fan"],
)  # fmt: skip
def test_a_heading_that_only_looks_like_a_change_is_none(title: str) -> None:
    assert "commit" not in Reader(RULES).evidence(said(title))[0]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "A cache in front of the database"),
        ("de", "Der Quellcode und die Datenbank"),
        ("fr", "Le code source et la base de données"),
        ("pl", "Baza danych i kod źródłowy"),
        ("zh", "数据库的缓存架构"),
    ],
)
def test_words_of_programming_speak_for_a_lesson(language: str, title: str) -> None:
    assert "technical" in Reader(RULES).evidence(said(title, language=language))[0]


def test_a_plain_post_keeps_its_purpose_among_others() -> None:
    assert purposes_of((said(OFFER), *[said(LESSON)] * 20), RULES)[0].purpose is SELL


def test_no_posts_have_no_purposes() -> None:
    assert purposes_of((), RULES) == ()


def test_release_notes_inform_by_where_they_stand() -> None:
    assert judged("2.4.1", "Bug fixes.", channel="release-notes") is INFO


def test_the_same_post_is_always_judged_alike() -> None:
    assert purpose_of(said(OFFER), RULES) == purpose_of(said(OFFER), RULES)


@pytest.mark.parametrize("title", ["", "?", "🎉" * 400, "a" * 5_000, "%s {} \x00", "١٠ نصائح"])
def test_odd_titles_are_judged_without_a_fault(title: str) -> None:
    assert purpose_of(said(title, title), RULES).purpose in set(Purpose)


def of(*posts: Post, **changes: object) -> Values:
    """The shares of a company with these posts in its blog."""
    assert SUBJECT.of_company is not None
    return SUBJECT.of_company(_brief(*posts, **changes))


def _brief(*posts: Post, **changes: object) -> Brief:
    """What the subject is given of a company with these posts in its blog."""
    blog = replace(section(), posts=posts, **changes)  # type: ignore[arg-type]  # fields of a section
    return replace(brief(), visit=visit(sections=with_purposes((blog,), RULES)))


def parts(*posts: Post) -> Breakdown:
    """The breakdown of a company with these posts in its blog."""
    assert SUBJECT.breakdowns_of is not None
    return SUBJECT.breakdowns_of(_brief(*posts))[0]


TEN = (said(OFFER),) * 6 + (said(LESSON),) * 3 + (said("Borealis"),)


def test_shares_are_of_all_posts_the_unclear_ones_too() -> None:
    values = of(*TEN)
    assert [round(figure(values[metric.id]), 2) for metric in METRICS] == [0, 0.3, 0, 0.6, 0.1]


def test_a_breakdown_says_of_how_many_posts_with_an_interval_and_proof() -> None:
    breakdown = parts(*TEN)
    promotional = next(part for part in breakdown.parts if part.name == SELL)
    assert breakdown.of == 10
    assert promotional.interval == pytest.approx((0.262, 0.878), abs=0.001)
    assert promotional.evidence[0].url == PROOF.url
    assert "summer sale" in promotional.evidence[0].excerpt


def test_under_ten_posts_nothing_is_said() -> None:
    assert {reason(value) for value in of(*TEN[:9]).values()} == {Reason.TOO_LITTLE_DATA}
    assert parts(*TEN[:9]).of == 9


def test_a_section_that_could_not_be_read_gives_its_reason() -> None:
    refused = Unknown(reason=Reason.ROBOTS)
    assert set(of(unreadable=refused).values()) == {refused}


def test_posts_before_the_window_and_reposts_do_not_count() -> None:
    old = replace(said(OFFER), published=post(AS_OF - timedelta(days=400)).published)
    assert parts(*TEN, old, replace(said(OFFER), flag="repost")).of == 10


def test_what_others_write_in_a_forum_does_not_count() -> None:
    assert SUBJECT.of_company is not None
    forum: Section = replace(section(channel="forum"), posts=TEN)
    given = replace(brief(), visit=visit(sections=with_purposes((forum,), RULES)))
    assert reason(SUBJECT.of_company(given)[metric_id(SELL)]) == Reason.TOO_LITTLE_DATA


def test_a_repost_is_not_judged_as_its_words_are_somebody_elses() -> None:
    blog = replace(section(), posts=(replace(said(OFFER), flag="repost"),))
    assert with_purposes((blog,), RULES)[0].posts[0].purpose is None
