"""Misskey and its kin (Sharkey, Firefish …): users/show and users/notes (misskey-hub.net)."""

from collections.abc import Iterator
from urllib.parse import quote

from audit.model.exchange import Failure
from audit.model.profile import (
    Count,
    Interaction,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Known, Unknown
from scrapers.parse.urls import links_in
from scrapers.parse.values import (
    Json,
    at,
    headline,
    instant,
    listed,
    name_of,
    once,
    site_of,
    text_of,
    time_of,
    whole,
)
from scrapers.platforms.fediverse.home import Home
from scrapers.platforms.fediverse.words import proves
from scrapers.platforms.kit.base import Answer, Ask, Steps, answer
from scrapers.platforms.kit.paging import Listing, paged
from scrapers.platforms.kit.posts import interactions, mixed
from scrapers.platforms.kit.proof import Proof, absent, gone, why

_RULE = "platform.misskey"
_REACTIONS = ((Reaction.COMMENTS, "repliesCount"), (Reaction.SHARES, "renoteCount"))


def read_misskey(ask: Ask, home: Home) -> Steps[Profile | Unknown]:
    """Read the user, then the notes, by the POST requests that the interface is made of."""
    found = yield from answer(f"{home.api}/api/users/show", body={"username": home.name})
    if isinstance(found, Failure):
        return _refused(found)
    account = found.text("id")
    if not account:
        return unread(Outcome.PARSE_FAILED, "no account where it used to be")
    if found.at("isSuspended") is True:
        said = "its server has suspended the account"
        return absent(found.page, _RULE, Standing.SUSPENDED, said)
    return (yield from _profile(ask, home, found))


def _refused(failure: Failure) -> Profile | Unknown:
    said = failure.body.decode("utf-8", "replace")
    if "NO_SUCH_USER" in said:
        return gone(failure, _RULE)
    if "USER_SUSPENDED" in said:
        return absent(failure, _RULE, Standing.SUSPENDED, "its server has suspended the account")
    return why(failure)


def _profile(ask: Ask, home: Home, found: Answer) -> Steps[Profile]:
    proof, name = Proof(found.page, _RULE), found.text("username") or home.name
    verified = found.at("verifiedLinks")
    proven = once(*map(site_of, verified)) if isinstance(verified, list) else ()
    fields = (links_in(text_of(each.get("value"))) for each in found.listed("fields"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{name}@{home.host}: {found.text('name')}"),),
        url=f"{home.api}/@{quote(name)}",
        handle=name,
        account=f"{home.host}/{found.text('id')}",
        name=found.text("name") or name,
        about=found.text("description"),
        audience=_count(proof, found, "followers"),
        figures=(
            ProfileFigure(count=Count.FOLLOWING, value=_count(proof, found, "following")),
            proof.figure(Count.POSTS, found.at("notesCount")),
        ),
        timeline=(
            unread(Outcome.HIDDEN, "the owner shows the posts to those who are logged in only")
            if found.at("requireSigninToViewContents") is True
            else (yield from _notes(ask, home, found.text("id")))
        ),
        links=once(proven, *fields, links_in(found.text("description"))),
        created_at=time_of(found.at("createdAt")),
        verified=proves(proven, ask.website),
    )


def _count(proof: Proof, found: Answer, word: str) -> Known[int] | Unknown:
    """A count; the interface says 0 where the owner shows it to nobody, or to followers only."""
    seen = found.text(f"{word}Visibility") or found.text("ffVisibility")
    if seen not in ("", "public"):
        return unread(Outcome.HIDDEN, f"the owner does not show the count of {word}")
    return proof.count(found.at(f"{word}Count"), word)


def _notes(ask: Ask, home: Home, account: str) -> Steps[Timeline | Unknown]:
    """Page back through the notes, without replies and renotes, until the window is covered."""
    asked = {"userId": account, "limit": 100, "withReplies": False, "withRenotes": False}

    def ask_for(last: str) -> Steps[Answer | Failure]:
        body = asked | {"untilId": last} if last else asked
        return answer(f"{home.api}/api/users/notes", body=body)

    listing = Listing(
        first="",
        items=lambda found: _written(found, home),
        after=lambda found, _: text_of(at(found.said, -1, "id")),
        within=(),
        what="notes",
        ask=ask_for,
    )
    return paged(ask, listing)


def _written(found: Answer, home: Home) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for said in found.listed():
        made, key, text = instant(said.get("createdAt")), name_of(said.get("id")), _text(said)
        own = text or said.get("poll") or listed(said.get("files"))
        seen = text_of(said.get("visibility")) in ("", "public", "home")
        if made is None or not key or not own or not seen or said.get("replyId"):
            continue
        yield ProfilePost(
            url=f"{home.api}/notes/{key}",
            title=headline(text_of(said.get("cw"), 300) or text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_format(said),
            interactions=tuple(_interactions(said)),
        )


def _text(said: Json) -> str:
    return text_of(said.get("text"))


def _format(said: Json) -> str:
    files = listed(said.get("files"))
    kinds = {text_of(each.get("type")).partition("/")[0] for each in files}
    return mixed(kinds & {"image", "video", "audio"}) or ("poll" if said.get("poll") else "text")


def _interactions(said: Json) -> Iterator[Interaction]:
    reactions = said.get("reactions")
    each = [whole(count) for count in reactions.values()] if isinstance(reactions, dict) else []
    known = [count for count in each if count is not None]
    likes = whole(said.get("reactionCount"))
    if likes is not None or (isinstance(reactions, dict) and len(known) == len(each)):
        yield Interaction(reaction=Reaction.LIKES, count=likes if likes is not None else sum(known))
    yield from interactions(said, _REACTIONS)
