"""What a forum says of itself at its foot, in the words of many languages."""

import pytest

from audit.model.kinds import ActivityKind
from scrapers.page.totals import totals
from tests.analysed import page, rules

THREADS, POSTS, MEMBERS = ActivityKind.THREADS, ActivityKind.POSTS, ActivityKind.MEMBERS
THREE = {POSTS: "7 301", THREADS: "845", MEMBERS: "1.209"}

FEET = [
    "Total posts 7 301 • Total topics 845 • Total members 1.209 • Our newest member Kim",
    "Topics: 845 | Posts: 7 301 | Members: 1.209",
    "Beiträge insgesamt 7 301 • Themen insgesamt 845 • Mitglieder insgesamt 1.209 • Neuestes: Kim",
    "Cijfers Totaal aantal berichten 7 301 • Totaal aantal onderwerpen 845 • Totaal leden 1.209",
    "7 301 messages • 845 sujets • 1.209 membres • Le dernier venu est Kim",
    "Total mensajes 7 301 • Total temas 845 • Total usuarios 1.209",
    "Totale messaggi 7 301 • Totale argomenti 845 • Totale iscritti 1.209",
    "Liczba postów: 7 301 • Liczba tematów: 845 • Liczba użytkowników: 1.209",
    "Celkem příspěvků 7 301 • Celkem témat 845 • Celkem uživatelů 1.209",
    "Всего сообщений: 7 301 • Всего тем: 845 • Пользователей: 1.209",
    "Toplam mesaj 7 301 • Toplam konu 845 • Toplam üye 1.209",
    "Σύνολο δημοσιεύσεων 7 301 • Σύνολο θεμάτων 845 • Σύνολο μελών 1.209",
    "総投稿数 7 301 • 総トピック数 845 • 総メンバー数 1.209",
    "总帖子数 7 301 • 总主题数 845 • 总会员数 1.209",
    "إجمالي المشاركات 7 301 • إجمالي المواضيع 845 • إجمالي الأعضاء 1.209",
]
NO_FEET = [
    "In total there are 12 users online :: 2 registered and 10 guests",
    "Most users ever online was 512 on Saturday",
    "Insgesamt sind 12 Besucher online, davon 2 Mitglieder",
    "12 posts • 3 topics • last by Kim",
    "Page 1 of 12 • 3 posts",
    "Total price 120 • Total weight 3",
    "Anzahl der Beiträge 12",
    "게시물 조회수 12",
    "投稿数 12",
    "Kim Posts: 8,292 Joined: May Posts: 2 Joined: June",
    "",
    "• : 12 •",
]


@pytest.mark.parametrize("foot", FEET)
def test_totals_are_read_in_the_words_of_the_language(foot: str) -> None:
    assert {kind: number for kind, number, _ in totals(foot, rules().words)} == THREE


@pytest.mark.parametrize("foot", NO_FEET)
def test_other_numbers_are_no_totals(foot: str) -> None:
    assert list(totals(foot, rules().words)) == []


def test_each_kind_is_taken_once() -> None:
    feet = "Total posts 5 Total posts 6 Posts: 7"
    assert [number for _, number, _ in totals(feet, rules().words)] == ["7"]


def test_the_foot_of_a_page_of_a_forum_gives_its_figures() -> None:
    foot = "Beiträge insgesamt <b>7.301</b> &bull; Mitglieder insgesamt <b>12</b>"
    facts = page(f"<p>{foot}</p>", "https://www.acmepumps.example/forum/")
    values = {figure.activity.kind: figure.activity.value for figure in facts.figures}
    assert (values[POSTS], values[MEMBERS]) == (7301, 12)


def test_many_numbers_cost_little() -> None:
    assert list(totals("12 " * 2_000, rules().words)) == []
