"""Made-up news for the benchmarks: incidents, the articles that tell of them, and their reports with spans in place.

Everything comes from one seed, so two runs see the same news.  `spread` news is what a year of agencies looks like;
`crowded` news all happens in one country on three days, in the same few words.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from summarizer.schemas import (
    Article,
    Count,
    DateSpan,
    Finding,
    GroundedReport,
    Perpetrator,
    Place,
    Target,
    Value,
    Weapon,
)

Shape = Literal["spread", "crowded"]
REPORTS_AN_INCIDENT = 10 / 3
COPIED = 0.25
"""Share of later articles that are another's text with a sentence missing."""
TOLD_BESIDE = 0.15
"""Share of articles that tell of an earlier incident as well."""

_COUNTRIES = """Iraq Syria Nigeria Mali Kenya India Pakistan Turkey Mexico Colombia Peru Chile Brazil France Spain Italy
Poland Ukraine Romania Greece Egypt Libya Algeria Chad Niger Somalia Ethiopia Uganda Yemen Lebanon Jordan Thailand
Indonesia Vietnam Japan Canada Australia Bangladesh Nepal Myanmar""".split()  # noqa: SIM905
_KINDS = {
    "bombing": ("bomb", "a bomb went off"),
    "shooting": ("rifles", "gunmen opened fire"),
    "airstrike": ("guided missiles", "warplanes struck"),
    "rocket_or_missile_attack": ("rockets", "rockets landed"),
    "clash": ("machine guns", "a clash broke out"),
    "fire": ("petrol", "a fire swept through a hall"),
    "transport_accident": ("bus", "a bus overturned"),
    "natural_disaster": ("mud", "a landslide buried houses"),
    "kidnapping": ("pistols", "travellers were kidnapped"),
    "industrial_accident": ("gas", "a boiler exploded"),
}
_TARGETS = "market school convoy checkpoint refinery bridge clinic barracks depot station".split()  # noqa: SIM905
_STOCK = (
    "Police said an investigation was under way and asked witnesses to come forward.",
    "A hospital official confirmed the figures but declined to be named.",
    "The authorities have not commented on the report.",
    "Security forces closed the roads around the site for several hours.",
)
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aeiou"
_LITTLE = "the of and to in a that was for on with at by from it as were which had not".split()  # noqa: SIM905


@dataclass(frozen=True)
class News:
    """`gold` gives the incident of each report by source and index."""

    articles: dict[str, Article]
    reports: list[GroundedReport]
    gold: dict[tuple[str, int], int]


@dataclass(frozen=True)
class _Incident:
    number: int
    kind: str
    day: date
    country: str
    place: str
    group: str
    target: str
    killed: int
    injured: int
    people: tuple[str, ...]


class Words:
    """Words and names in endless supply, and prose made of them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.common = [self.word(self.random.randint(1, 4)) for _ in range(6000)]

    def word(self, syllables: int) -> str:
        return "".join(self.random.choice(_CONSONANTS) + self.random.choice(_VOWELS) for _ in range(syllables))

    def name(self) -> str:
        return self.word(self.random.randint(2, 4)).capitalize()

    def sentence(self, names: tuple[str, ...]) -> str:
        size = self.random.randint(12, 26)
        words = [
            self.random.choice(_LITTLE)
            if self.random.random() < 0.4
            else self.common[int(len(self.common) * self.random.random() ** 2)]
            for _ in range(size)
        ]
        if self.random.random() < 0.5:
            words[size // 2] = self.random.choice(names)
        return " ".join(words).capitalize() + "."


def news(reports: int, *, shape: Shape = "spread", seed: int = 1) -> News:
    """At least `reports` reports of about three tenths as many incidents, in the order of publishing."""
    words = Words(seed)
    incidents = _incidents(round(reports / REPORTS_AN_INCIDENT), words, shape)
    drafts = sorted(
        (draft for incident in incidents for draft in _told(incident, incidents, words, reports / len(incidents))),
        key=lambda draft: (draft[0].published or "", draft[0].publisher or ""),
    )
    found = News({}, [], {})
    for number, (article, told) in enumerate(drafts, start=1):
        source = f"s{number}"
        found.articles[source] = article
        for index, incident in enumerate(told):
            found.reports.append(_report(incident, article, source, index, words.random))
            found.gold[source, index] = incident.number
    return found


def _incidents(size: int, words: Words, shape: Shape) -> list[_Incident]:
    pick = words.random
    towns = [words.name() for _ in range(40 if shape == "crowded" else max(40, size // 2))]
    groups = [f"{words.name()} {kind}" for kind in ("Front", "Brigade", "Movement") for _ in range(40)]
    kinds = ["bombing", "shooting", "clash"] if shape == "crowded" else list(_KINDS)
    made = []
    for number in range(size):
        town = pick.choice(towns)
        # In a crowd the street alone tells one incident from the next.
        place = f"{words.name()} Street in {town}, Baghdad" if shape == "crowded" else town
        made.append(
            _Incident(
                number=number,
                kind=pick.choice(kinds),
                day=date(2023, 3, 6) + timedelta(days=pick.randrange(3 if shape == "crowded" else 365)),
                country="Iraq" if shape == "crowded" else pick.choice(_COUNTRIES),
                place=place,
                group=pick.choice(groups[:5] if shape == "crowded" else groups),
                target=pick.choice(_TARGETS),
                killed=int(pick.paretovariate(1.0)) % 90,
                injured=int(3 * pick.paretovariate(1.0)) % 300,
                people=tuple(f"{words.name()} {words.name()}" for _ in range(3)),
            )
        )
    return made


def _told(
    incident: _Incident, incidents: list[_Incident], words: Words, average: float
) -> list[tuple[Article, list[_Incident]]]:
    """The articles of one incident, each with the incidents that it tells of."""
    pick = words.random
    drafts: list[tuple[Article, list[_Incident]]] = []
    for _ in range(max(1, round(pick.gammavariate(2.0, average / (1 + TOLD_BESIDE) / 2.0)))):
        moment = datetime.combine(incident.day, datetime.min.time()) + timedelta(minutes=pick.randrange(2880))
        if drafts and pick.random() < COPIED:
            original, told = pick.choice(drafts)
            lines = original.text.split("\n")
            del lines[-pick.randint(1, 3)]
            text = "\n".join(lines)
        else:
            told = [incident]
            if pick.random() < TOLD_BESIDE:
                other = incidents[max(0, incident.number - pick.randint(1, 50))]
                told += [other] if other is not incident else []
            text = _text(told, words)
        publisher = f"{words.name()} Times"
        drafts.append((Article(text=text, publisher=publisher, published=moment.isoformat()), told))
    return drafts


def _text(told: list[_Incident], words: Words) -> str:
    pick, lines = words.random, []
    for incident in told:
        lines.append(
            f"{_KINDS[incident.kind][1].capitalize()} in {incident.place}, {incident.country}, on "
            f"{incident.day:%d %B %Y}, killing {incident.killed} people and injuring {incident.injured} others at "
            f"the {incident.place} {incident.target}, and {incident.group} was blamed for it."
        )
        lines += [words.sentence((*incident.people, incident.place, incident.group)) for _ in range(4)]
    lines.append(pick.choice(_STOCK))
    lines += [words.sentence(told[0].people) for _ in range(4)]
    return "\n".join(lines)


def _report(incident: _Incident, article: Article, source: str, index: int, pick: random.Random) -> GroundedReport:
    """What a good but not perfect model would take from the article: one field in eight is missing."""

    def found(value: Any, quote: str) -> Any:
        start = article.text.find(quote)
        if pick.random() < 0.125 or start < 0:
            return None
        kind = type(value) if isinstance(value, Value) else str
        return Finding[kind](  # type: ignore[valid-type]
            value=value, quote=quote, start=start, end=start + len(quote), match="exact", verified=True
        )

    weapon, phrase = _KINDS[incident.kind]
    lists = {
        "perpetrators": found(Perpetrator(name=incident.group, kind="armed_group"), incident.group),
        "targets": found(Target(name=f"{incident.place} {incident.target}"), f"{incident.place} {incident.target}"),
        "weapons": found(Weapon(name=weapon), phrase.capitalize()),
    }
    return GroundedReport(
        source=source,
        index=index,
        role="main" if index == 0 else "related",
        event_type=found(incident.kind, phrase.capitalize()),
        date=found(DateSpan(start=incident.day.isoformat()), f"{incident.day:%d %B %Y}"),
        location=found(Place(name=incident.place, country=incident.country), incident.place),
        killed=found(Count.exact(incident.killed), f"{incident.killed} people"),
        injured=found(Count.exact(incident.injured), f"{incident.injured} others"),
        **{name: (item,) if item is not None else () for name, item in lists.items()},
    )
