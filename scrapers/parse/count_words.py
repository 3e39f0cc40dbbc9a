"""Words that people read beside counts of profiles and posts, in 24 languages, and the counts.

Each word is the beginning of one, in small letters: "follower" stands for "Followern" too. A `$`
behind it asks for its end. The languages are those of `config/rules/vocabulary.yaml`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from scrapers.parse.counts import Counted, multiplier_at, parse_count
from scrapers.parse.text import ascii_signs


class Noun(StrEnum):
    """What a word beside a number counts."""

    FOLLOWERS = "followers"
    SUBSCRIBERS = "subscribers"
    MEMBERS = "members"
    FOLLOWING = "following"
    POSTS = "posts"
    LIKES = "likes"
    COMMENTS = "comments"
    SHARES = "shares"
    VIEWS = "views"


WORDS: Mapping[Noun, str] = {
    # First, as "12 following" and "12 seguidos" are those whom a profile itself follows.
    Noun.FOLLOWING: (
        "following$ gefolgt$ abonnements seguiti$ seguidos$ siguiendo seguindo volgend$ "
        "följer$ følger$ seurataan seuratut obserwowan sledované sleduje$ sledovan$ "
        "követett követés urmărire urmăriți takip$ takip_ediliyor takip_edilen подписки$ "
        "подписок$ подписка$ підписки$ підписок$ ακολουθεί$ "
        "ακολουθούν$ フォロー中 フォロー$ 正在关注 "
        "正在關注 关注$ 關注$ 팔로잉 يتابع$ أتابع$ المتابَعون"
    ),
    Noun.FOLLOWERS: (
        "follower fans$ fan$ folgen$ people_follow abonnés$ abonné$ abonné·es abonné(e)s "
        "abonné-e-s suiveurs seguidor follower_di seguaci volgers volger$ följare følgere "
        "følgjere seuraaj obserwując obserwator sledujíc sledovatel sledovateľ követő "
        "urmăritor takipçi подписчик підписник читател читачів$ стежать ακόλουθ フォロワー 粉丝 "
        "粉絲 人关注 人關注 关注者 關注者 追蹤者 追踪者 位追蹤 팔로워 팬$ متابع المتابعون المتابعين"
    ),
    Noun.SUBSCRIBERS: (
        "subscriber abonnenten$ abonnent$ suscriptor iscritti$ inscritos$ inscrito$ "
        "subscritor abonnees$ abonnee$ prenumerant abonnenter$ abonnenter tilaaja "
        "subskrybent subskrypcj odběratel odberateľ feliratkozó abonați$ abonat$ abone$ "
        "συνδρομητ チャンネル登録者 登録者 订阅者 訂閱者 "
        "位订阅 位訂閱 구독자 مشترك المشتركون المشتركين"
    ),
    Noun.MEMBERS: (
        "members$ member$ mitglied membres$ membre$ miembro membri$ membro$ membros$ "
        "leden$ medlem jäsen członk členů$ členov$ členové$ členovia$ tag$ tagok$ membru$ "
        "üye участник учасник μέλη$ μέλος$ μελών$ メンバー 成员 成員 멤버 회원 عضو$ عضوًا الأعضاء "
        "أعضاء"
    ),
    Noun.POSTS: (
        "posts$ post$ beiträge$ beitrag$ publications$ publication$ publicacion publicaç "
        "publicaciones postagens berichten$ bericht$ inlägg oppslag$ indlæg innlegg "
        "julkaisu wpis posty$ postów$ příspěv príspevk bejegyzés postări$ postare$ "
        "gönderi публикац публікац допис δημοσιεύσ 投稿 帖子 "
        "貼文 篇帖子 게시물 게시글 منشور المنشورات "
        "منشورًا"
    ),
    Noun.LIKES: (
        "people_like likes$ like$ gefällt mentions_j’aime mentions_j'aime j’aime j'aime "
        "me_gusta mi_piace curtida gostos$ vind-ik-leuks gilla-markering gillar$ "
        "synes_godt_om liker$ tykkäys tykkää polubie polubień líbí páči kedvel aprecier "
        "beğen нравится отметки_«нравится» вподоба подобається μου_αρέσει いいね 赞$ 讚$ 个赞 點讚 "
        "좋아요 إعجاب تسجيلات_الإعجاب"
    ),
    Noun.COMMENTS: (
        "comments$ comment$ kommentar commentaire comentario commenti$ commento$ "
        "comentário reacties$ reactie$ opmerking kommentar kommentti kommenttia komentarz "
        "komentář komentár hozzászólás megjegyzés comentarii$ comentariu$ yorum "
        "комментари коментар σχόλι コメント 评论 評論 留言 댓글 تعليق"
    ),
    Noun.SHARES: (
        "shares$ share$ reposts$ repost$ geteilt$ weiterverbreitet partages$ partage$ "
        "republication compartid condivision diffusion compartilhamento partilha "
        "keer_gedeeld delning delinger$ jako$ jakoa$ udostępnie sdílení zdieľan megosztás "
        "distribuiri$ paylaşım репост поширен κοινοποιήσεις シェア "
        "转发 轉發 分享$ 次分享 공유 مشاركة "
        "مشاركات"
    ),
    Noun.VIEWS: (
        "views$ view$ aufrufe$ aufruf$ vues$ vue$ visualizaciones reproducciones "
        "visualizzazion visualizaç weergaven$ weergave$ visningar visninger$ katselu "
        "näyttökert wyświetle zhlédnutí zobrazen$ zobrazení megtekintés vizualizări "
        "görüntüleme просмотр перегляд προβολές 回視聴 次观看 次觀看 조회수 مشاهدة مشاهدات"
    ),
}

_LETTER = r"[^\W\d_]"
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that write words without spaces between them."""


def _pattern(word: str) -> str:
    """Return the regular expression of a word; scripts without spaces need no border."""
    plain = word.rstrip("$")
    escaped = re.escape(plain).replace("_", r"\s")
    if _SPACELESS.search(plain):
        return escaped + (r"(?![\u3040-\u30ff\u3400-\u9fff])" if word.endswith("$") else "")
    start = rf"(?<!{_LETTER})"
    return start + escaped + (rf"(?!{_LETTER})" if word.endswith("$") else rf"{_LETTER}{{0,12}}")


def _patterns() -> str:
    """Return one expression for all words, the longest first, by what they count."""
    listed = sorted(
        ((word, noun) for noun, words in WORDS.items() for word in words.split()),
        key=lambda pair: -len(pair[0].rstrip("$")),
    )
    return "|".join(_pattern(word) for word, _ in listed)


@cache
def _word() -> re.Pattern[str]:
    """Return the pattern of all words, compiled where it is needed: that takes 0.1 s."""
    return re.compile(_patterns(), re.I)


@cache
def _of_noun() -> Mapping[Noun, re.Pattern[str]]:
    """Return the patterns of the words by what they count."""
    return {
        noun: re.compile("|".join(_pattern(word) for word in words.split()), re.I)
        for noun, words in WORDS.items()
    }


_NUMBER = re.compile(r"[~≈>]?\d(?:[\d.,'’٬٫ \u00a0\u2009\u202f]{0,20}\d)?")
_GLUE = re.compile(r"[数數]?[\s:：()（）\[\]·•|\-–—+\u200e\u200f]{0,8}")
"""What may stand between a word and the number behind it: "Followers: 1,234"."""

_BEFORE = 24
"""Characters that may stand between a number and the word behind it, with its unit: "1,2 Mio. "."""

_OTHERS = re.compile(
    r"\byou (?:know|follow)\b|mutual|in common|you both|die (?:du|sie) kenn|que (?:vous|tu) conna"
    r"|que conoces|che conosci|que você conhece|notif|benachrichtig|meldung|unread|ungelesen|новых"
    r"|\bnew (?:followers?|posts?|members?|likes?|comments?)\b|\bneue? |\bnouvea|\bnuev[oa]s? "
    r"|followed by|gefolgt von|suivi par|seguido por|\band \d+ others?\b|other connection",
    re.I,
)
"""Words that make a count one of the reader's own: "12 followers you know", "3 new followers"."""

_REST = re.compile(
    r"[\s·•|+:()\[\]„“”«»\"'’位人名个個条條次]{0,8}(?:(?:de|di|of|total)\s|d['’])?[„“«\"]?", re.I
)
"""What else may stand between a number with its unit and its word: "1,2 M d'abonnés"."""

_TURKISH = re.compile(r"takip|abone|üye|gönderi|beğen|yorum|paylaş|görüntü", re.I)
_THOUSAND = re.compile(r"(?<=\d)\s?B(?=\s)")
"""In Turkish B is a thousand; elsewhere it is a billion, so that it is read beside such words."""


@dataclass(frozen=True, slots=True)
class Told:
    """A count with the word beside it, and the words as they stand."""

    noun: Noun
    count: Counted
    words: str


def has_word(text: str) -> bool:
    """Tell whether a text holds a word for something counted."""
    return _word().search(text) is not None


def counts_in(text: str) -> Iterator[Told]:
    """Yield the counts of a short text, each with its word: "12 posts  1.2K followers".

    Whether numbers stand before their words or behind them is told by which comes first. What
    counts something of the reader's own ("12 followers you know", "3 new followers") is none.
    """
    plain = text if text.isascii() else ascii_signs(text)
    if _OTHERS.search(plain):
        return
    words = list(_word().finditer(plain))
    numbers = list(_NUMBER.finditer(plain))
    if not words or not numbers:
        return
    leads = numbers[0].start() < words[0].start()
    for place, word in enumerate(words):
        before = words[place - 1].end() if place else 0
        after = words[place + 1].start() if place + 1 < len(words) else len(plain)
        told = _number_before(plain, word, before) if leads else _number_behind(plain, word, after)
        if told is not None:
            yield Told(_noun_of(word[0]), *told)


def _number_before(text: str, word: re.Match[str], start: int) -> tuple[Counted, str] | None:
    """Return the number before a word, with its unit between them, and nothing else."""
    numbers = list(_NUMBER.finditer(text, start, word.start()))
    if not numbers:
        return None
    first = numbers[-1]
    words = text[first.start() : word.end()]
    if _TURKISH.match(word[0]):
        words = _THOUSAND.sub(" bin", words)
    end = len(words) - len(word[0])
    _, unit_end = multiplier_at(words, first.end() - first.start())
    if end - unit_end > _BEFORE or _REST.fullmatch(words, unit_end, end) is None:
        return None
    count = parse_count(words)
    return (count, text[first.start() : word.end()].strip()) if count is not None else None


def _number_behind(text: str, word: re.Match[str], end: int) -> tuple[Counted, str] | None:
    """Return the number right behind a word."""
    glue = _GLUE.match(text, word.end())
    number = _NUMBER.match(text, glue.end() if glue is not None else word.end())
    if number is None:
        return None
    count = parse_count(text[number.start() : end])
    # No word more than the unit: what follows may be anybody's name.
    _, unit_end = multiplier_at(text, number.end())
    return (count, text[word.start() : unit_end].strip()) if count is not None else None


def _noun_of(word: str) -> Noun:
    """Return what a word counts; the longest of all that fit tells."""
    fitting = {
        noun: max((len(match[0]) for match in pattern.finditer(word)), default=0)
        for noun, pattern in _of_noun().items()
    }
    return max(fitting, key=lambda noun: fitting[noun])
