"""Ways of asking the embedded model, beside the one call that is shipped: `python benchmarks/embedded_ways.py`.

They are compared on the sets of `corpus/train` that the trainer held out and on `corpus/tuning`, which is there for
such choices, so that `corpus/dev` stays unseen.  Wants the extra `embedded`; "shipped" took
four minutes for 75 of the 147 articles on two cores, all ways take hours.

- shipped: all fields at once, the missing and captured only where the model was sure (`extraction/confidence.py`);
- one call: the same, but whatever is answered is taken;
- sure .5 (and other shares): the same, without values of which a token was less probable than that;
- any kind: as shipped, but of any kind of incident that the model likes, whatever the article's words say;
- likely .3, .5, .9: as shipped, but of the kinds that are so probable by the words (shipped: .6);
- words alone: as shipped, but of the kind that is most probable by the words;
- groups: three short calls, each for a group of fields;
- second pass: one call, then the sentences that speak of casualties in figures which no phrase explains, asked alone;
- vote: one call and groups; where their phrases for a field share no word, the field is left empty.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from nupunkt import sent_spans
from summarizer.schemas import Article, CompactAnswer, CompactReport, Finding, Report
from summarizer.schemas.values import EventType

from summarizer.evaluation.gold import GoldSet, load_gold
from summarizer.evaluation.running import evaluate_model
from summarizer.extraction import Extractor
from summarizer.extraction.asking import question
from summarizer.extraction.confidence import REPORT, STATUS
from summarizer.extraction.grammar import FIELDS
from summarizer.extraction.splitting import join_reports, split_article
from summarizer.lexicon.casualty_words import OUTCOME_PATTERNS
from summarizer.settings import Settings, load_settings
from summarizer.text import fold_keeping_length

ROOT = Path(__file__).resolve().parent.parent
HELD_OUT = (
    "ban-tanyong-raid",
    "hotel-fire-portugal",
    "jamaica-tamarind-pen",
    "khwajagarh-bazaar-bomb",
    "lumbay-bend-ambush",
    "saudi-al-rahwa-airport-missiles",
    "tajikistan-avalanche-2017",
    "tower-collapse-lagos",
)
"""What `training.train` with its default seed validates with, and does not learn from."""
TOLLS = ("killed", "injured", "missing", "captured")
GROUPS = (("type", "stage", "when", "where"), TOLLS, ("by", "claim", "targets", "weapons"))
FIGURE = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|a dozen|dozens|scores|both)\b", re.I)
ROWS = ("event_type", "killed", "injured", "date", "location", "perpetrators_f1", "targets_f1", "weapons_f1")


class PartReport(CompactReport):
    """A compact report of which only some fields were asked for."""

    type: EventType | None = None  # type: ignore[assignment]


class PartAnswer(CompactAnswer):
    """The answer to a question about some fields."""

    reports: list[PartReport]  # type: ignore[assignment]


class Asking(Extractor):
    """An extractor that can ask for some fields at a time, and takes whatever is answered."""

    least_sure: Mapping[str, float] = {REPORT: 0.0}

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, answer=PartAnswer)  # whole answers are read by it, too
        self.profile = replace(self.profile, least_sure=self.least_sure)

    async def some(self, article: Article, part: str, fields: Sequence[str]) -> list[Report]:
        """The reports that an answer about `fields` of a part of an article gives."""
        asking = question(self.profile, article, part, fields=fields)
        return list((await self._answer(asking)).to_reports())

    async def whole(self, article: Article, part: str) -> list[Report]:
        answer = await self._answer(question(self.profile, article, part))
        return list(answer.to_reports())

    async def reports_of(self, article: Article, part: str) -> list[Report]:
        return await self.whole(article, part)

    async def extract(self, article: Article) -> list[Report]:
        parts = split_article(article.text, self.profile.part_characters)
        return join_reports([await self.reports_of(article, part) for part in parts])


class Groups(Asking):
    """Three calls for three groups of fields; the first call says which incidents there are."""

    async def reports_of(self, article: Article, part: str) -> list[Report]:
        return await grouped(self, article, part)


async def grouped(asking: Asking, article: Article, part: str) -> list[Report]:
    answers = [await asking.some(article, part, fields) for fields in GROUPS]
    if not answers[0]:
        return []
    main = answers[0][0]
    for reports in answers[1:]:
        if reports:
            main = main.model_copy(update=_said(reports[0]))
    return [main, *answers[0][1:]]


class SecondPass(Asking):
    """One call, then one for the tolls of each sentence that holds figures which no phrase explains."""

    async def reports_of(self, article: Article, part: str) -> list[Report]:
        reports = await self.whole(article, part)
        if not reports:
            return reports
        quotes = [getattr(report, name).quote for report in reports for name in TOLLS if getattr(report, name)]
        for start, end in sent_spans(part):
            sentence = part[start:end]
            empty = [name for name in TOLLS if getattr(reports[0], name) is None and _speaks_of(name, sentence)]
            if empty and FIGURE.search(sentence) and not any(quote in sentence for quote in quotes):
                found = await self.some(article, sentence, empty)
                if found:
                    reports[0] = reports[0].model_copy(update=_said(found[0]))
        return reports


class Vote(Asking):
    """One call and the groups; a field of the main report stays where both found words in common."""

    async def reports_of(self, article: Article, part: str) -> list[Report]:
        reports = await self.whole(article, part)
        other = await grouped(self, article, part)
        if not reports or not other:
            return reports or other
        pairs = {name: (getattr(reports[0], name), getattr(other[0], name)) for name in ("date", "location", *TOLLS)}
        kept = {name: _agreed(*pair) for name, pair in pairs.items()}
        return [reports[0].model_copy(update=kept), *reports[1:]]


def _said(report: Report) -> dict[str, Any]:
    """The fields that a report says something of, but for those that every report has."""
    always = {"role", "event_type", "stage", "index", "source"}
    return {name: getattr(report, name) for name in Report.model_fields if name not in always and getattr(report, name)}


def _speaks_of(name: str, sentence: str) -> bool:
    return OUTCOME_PATTERNS[name].search(fold_keeping_length(sentence)) is not None  # type: ignore[index]


def _agreed(one: Finding[Any] | None, other: Finding[Any] | None) -> Finding[Any] | None:
    if one is None or other is None:
        return None
    words = [set(re.findall(r"\w+", (finding.quote or "").casefold())) for finding in (one, other)]
    return one if words[0] & words[1] else None


def sure(share: float) -> type[Asking]:
    """One call, of which only what is as probable as that is taken."""

    class Sure(Asking):
        least_sure = dict.fromkeys((*FIELDS, STATUS, REPORT), share)

    return Sure


def likely(share: float) -> type[Extractor]:
    """As shipped, with the kinds of incident that are so probable by the article's words."""

    class Likely(Extractor):
        def __init__(self, settings: Settings) -> None:
            super().__init__(settings)
            self.profile = replace(self.profile, least_likely=share)

    return Likely


WAYS: dict[str, type[Extractor]] = {
    "shipped": Extractor,
    "one call": Asking,
    **{f"sure .{tenths}": sure(tenths / 10) for tenths in (3, 4, 5, 6, 7, 8, 9)},
    "any kind": likely(0),
    **{f"likely .{tenths}": likely(tenths / 10) for tenths in (3, 5, 9)},
    "words alone": likely(1),
    "groups": Groups,
    "second pass": SecondPass,
    "vote": Vote,
}


def main() -> None:
    """Score the ways and print them side by side."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("ways", nargs="*", default=list(WAYS), help=f"of {', '.join(WAYS)}")
    parser.add_argument("--ledger", type=Path, help="keep the answers in this file (timings are of first answers only)")
    parser.add_argument("--sets", nargs="*", default=[""], metavar="PREFIX", help="only sets whose names begin so")
    chosen = parser.parse_args()
    sets = [gold for gold in load_gold(ROOT / "corpus" / "train") if gold.id in HELD_OUT]
    sets += load_gold(ROOT / "corpus" / "tuning")
    sets = [gold for gold in sets if gold.id.startswith(tuple(chosen.sets))]
    print(f"{sum(len(gold.articles) for gold in sets)} articles of {len(sets)} sets")
    print(f"{'':<12}", *(f"{row.removesuffix('_f1'):>12}" for row in (*ROWS, "unsupported", "s/article", "calls")))
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(model="embedded", ledger=chosen.ledger or Path(folder) / "ledger.sqlite3")
        score(chosen.ways, sets, settings)


def score(ways: Sequence[str], sets: Sequence[GoldSet], settings: Settings) -> None:
    """Print a line for each way.  They share a ledger: what two ways ask alike is asked once, and timed there."""
    for way in ways:
        found = evaluate_model(sets, settings, extractor=WAYS[way]).metrics
        figures = [found[f"extraction.{row}"].value for row in (*ROWS, "unsupported")]
        figures += [found["run.seconds_per_article"].value, found["run.calls"].value]
        print(f"{way:<12}", *(f"{figure:12.3f}" for figure in figures), flush=True)


if __name__ == "__main__":
    main()
