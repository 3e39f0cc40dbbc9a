"""Misskey and its kin (Sharkey, Firefish …): users/show and users/notes (misskey-hub.net).

Every address of this interface takes a POST of JSON; pages of a list differ in their bodies alone.
"""

from collections.abc import Iterator
from urllib.parse import quote

from scrapers.parse.urls import links_in
from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import Home
from scrapers.platforms.fediverse.words import proves

_RULE = "platform.misskey"
_PARTS = {
    "description": kit.ProfilePart.BIOGRAPHY,
    "fields": kit.ProfilePart.LINK,
    "bannerUrl": kit.ProfilePart.COVER,
    "pinnedNoteIds": kit.ProfilePart.PINNED,
    "verifiedLinks": kit.ProfilePart.VERIFIED,
}
_REACTIONS = ((kit.Reaction.COMMENTS, "repliesCount"), (kit.Reaction.SHARES, "renoteCount"))
_MEDIA = frozenset({"image", "video", "audio"})
_SUSPENDED = "its server has suspended the account"


def read_misskey(ask: kit.Ask, home: Home) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the user, then the notes back to the start of the window."""
    answer = yield from kit.ask_json(f"{home.api}/api/users/show", body={"username": home.name})
    if isinstance(answer, kit.Failure):
        return _refused(answer)
    account = answer.text("id")
    if not account:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    if answer.field("isSuspended") is True:
        return kit.absent(answer.page, _RULE, kit.Standing.SUSPENDED, _SUSPENDED)
    return (yield from _profile(ask, home, answer))


def _refused(failure: kit.Failure) -> kit.Profile | kit.Unknown:
    """Take the interface at its word: it names what is wrong in the answer, not by the status."""
    words = failure.body.decode("utf-8", "replace")
    if "NO_SUCH_USER" in words:
        return kit.not_found(failure, _RULE)
    if "USER_SUSPENDED" in words:
        return kit.absent(failure, _RULE, kit.Standing.SUSPENDED, _SUSPENDED)
    return kit.reason_of(failure)


def _profile(ask: kit.Ask, home: Home, user: kit.JsonAnswer) -> kit.Steps[kit.Profile]:
    """Return the user's profile, with the notes."""
    proof, name = kit.Proof(user.page, _RULE), user.text("username") or home.name
    verified_links = user.field("verifiedLinks")
    verified = (
        kit.distinct(*map(kit.site_in, verified_links)) if isinstance(verified_links, list) else ()
    )
    fields = (links_in(kit.text_of(entry.get("value"))) for entry in user.items("fields"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{name}@{home.host}: {user.text('name')}"),),
        url=f"{home.api}/@{quote(name)}",
        handle=name,
        account=f"{home.host}/{user.text('id')}",
        name=user.text("name") or name,
        about=user.text("description"),
        audience=_count(proof, user, "followers"),
        figures=(
            kit.ProfileFigure(count=kit.Count.FOLLOWING, value=_count(proof, user, "following")),
            proof.figure(kit.Count.POSTS, user.field("notesCount")),
        ),
        timeline=(yield from _notes(ask, home, user)),
        links=kit.distinct(verified, *fields, links_in(user.text("description"))),
        created_at=kit.time_of(user.field("createdAt")),
        verified=proves(verified, ask.website),
        cover=bool(user.text("bannerUrl")),
        pinned=bool(user.field("pinnedNoteIds")),
        shows=kit.parts_in(user.payload, _PARTS),
    )


def _count(proof: kit.Proof, user: kit.JsonAnswer, word: str) -> kit.Known[int] | kit.Unknown:
    """Return a count of people, unless the owner hides it.

    The interface says 0 where the owner shows it to nobody, or to followers only. Older servers
    have one setting for both counts (`ffVisibility`).
    """
    visibility = user.text(f"{word}Visibility") or user.text("ffVisibility")
    if visibility not in ("", "public"):
        return kit.unread(kit.Outcome.HIDDEN, f"the owner does not show the count of {word}")
    return proof.count(user.field(f"{word}Count"), word)


def _notes(ask: kit.Ask, home: Home, user: kit.JsonAnswer) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the notes, without replies and renotes, until the window is covered."""
    if user.field("requireSigninToViewContents") is True:
        detail = "the owner shows the posts to those who are logged in only"
        return kit.unread(kit.Outcome.HIDDEN, detail)
    wanted = {"userId": user.text("id"), "limit": 100, "withReplies": False, "withRenotes": False}

    def ask_before(note_id: str) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
        """Ask for the notes before one, or for the newest without an id."""
        body = wanted | {"untilId": note_id} if note_id else wanted
        return kit.ask_json(f"{home.api}/api/users/notes", body=body)

    # Pages have no addresses of their own: `after` tells the last note's id, which `ask` sends.
    listing = kit.Listing(
        first="",
        items=lambda answer: _written(answer, home),
        after=lambda answer, _: kit.text_of(kit.field(answer.payload, -1, "id")),
        within=(),
        what="notes",
        ask=ask_before,
    )
    return (yield from kit.read_posts(ask, listing))


def _written(answer: kit.JsonAnswer, home: Home) -> Iterator[kit.ProfilePost]:
    """Give the notes of a page that are public and the account's own.

    A note without words, poll and files is a renote; those and replies are left out, whatever the
    server lists.
    """
    proof = kit.Proof(answer.page, _RULE)
    for note in answer.items():
        published, key = kit.dated_at(note.get("createdAt")), kit.name_of(note.get("id"))
        text = kit.text_of(note.get("text"))
        own = text or note.get("poll") or kit.items(note.get("files"))
        # "home" is open to all, but kept out of the server's timelines: Mastodon's "unlisted".
        public = kit.text_of(note.get("visibility")) in ("", "public", "home")
        if published is None or not key or not own or not public or note.get("replyId"):
            continue
        yield kit.ProfilePost(
            url=f"{home.api}/notes/{key}",
            title=kit.headline(kit.text_of(note.get("cw"), 300) or text),
            text=text,
            published=published,
            evidence=proof.dated(published, text),
            format=_format(note),
            interactions=tuple(_interactions(note)),
        )


def _format(note: kit.Json) -> str:
    """Return the format of a note by its files; a poll counts as one where it has none."""
    files = kit.items(note.get("files"))
    kinds = {kit.text_of(file.get("type")).partition("/")[0] for file in files}
    return kit.format_of(kinds & _MEDIA) or ("poll" if note.get("poll") else "text")


def _interactions(note: kit.Json) -> Iterator[kit.Interaction]:
    """Give the interactions of a note, with its reactions of all kinds together as likes.

    A note states them by emoji, {"👍": 3, ":pump@.:": 1}; some servers state their sum as well.
    One count that cannot be read makes a sum of the others wrong: then there is none.
    """
    reactions = note.get("reactions")
    by_emoji = reactions.values() if isinstance(reactions, dict) else ()
    counts = [kit.count_of(count) for count in by_emoji]
    known = [count for count in counts if count is not None]
    total = kit.count_of(note.get("reactionCount"))
    if total is None and isinstance(reactions, dict) and len(known) == len(counts):
        total = sum(known)
    if total is not None:
        yield kit.Interaction(reaction=kit.Reaction.LIKES, count=total)
    yield from kit.interactions_of(note, _REACTIONS)
