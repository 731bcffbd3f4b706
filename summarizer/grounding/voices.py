"""Which numbers of a phrase belong to which outcome: "killing eight and wounding five" wounded five."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from ..lexicon import word_set
from ..lexicon.casualty_words import CORE
from ..schemas.values import Outcome
from .items import Item, Phrase

_AUXILIARIES = word_set("auxiliaries")
_BOUND = frozenset([",", ";", ".", "(", ")"]) | {"and", "but", "while", "with", "or"}
_PREPOSITIONS = word_set("prepositions") | set(",;:.)")


class Hit(NamedTuple):
    """A word of an outcome at word `at`; `active` where the people stand behind it ("killing eight")."""

    at: int
    outcome: Outcome
    active: bool


def share_out(read: Phrase, outcome: Outcome | None) -> list[Item]:
    """The items of the phrase that belong to `outcome`; all of them where it speaks of one outcome only."""
    wholes = {item.end for item in read.items if item.whole}
    hits = _without_sets(read, [hit for hit in _hits(read) if hit.at not in wholes])
    spoken = {hit.outcome for hit in hits}
    if outcome is None or not hits or (len(spoken) == 1 and outcome not in spoken):
        return read.items
    if len(spoken) == 1:
        return _without_doers(read, hits)
    owners = _owners(read, hits)
    mine = [item for item, owner in zip(read.items, owners, strict=True) if owner == outcome]
    return mine or _shared(read, hits, outcome, owners)


_SET_OF = (("of", "the"), ("of", "its"), ("of", "their"), ("of", "those"))


def _without_sets(read: Phrase, hits: list[Hit]) -> list[Hit]:
    """The hits without those that only say whom a part is of: in "one of the wounded died" one died."""
    others = [hit for hit in hits if read.run[max(0, hit.at - 2) : hit.at] not in _SET_OF]
    return others or hits


def _hits(read: Phrase) -> list[Hit]:
    """The plain words of each outcome in order; a longer one ("burned to death") wins over the words inside it."""
    joined = " ".join(read.run)
    spans = sorted(
        (match.start(), -match.end(), outcome)
        for outcome, pattern in CORE.items()
        for match in pattern.finditer(joined)
    )
    hits: list[Hit] = []
    reached = -1
    for start, minus_end, outcome in spans:
        if start >= reached:
            first, last = joined.count(" ", 0, start), joined.count(" ", 0, -minus_end)
            hits.append(Hit(first, outcome, _active(read, first, last)))
            reached = -minus_end
    return hits


def _active(read: Phrase, index: int, last: int) -> bool:
    word, run = read.run[index], read.run
    if word in {"body", "bodies", "fatalities"}:
        return run[last + 1 : last + 2] == (":",)
    if word.endswith("ing") and word not in {"missing"}:
        return True
    if any(other in _AUXILIARIES for other in run[max(0, index - 3) : index]):
        return False
    following = run[last + 1 : last + 2]
    if not following or following[0] in _PREPOSITIONS:
        return following == (":",)
    starts = {item.at for item in read.items}
    return any(ahead in starts for ahead in range(last + 1, last + 4))


def _without_doers(read: Phrase, hits: list[Hit]) -> list[Item]:
    """All items but those that stand before an active verb and do the deed: "a gunman killed three people"."""
    active = [hit for hit in hits if hit.active]
    if len(active) != len(hits) or not active:
        return read.items
    behind = [item for item in read.items if item.at > active[0].at]
    return behind or read.items


def _owners(read: Phrase, hits: list[Hit]) -> list[Outcome | None]:
    return [_owner(item, read, hits) for item in read.items]


def _owner(item: Item, read: Phrase, hits: list[Hit]) -> Outcome | None:
    before = max((hit for hit in hits if hit.at < item.at), default=None, key=lambda hit: hit.at)
    after = min((hit for hit in hits if hit.at >= item.end), default=None, key=lambda hit: hit.at)
    takes_before = before is not None and before.active
    takes_after = after is not None and not after.active
    if takes_before and takes_after and before and after:
        between = [other for other in read.items if before.at < other.at < after.at]
        parted = any(word in _BOUND for word in read.run[item.end : after.at])
        last = item == between[-1]
        return after.outcome if last and not parted and len(between) > 1 else before.outcome
    if takes_before and before:
        return before.outcome
    if takes_after and after:
        return after.outcome
    if before is not None and not _has_item_before(before, read, hits):
        return before.outcome
    return None


def _has_item_before(hit: Hit, read: Phrase, hits: list[Hit]) -> bool:
    """Whether a number stands before the word of the outcome and after the one before it."""
    start = max((other.at for other in hits if other.at < hit.at), default=-1)
    return any(start < item.at < hit.at for item in read.items)


def _shared(read: Phrase, hits: list[Hit], outcome: Outcome, owners: list[Outcome | None]) -> list[Item]:
    """ "No one was killed or injured": two outcomes joined by a word share their number, unless the dead and the hurt
    are lumped together in one figure, which says neither."""
    for hit, other in pairwise(hits):
        joined = other.at - hit.at <= 3 and any(word in {"and", "or", "nor"} for word in read.run[hit.at : other.at])
        if not joined or outcome not in (hit.outcome, other.outcome):
            continue
        partner = hit.outcome if other.outcome == outcome else other.outcome
        theirs = [item for item, owner in zip(read.items, owners, strict=True) if owner == partner]
        if theirs and (all(item.best == 0 for item in theirs) or {hit.outcome, other.outcome} != {"killed", "injured"}):
            return theirs
    return []
