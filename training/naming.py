"""Other names for the persons, places, groups and outlets of an article, of the same region, everywhere the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from random import Random

from summarizer.grounding.timewords import MONTHS, WEEKDAYS
from summarizer.lexicon import country_names
from summarizer.text import fold

from .example import Example
from .rewriting import rewritten

Pool = Mapping[str, tuple[str, ...]]
_PROPER = r"[A-Z\u00c0-\u00de][\w’'-]+"
_SEQUENCE = re.compile(
    rf"\b(?:{_PROPER}|al-{_PROPER})(?: (?:{_PROPER}|al-{_PROPER}|(?:de|del|da|la|el|al|of the|of) {_PROPER}))*"
)
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Dr|Col|Gen|Lt|Maj|Capt|Sgt|Colonel|General|Major|Captain|Sergeant|President|Minister|Governor|Mayor"
    rf"|Sheriff|Chief|Inspector|Superintendent|Commissioner|Senator|Professor|Judge|[Ss]pokes(?:man|woman|person)|[Dd]irector"
    rf"|[Mm]ayor|[Mm]inister|[Gg]overnor)\.? ({_PROPER} {_PROPER})"
)
_AGED = re.compile(rf"\b({_PROPER} {_PROPER}), (?:aged )?\d{{1,2}}\b")
_GENERIC = frozenset(
    """camp north south east west northern southern eastern western central base airport airfield port bay lake river
    mount mountain street road avenue square bridge hotel hospital school university market station city town village
    province state county district department region island islands coast gulf valley hill hills park church mosque
    prison new old upper lower great saint san santa el la los las de del the of and in near at building centre center
    ministry army police navy air force united national international government republic democratic people's
    highway house bazaar mine mill tower terminal embassy border junction inn bar club sea strait crossing""".split()  # noqa: SIM905
)
_LEAST = 3


@cache
def _lists() -> tuple[tuple[str, ...], Mapping[str, Pool]]:
    data = tomllib.loads(files("training").joinpath("names.toml").read_text(encoding="utf-8"))
    regions = {
        name: {kind: tuple(row.split("|")) for kind, row in rows.items()} for name, rows in data["regions"].items()
    }
    return tuple(data["outlets"].split("|")), regions


def region_of(example: Example) -> Pool | None:
    """The names of the region where the first report with a country happened; None where none says one."""
    named = [one.location.value.country for one in example.reports if one.location and one.location.value]
    country = next((name for name in named if name), None)
    return next((pool for pool in _lists()[1].values() if country in pool["countries"]), None)


def renamed(example: Example, chance: Random) -> Example | None:
    """The example under other names; None where it has none to swap."""
    names = dict(_swaps(example, chance))
    if not names:
        return None
    cased = names | {old.upper(): new.upper() for old, new in names.items()}
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(cased, key=len, reverse=True))) + r")(?!\w)")
    publisher = example.article.publisher
    outlet = names.get(publisher or "", publisher)
    return rewritten(example, lambda text: pattern.sub(lambda match: cased[match.group()], text), publisher=outlet)


def _swaps(example: Example, chance: Random) -> Iterator[tuple[str, str]]:
    """Old names with their new ones.  The parts of a name that stand alone elsewhere go by the new name's last part."""
    text, pool = f"{example.article.text} {example.article.title or ''}", region_of(example)
    taken = {word for word in re.findall(r"\w+", text) if word.islower()}
    if example.article.publisher:
        yield example.article.publisher, chance.choice(_lists()[0])
    if pool is None:
        return
    wanted = [(name, _person(pool, chance)) for name in _persons(example)]
    wanted += [(name, chance.choice(pool["places"])) for name in _places(example)]
    wanted += [(name, chance.choice(pool["groups"])) for name in _groups(example)]
    done: set[str] = set()
    for old, new in wanted:
        words = old.split()
        if any(_stays(word, taken) for word in words) or done & set(words) or new.split()[-1] in text:
            continue
        done |= set(words)
        yield old, new
        for at, word in enumerate(words if len(words) > 1 else []):
            yield word, new.split()[min(at, len(new.split()) - 1)] if at == 0 and len(words) == 2 else new.split()[-1]


def _person(pool: Pool, chance: Random) -> str:
    return f"{chance.choice(pool['given'])} {chance.choice(pool['family'])}"


def _stays(word: str, taken: set[str]) -> bool:
    """Whether a word is no name to swap: short, a common word, a country, a month, a day."""
    low = fold(word)
    return (
        len(word) < _LEAST
        or low in _GENERIC
        or low in MONTHS
        or low in WEEKDAYS
        or low in country_names()
        or word.lower() in taken
    )


def _persons(example: Example) -> list[str]:
    spoke = [one.value.speaker for report in example.reports for one in report.statements if one.value]
    found = [name for said in spoke for name in re.findall(rf"{_PROPER} {_PROPER}(?=,|$)", said)]
    text = example.article.text
    return list(dict.fromkeys([*found, *_TITLED.findall(text), *_AGED.findall(text)]))


def _places(example: Example) -> list[str]:
    """The place names in the locations, without generic words around them ("Camp", "north of")."""
    named = [one.location for one in example.reports if one.location and one.location.value]
    said = " , ".join(f"{one.quote} , {one.value.name}" for one in named if one.value)
    found = []
    for sequence in _SEQUENCE.findall(said):
        words = sequence.split()
        while words and fold(words[0]) in _GENERIC:
            words.pop(0)
        while words and fold(words[-1]) in _GENERIC:
            words.pop()
        found.append(" ".join(words))
    return [name for name in dict.fromkeys(found) if name]


def _groups(example: Example) -> list[str]:
    """The proper names of armed groups, of two words and more."""
    actors = [one.value for report in example.reports for one in report.perpetrators if one.value]
    found = [match for actor in actors if actor.kind == "armed_group" for match in _SEQUENCE.findall(actor.name)]
    return [name for name in dict.fromkeys(found) if " " in name]
