"""Headings of exported tables in ten languages."""

import pytest

from config.table_words import MEASURES, TableField, plain, table_words

HEADINGS = {
    "en": ["Company", "Profile URL", "Network", "Metric", "Value", "Date", "Followers", "Posts"],
    "de": ["Unternehmen", "Adresse", "Netzwerk", "Kennzahl", "Wert", "Datum", "Fans", "Beiträge"],
    "fr": ["Entreprise", "Lien", "Réseau", "Mesure", "Valeur", "Jour", "Abonnés", "Publications"],
    "es": ["Empresa", "Enlace", "Red", "Métrica", "Valor", "Fecha", "Seguidores", "Publicaciones"],
    "it": ["Azienda", "Indirizzo", "Rete", "Misura", "Valore", "Data", "Follower", "Pubblicazioni"],
    "pt": ["Marca", "Endereço", "Rede", "Métrica", "Valor", "Data", "Seguidores", "Publicações"],
    "nl": ["Bedrijf", "Adres", "Netwerk", "Meting", "Waarde", "Datum", "Volgers", "Berichten"],
    "pl": ["Firma", "Adres", "Sieć", "Miara", "Wartość", "Data", "Obserwujący", "Posty"],
    "sv": ["Företag", "Länk", "Nätverk", "Mått", "Värde", "Datum", "Följare", "Inlägg"],
    "ja": ["会社名", "リンク", "ネットワーク", "指標", "値", "日付", "フォロワー数", "投稿数"],
}
ORDER = (
    *(TableField.COMPANY, TableField.ADDRESS, TableField.CHANNEL, TableField.MEASURE),
    *(TableField.VALUE, TableField.ON, TableField.FOLLOWERS, TableField.POSTS),
)


@pytest.mark.parametrize("language", HEADINGS)
def test_a_table_is_understood_in_its_language(language: str) -> None:
    known = table_words().fields
    assert tuple(known.get(plain(each)) for each in HEADINGS[language]) == ORDER


def test_every_measure_has_words_in_each_of_the_languages() -> None:
    known = set(table_words().fields.values())
    assert known >= {*MEASURES, TableField.START, TableField.DAYS, TableField.PROFILE}


@pytest.mark.parametrize(
    "heading",
    [
        "Followers (Total)",
        "followers_total",
        "FollowersTotal",
        "FOLLOWERS\nTOTAL",
        "followers: total",
    ],
)
def test_spellings_of_one_heading_are_one(heading: str) -> None:
    assert plain(heading) == "followers total"


def test_accents_make_no_difference_in_latin_letters_alone() -> None:
    assert plain("Abonnés") == plain("ABONNES")
    assert plain("Łącznie") == plain("lacznie")
    assert plain("が") != plain("か")
