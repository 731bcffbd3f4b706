"""One run of the digest: sources → articles → reports → incidents → a digest.  Every step can be killed and goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from summarizer.articles.fetching import Fetcher
from summarizer.articles.pages import PageReader
from summarizer.articles.politeness import PoliteFetcher
from summarizer.errors import BusyError, StateError, SummarizerError
from summarizer.settings import Settings, load_settings
from summarizer.wording import plural

from .aligning import Joined, join_new
from .config import Config
from .incidents import Moment
from .intake import take_in
from .journal import Journal
from .mailing import check_password
from .publishing import Published, plan, publish
from .queue import enqueue, to_read, waiting
from .reading import Readout, read
from .sources import Listing, Tools, Trouble, discover
from .state import State

_AGENT = "incident-summarizer (+reads the feeds that its operator configured)"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """What one run does differently.  `since` is an ISO date; `limit` counts articles; `max_cost` is in US dollars."""

    since: str | None = None
    limit: int | None = None
    max_cost: float | None = None


@dataclass
class Outcome:
    """What a run did.  `troubles` are sources, pages, articles and letters that failed; the others went on."""

    run: int = 0
    listed: int = 0
    fetched: int = 0
    articles: int = 0
    left: int = 0
    readout: Readout = field(default_factory=Readout)
    joined: Joined = field(default_factory=Joined)
    files: list[Path] = field(default_factory=list)
    mailed: int = 0
    troubles: list[Trouble] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def line(self) -> str:
        """The run in one line."""
        usage, joined = self.readout.usage, self.joined
        cost = "cost unknown" if usage.cost is None else f"${usage.cost:.4f}"
        parts = [
            f"{self.articles} new {plural('article', self.articles)}",
            f"{self.readout.read} read ({usage.calls} {plural('call', usage.calls)}, {usage.cached} cached, {cost})"
            + (f", {self.readout.unasked} of them not asked about: no incident" if self.readout.unasked else ""),
            f"{len(joined.opened)} {plural('incident', len(joined.opened))} opened, {len(joined.changed)} changed"
            + (f", {len(joined.joined)} joined" if joined.joined else ""),
        ]
        parts += [f"{self.left} left for later"] if self.left else []
        parts += [f"{len(self.troubles)} {plural('failure', len(self.troubles))}"] if self.troubles else []
        if not (self.articles or self.readout.read or self.files or self.joined.reports):
            parts = ["nothing new", *parts[3:]]
        pages = [str(path) for path in self.files if path.suffix in {".md", ".html"}] or list(map(str, self.files))
        wrote = f"; wrote {pages[0]}" if pages else ""
        return f"run {self.run}: {'; '.join(parts)}{wrote}; {self.seconds:.1f} s"

    @property
    def counts(self) -> dict[str, Any]:
        """The run in figures, for the state and the log."""
        usage = asdict(self.readout.usage)
        return {
            "listed": self.listed,
            "fetched": self.fetched,
            "articles": self.articles,
            "read": self.readout.read,
            "left": self.left,
            "model": self.readout.model,
            **usage,
            "opened": len(self.joined.opened),
            "changed": len(self.joined.changed),
            "joined": len(self.joined.joined),
            "troubles": len(self.troubles),
            "mailed": self.mailed,
            "seconds": round(self.seconds, 3),
        }


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Alone with the state file; the operating system frees the lock however the process ends.

    Raises BusyError at once where another process has it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(f"{path}.lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise BusyError(
            f"another run works on {path}; wait for it to end, its timer may be too tight", subject=str(path)
        ) from None
    except OSError as wrong:
        raise StateError(
            f"{path}.lock: cannot be made ({wrong.strerror}); mend the rights", subject=str(path)
        ) from wrong
    try:
        yield
    finally:
        lock.release()


def run_digest(
    config: Config,
    *,
    options: Options = Options(),
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    say: Say = lambda line: None,
) -> Outcome:
    """Make one run: take in what is new, join it, write the digest of what readers have not been told.

    `say` is called with a line for each failure and each article that the model has read.  `clock` tells the time.

    Raises BusyError where another run is at work, SettingError and its kin, StateError, WritingError.  Whatever was
    done until then is kept, and the next run goes on from there.
    """
    settings = settings_of(config, options)
    if config.mail is not None:
        check_password(config.mail)  # before anything is paid for
    with locked(config.state), State(config.state) as state:
        return _Run(state, config, settings, options, clock, say).whole()


def settings_of(config: Config, options: Options = Options()) -> Settings:
    """The model's settings: the configuration goes before the environment, the command line before both.

    Answers are kept in the state file.  Raises SettingError.
    """
    return load_settings(
        model=config.model.name,
        base_url=config.model.base_url,
        concurrency=config.model.concurrency,
        max_cost=options.max_cost if options.max_cost is not None else config.model.max_cost,
        ledger=config.state,
        use_ledger=True,
    )


def fetcher_of(config: Config) -> PoliteFetcher:
    """The fetcher as configured."""
    how = config.fetching
    plain = Fetcher(
        seconds=how.timeout_seconds, limit=how.page_bytes, private_hosts=how.allow_private_hosts, agent=_AGENT
    )
    return PoliteFetcher(plain, delay=how.delay_seconds, robots=how.robots)


class _Run:
    """The steps of one run, in their order."""

    def __init__(
        self,
        state: State,
        config: Config,
        settings: Settings,
        options: Options,
        clock: Callable[[], datetime],
        say: Say,
    ) -> None:
        self.state, self.config, self.settings, self.options = state, config, settings, options
        self.clock, self.say = clock, say
        self.journal = Journal(config.log, clock)
        self.outcome = Outcome()
        self.started = clock()

    def whole(self) -> Outcome:
        outcome = self.outcome
        outcome.run = self.state.start_run(self.started.isoformat(timespec="seconds"))
        try:
            self._published(publish(self.state, self.config))  # what a killed run had planned
            self._take_in()
            self._read()
            moment = Moment(outcome.run, self.started.isoformat(timespec="seconds"))
            outcome.joined = join_new(self.state, moment, window_days=self.config.window_days)
            if plan(self.state, self.config, moment, troubles=self._told_troubles()):
                self._published(publish(self.state, self.config))
        except SummarizerError as wrong:
            self._finish(f"failed: {type(wrong).__name__}")
            self.journal.write("failed", outcome.run, error=type(wrong).__name__, message=str(wrong))
            raise
        self._finish("partial" if outcome.troubles else "done")
        return outcome

    def _finish(self, ended: str) -> None:
        now = self.clock()
        self.outcome.seconds = (now - self.started).total_seconds()
        self.state.finish_run(self.outcome.run, now.isoformat(timespec="seconds"), ended, self.outcome.counts)
        files = [str(path) for path in self.outcome.files]
        self.journal.write("run", self.outcome.run, outcome=ended, files=files, **self.outcome.counts)

    def _take_in(self) -> None:
        config, now = self.config, self.started
        fetcher = fetcher_of(config)
        recheck = timedelta(days=config.fetching.recheck_days)
        with PageReader() as pages:
            tools = Tools(fetcher, pages, self.state.validators(), config.fetching)
            for found in discover(config.sources, tools):
                if isinstance(found, Listing):
                    self.outcome.listed += 1
                    new = enqueue(self.state, found, run=self.outcome.run, now=now, recheck=recheck)
                    self.outcome.articles += new if found.articles else 0
                else:
                    self._trouble(found)
            queue = waiting(self.state, since=self.options.since)
            intake = take_in(self.state, queue, fetcher, pages, how=config.fetching, now=now)
        self.outcome.fetched = intake.fetched
        self.outcome.articles += intake.new
        for trouble in intake.troubles:
            self._trouble(trouble)

    def _read(self) -> None:
        ids = to_read(self.state, since=self.options.since, limit=self.options.limit)
        done = 0

        def on_article(source: str) -> None:
            nonlocal done
            done += 1
            self.say(f"{done}/{len(ids)} articles read by the model ({source})")

        self.outcome.readout = read(self.state, ids, self.settings, on_article=on_article)
        for trouble in self.outcome.readout.troubles:
            self._trouble(trouble)
        self.outcome.left = len(to_read(self.state)) + len(waiting(self.state))

    def _trouble(self, trouble: Trouble) -> None:
        self.outcome.troubles.append(trouble)
        self.say(f"failed: {trouble.message}")
        self.journal.write("failure", self.outcome.run, **asdict(trouble))

    def _told_troubles(self) -> list[str]:
        return [trouble.message for trouble in self.outcome.troubles]

    def _published(self, published: Published) -> None:
        self.outcome.files += published.files
        self.outcome.mailed += published.mailed
        for told in published.troubles:
            self._trouble(Trouble("mail", "MailError", told))
