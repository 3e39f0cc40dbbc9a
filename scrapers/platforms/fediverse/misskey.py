"""Misskey and its kin (Sharkey, Firefish …): users/show and users/notes (misskey-hub.net)."""

from collections.abc import Iterator
from urllib.parse import quote

from scrapers.parse.urls import links_in
from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import Home
from scrapers.platforms.fediverse.words import proves

_RULE = "platform.misskey"
_REACTIONS = ((kit.Reaction.COMMENTS, "repliesCount"), (kit.Reaction.SHARES, "renoteCount"))


def read_misskey(ask: kit.Ask, home: Home) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the user, then the notes, by the POST requests that the interface is made of."""
    found = yield from kit.ask_json(f"{home.api}/api/users/show", body={"username": home.name})
    if isinstance(found, kit.Failure):
        return _refused(found)
    account = found.text("id")
    if not account:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    if found.field("isSuspended") is True:
        said = "its server has suspended the account"
        return kit.absent(found.page, _RULE, kit.Standing.SUSPENDED, said)
    return (yield from _profile(ask, home, found))


def _refused(failure: kit.Failure) -> kit.Profile | kit.Unknown:
    said = failure.body.decode("utf-8", "replace")
    if "NO_SUCH_USER" in said:
        return kit.not_found(failure, _RULE)
    if "USER_SUSPENDED" in said:
        return kit.absent(
            failure, _RULE, kit.Standing.SUSPENDED, "its server has suspended the account"
        )
    return kit.reason_of(failure)


def _profile(ask: kit.Ask, home: Home, found: kit.JsonAnswer) -> kit.Steps[kit.Profile]:
    proof, name = kit.Proof(found.page, _RULE), found.text("username") or home.name
    verified = found.field("verifiedLinks")
    proven = kit.distinct(*map(kit.site_in, verified)) if isinstance(verified, list) else ()
    fields = (links_in(kit.text_of(each.get("value"))) for each in found.items("fields"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{name}@{home.host}: {found.text('name')}"),),
        url=f"{home.api}/@{quote(name)}",
        handle=name,
        account=f"{home.host}/{found.text('id')}",
        name=found.text("name") or name,
        about=found.text("description"),
        audience=_count(proof, found, "followers"),
        figures=(
            kit.ProfileFigure(count=kit.Count.FOLLOWING, value=_count(proof, found, "following")),
            proof.figure(kit.Count.POSTS, found.field("notesCount")),
        ),
        timeline=(
            kit.unread(
                kit.Outcome.HIDDEN, "the owner shows the posts to those who are logged in only"
            )
            if found.field("requireSigninToViewContents") is True
            else (yield from _notes(ask, home, found.text("id")))
        ),
        links=kit.distinct(proven, *fields, links_in(found.text("description"))),
        created_at=kit.time_of(found.field("createdAt")),
        verified=proves(proven, ask.website),
    )


def _count(proof: kit.Proof, found: kit.JsonAnswer, word: str) -> kit.Known[int] | kit.Unknown:
    """A count; the interface says 0 where the owner shows it to nobody, or to followers only."""
    seen = found.text(f"{word}Visibility") or found.text("ffVisibility")
    if seen not in ("", "public"):
        return kit.unread(kit.Outcome.HIDDEN, f"the owner does not show the count of {word}")
    return proof.count(found.field(f"{word}Count"), word)


def _notes(ask: kit.Ask, home: Home, account: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the notes, without replies and renotes, until the window is covered."""
    asked = {"userId": account, "limit": 100, "withReplies": False, "withRenotes": False}

    def ask_for(last: str) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
        body = asked | {"untilId": last} if last else asked
        return kit.ask_json(f"{home.api}/api/users/notes", body=body)

    listing = kit.Listing(
        first="",
        items=lambda found: _written(found, home),
        after=lambda found, _: kit.text_of(kit.field(found.payload, -1, "id")),
        within=(),
        what="notes",
        ask=ask_for,
    )
    return kit.read_posts(ask, listing)


def _written(found: kit.JsonAnswer, home: Home) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, _RULE)
    for said in found.items():
        made, key, text = (
            kit.dated_at(said.get("createdAt")),
            kit.name_of(said.get("id")),
            _text(said),
        )
        own = text or said.get("poll") or kit.items(said.get("files"))
        seen = kit.text_of(said.get("visibility")) in ("", "public", "home")
        if made is None or not key or not own or not seen or said.get("replyId"):
            continue
        yield kit.ProfilePost(
            url=f"{home.api}/notes/{key}",
            title=kit.headline(kit.text_of(said.get("cw"), 300) or text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_format(said),
            interactions=tuple(_interactions(said)),
        )


def _text(said: kit.Json) -> str:
    return kit.text_of(said.get("text"))


def _format(said: kit.Json) -> str:
    files = kit.items(said.get("files"))
    kinds = {kit.text_of(each.get("type")).partition("/")[0] for each in files}
    return kit.format_of(kinds & {"image", "video", "audio"}) or (
        "poll" if said.get("poll") else "text"
    )


def _interactions(said: kit.Json) -> Iterator[kit.Interaction]:
    reactions = said.get("reactions")
    each = (
        [kit.count_of(count) for count in reactions.values()] if isinstance(reactions, dict) else []
    )
    known = [count for count in each if count is not None]
    likes = kit.count_of(said.get("reactionCount"))
    if likes is not None or (isinstance(reactions, dict) and len(known) == len(each)):
        yield kit.Interaction(
            reaction=kit.Reaction.LIKES, count=likes if likes is not None else sum(known)
        )
    yield from kit.interactions_of(said, _REACTIONS)
