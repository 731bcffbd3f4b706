"""How time and memory grow: `python benchmarks/scaling.py [reports …]` (default 1000 10000; 100000 takes minutes).

Grounding against texts of growing length, worst cases included; then origins, alignment and merging of made-up news,
origins and alignment beside the naive way, all pairs compared, on the same first articles.  Nothing here passes or
fails; the goals stand beside the figures.
"""

from __future__ import annotations

import gc
import math
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

from long_articles import grounding_table
from synthetic import News, Shape, news

from summarizer.alignment import Cluster, align
from summarizer.merging import merge
from summarizer.origins import group_origins
from summarizer.pipeline import _sources

DEFAULT = (1_000, 10_000)
GOAL = 20.0
"""Seconds for 10,000 reports of 3,000 incidents."""
NAIVE = 300
"""Articles that the naive way compares."""


def timed(work: Callable[[], object]) -> tuple[object, float]:
    gc.collect()
    began = time.process_time()
    done = work()
    return done, time.process_time() - began


def megabytes() -> float:
    """Peak memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def b_cubed(clusters: Sequence[Cluster], made: News) -> float:
    """F1 of the clusters against the incidents that the news was made of."""
    found = {(r.source, r.index): number for number, cluster in enumerate(clusters) for r in cluster.reports}
    sizes, gold = Counter(found.values()), Counter(made.gold.values())
    both = Counter((found[key], made.gold[key]) for key in found)
    precision = sum(count * count / sizes[cluster] for (cluster, _), count in both.items()) / len(found)
    recall = sum(count * count / gold[incident] for (_, incident), count in both.items()) / len(found)
    return 2 * precision * recall / (precision + recall)


def naive_origins(made: News) -> float:
    """Seconds an article pair takes when every pair of texts is compared by its five-word runs."""
    texts = [article.text.casefold().split() for article in list(made.articles.values())[:NAIVE]]
    runs = [{tuple(words[at : at + 5]) for at in range(len(words) - 4)} for words in texts]
    _, seconds = timed(lambda: [len(a & b) / max(1, min(len(a), len(b))) for a, b in combinations(runs, 2)])
    return seconds / math.comb(len(runs), 2)


def measure(size: int, shape: Shape) -> float:
    """Seconds in all for news of `size` reports, after printing a line for each step."""
    made = news(size, shape=shape)
    incidents, reports = len(set(made.gold.values())), len(made.reports)
    before = megabytes()
    print(f"\n{shape} news: {reports} reports, {len(made.articles)} articles, {incidents} incidents", flush=True)
    origins, first = timed(lambda: group_origins(made.articles))
    after_origins = megabytes()
    clusters, second = timed(lambda: align(made.reports, made.articles))
    after_alignment = megabytes()
    sources = _sources(made.articles, origins, with_text=False)  # type: ignore[arg-type]
    _, third = timed(lambda: [merge(c.reports, sources) for c in clusters])  # type: ignore[attr-defined]
    score = b_cubed(clusters, made)  # type: ignore[arg-type]
    pairs = math.comb(len(made.articles), 2)
    peer = naive_origins(made) * pairs
    print(f"  origins    {first:8.2f} s  {peer / first:7.1f} × as fast as all pairs ({peer:.1f} s, of {NAIVE})")
    print(f"  alignment  {second:8.2f} s  {len(clusters)} clusters, B-cubed F1 {score:.3f}")  # type: ignore[arg-type]
    print(f"  merging    {third:8.2f} s  {1e6 * third / reports:.0f} µs a report")
    print(
        f"  in all     {first + second + third:8.2f} s  peak {megabytes():.0f} MB: news {before:.0f}, "
        f"with origins {after_origins:.0f}, with alignment {after_alignment:.0f}",
        flush=True,
    )
    return first + second + third


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or list(DEFAULT)
    grounding_table()
    totals: defaultdict[Shape, list[float]] = defaultdict(list)
    for size in sizes:
        for shape in ("spread", "crowded"):
            totals[shape].append(measure(size, shape))
    print(f"\ngoal: {GOAL:.0f} s for 10,000 reports; growth against n·log n (1.0 or less is as good)")
    for shape, seconds in totals.items():
        for (small, fast), (large, slow) in pairwise(zip(sizes, seconds, strict=True)):
            allowed = large * math.log(large) / (small * math.log(small))
            print(f"  {shape:<8} {small} to {large} reports: {slow / fast / allowed:.2f}")


if __name__ == "__main__":
    main()
