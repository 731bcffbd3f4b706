"""The names and meanings of all metrics: the one list that the table, the JSON and the documentation follow."""

from __future__ import annotations

from .metrics import Definition

DEFINITIONS: dict[str, Definition] = {
    "extraction.valid": Definition("articles whose answer was valid JSON of the asked shape, re-asks included, of all"),
    "extraction.quotes_verbatim": Definition(
        "all reports: quotes that stand in the article letter for letter, white space and capitals aside; a missing "
        "one does not"
    ),
    "extraction.event_type": Definition("main report of each article: event type right"),
    "extraction.killed": Definition(
        "main report: count of the dead right in low, best, high and qualifier; none is right where the gold has none"
    ),
    "extraction.injured": Definition("main report: the same for the hurt"),
    "extraction.killed_figure": Definition("main report: the same for the dead, but the figure alone must be right"),
    "extraction.injured_figure": Definition("main report: the same for the hurt, but the figure alone must be right"),
    "extraction.date": Definition("main report: first day and precision right, of those with a gold date"),
    "extraction.location": Definition(
        "main report: place shares a telling word with the gold one, of those with a gold place"
    ),
    "extraction.perpetrators_f1": Definition("main report: perpetrators with their status", "f1"),
    "extraction.targets_f1": Definition("main report: targets", "f1"),
    "extraction.weapons_f1": Definition("main report: weapons", "f1"),
    "extraction.unsupported": Definition(
        "main report: of the fields filled (verified date, place, tolls, responsibility), those that hold "
        "another value than the gold, or one where it has none",
        falling=True,
    ),
    "extraction.invented": Definition(
        "main report: of the same fields, those of which the gold has no value at all", falling=True
    ),
    "extraction.unsupported_items": Definition(
        "main report: of the perpetrators, targets and weapons given, those that are none of the gold's", falling=True
    ),
    **{
        f"muc4.{part}_fillers_f1": Definition(
            f"MUC-4 {part.upper()}, all reports: perpetrators, targets and weapons of each document, where the key has "
            "none too",
            "f1",
        )
        for part in ("dev", "tst1", "tst2", "tst3", "tst4")
    },
    "grounding.quotes_located": Definition("quotes located exactly or after normalising"),
    "grounding.verified": Definition("findings whose words say their value"),
    "grounding.false_proofs": Definition("all reports: verified values that are not the gold ones", falling=True),
    "grounding.altered_accepted": Definition(
        "quotes with one figure or name changed that were accepted", "total", True
    ),
    "counts.parsed": Definition("counts parsed from their quotes: low, best, high and qualifier right"),
    "dates.resolved": Definition("dates resolved from their quotes and publish dates: start, end and precision right"),
    "dates.resolved_undated": Definition("the same in articles without a publish date"),
    "origins.f1": Definition("pairs of articles of one origin", "f1"),
    "alignment.b3_f1": Definition("reports to incidents, B-cubed", "b_cubed"),
    "alignment.split": Definition("incidents whose reports ended in several", "total", True),
    "alignment.mixed": Definition("pairs of main incidents a day or more apart that were taken for one", "total", True),
    "merging.casualties": Definition("killed, injured, missing, captured: merged figure is the true one"),
    "merging.casualties_said": Definition("the same where at least one article says the true figure"),
    "merging.event_type": Definition("merged event type is the true one"),
    "merging.stage": Definition("merged stage is the true one"),
    "merging.date": Definition("merged first day is the true one"),
    "merging.location": Definition("merged place shares a telling word with the true one"),
    "merging.perpetrators_f1": Definition("merged perpetrators with their status", "f1"),
    "merging.targets_f1": Definition("merged targets", "f1"),
    "merging.weapons_f1": Definition("merged weapons", "f1"),
    "support.accuracy": Definition("support entries whose stance (supports, differs) is right"),
    "support.precision": Definition("entries that say supports where the source does"),
    "support.recall": Definition("sources that support a value and are listed so"),
    "conflicts.recall": Definition("planted differences that are listed"),
    "conflicts.recall_said": Definition("the same where two reports' values in that field differ"),
    "conflicts.precision": Definition("listed differences that are planted ones"),
    "conflicts.kind": Definition("kind right, of the planted differences that are listed"),
    "conflicts.false_disputes": Definition("disputes raised that are none", "total", True),
    "run.cached": Definition("answers taken from the ledger, which cost no time", "total"),
    "run.calls": Definition("calls to the model", "total", True),
    "run.input_tokens": Definition("tokens sent", "total", True),
    "run.output_tokens": Definition("tokens received", "total", True),
    "run.cost_usd": Definition("US dollars", "total", True),
    "run.seconds_per_article": Definition(
        "seconds an article, starting the model, extraction and all the rest", "mean", True
    ),
    "run.peak_memory_mib": Definition(
        "MiB that the process held at its peak, a model that runs inside it included", "total", True
    ),
}
