"""Promises of date resolution: words of an article become days, weeks, months and years."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizer.schemas import DateSpan

from summarizer.grounding.dates import resolve_date

FRIDAY = date(2023, 3, 10)

# phrase | start [to end], its precision follows from its length; `w` marks a week
PHRASES = """
March 8 | 2023-03-08
on March 8 | 2023-03-08
on March 8th | 2023-03-08
March 8, 2022 | 2022-03-08
March 8 2022 | 2022-03-08
8 March | 2023-03-08
8 March 2021 | 2021-03-08
on 8 March 2021 | 2021-03-08
the 8th of March | 2023-03-08
8th March | 2023-03-08
the eighth of March | 2023-03-08
the twentieth of February | 2023-02-20
2023-03-08 | 2023-03-08
2023/03/08 | 2023-03-08
2020.03.12 | 2020-03-12
27/2/2023 | 2023-02-27
27.02.2023 | 2023-02-27
27/2/23 | 2023-02-27
Monday (27/2/2023) | 2023-02-27
3/8/2023 | 2023-03-08
Mar. 8 | 2023-03-08
Feb. 14 | 2023-02-14
Sept. 11, 2001 | 2001-09-11
Sept 11 2001 | 2001-09-11
Dec 24 | 2022-12-24
December 24 | 2022-12-24
24 December | 2022-12-24
18 June | 2022-06-18
June 18 | 2022-06-18
March 12 | 2023-03-12
on Wednesday, March 8 | 2023-03-08
Wednesday 8 March | 2023-03-08
Weds., March 8 | 2023-03-08
on the night of 18 January | 2023-01-18
on the morning of 1 March | 2023-03-01
18 November last year | 2022-11-18
May 5 last year | 2022-05-05
May 5 two years ago | 2021-05-05
March 3-5 | 2023-03-03 to 2023-03-05
3-5 March | 2023-03-03 to 2023-03-05
3–5 March 2022 | 2022-03-03 to 2022-03-05
March 3 to 5 | 2023-03-03 to 2023-03-05
from 3 to 5 March | 2023-03-03 to 2023-03-05
between 3 and 5 March | 2023-03-03 to 2023-03-05
11–12 July | 2022-07-11 to 2022-07-12
28 February to 2 March | 2023-02-28 to 2023-03-02
February 28 - March 2 | 2023-02-28 to 2023-03-02
30 December to 2 January | 2022-12-30 to 2023-01-02
Christmas Day | 2022-12-25
on Christmas Eve | 2022-12-24
New Year's Eve | 2022-12-31
Boxing Day | 2022-12-26
Valentine's Day | 2023-02-14
12 mars 2020 | 2020-03-12
18 de junio de 2012 | 2012-06-18
3. Oktober 2019 | 2019-10-03
on Wednesday | 2023-03-08
Wednesday | 2023-03-08
Wednesday evening | 2023-03-08
on Wednesday evening | 2023-03-08
on Friday | 2023-03-10
Friday morning | 2023-03-10
on Saturday | 2023-03-04
late on Thursday | 2023-03-09
Late on Thursday | 2023-03-09
late Thursday night | 2023-03-09
early Sunday | 2023-03-05
early on Sunday morning | 2023-03-05
before dawn on Tuesday | 2023-03-07
in the small hours of Monday | 2023-03-06
since Thursday | 2023-03-09
of Tuesday | 2023-03-07
on the day of Tuesday | 2023-03-07
last Tuesday | 2023-03-07
last Friday | 2023-03-03
last Saturday | 2023-03-04
this Wednesday | 2023-03-08
the previous Sunday | 2023-03-05
next Monday | 2023-03-13
Tuesday's attack | 2023-03-07
Tuesday’s raid | 2023-03-07
last Saturday's ambush | 2023-03-04
Tuesday of last week | 2023-02-28
on Monday last week | 2023-02-27
last week on Thursday | 2023-03-02
at 2:20 a.m. on Saturday | 2023-03-04
8:00 pm (1800 GMT) Sunday | 2023-03-05
on Sunday at 0710 hours | 2023-03-05
around two o'clock Sunday morning | 2023-03-05
shortly after noon on Monday | 2023-03-06
Tues., about noon | 2023-03-07
today (Fri) | 2023-03-10
Wednesday to Thursday | 2023-03-08 to 2023-03-09
This night Wednesday to Thursday | 2023-03-08 to 2023-03-09
from Tuesday to Thursday | 2023-03-07 to 2023-03-09
Saturday and Sunday | 2023-03-04 to 2023-03-05
Wednesday the 22nd | 2023-02-22
on Wednesday the 22nd of that month | 2023-02-22
on the 5th at dawn | 2023-03-05
the 10th of this month | 2023-03-10
the 28th | 2023-02-28
today | 2023-03-10
earlier today | 2023-03-10
today, Friday | 2023-03-10
this morning | 2023-03-10
early this morning | 2023-03-10
this afternoon | 2023-03-10
tonight | 2023-03-10
yesterday | 2023-03-09
yesterday lunchtime | 2023-03-09
yesterday around suppertime | 2023-03-09
before dawn yesterday | 2023-03-09
late yesterday | 2023-03-09
last night | 2023-03-09
late last night | 2023-03-09
the day before yesterday | 2023-03-08
the night before last | 2023-03-08
the day before | 2023-03-09
a day earlier | 2023-03-09
the night before | 2023-03-09
the previous evening | 2023-03-09
tomorrow | 2023-03-11
two days ago | 2023-03-08
two days earlier | 2023-03-08
three days before | 2023-03-07
10 days ago | 2023-02-28
a few hours ago | 2023-03-10
six hours earlier | 2023-03-10
exactly a week ago | 2023-03-03
after midnight | 2023-03-10
shortly before 6 a.m. | 2023-03-10
at about 9.40 | 2023-03-10
at dawn | 2023-03-10
before sunrise | 2023-03-10
overnight | 2023-03-09 to 2023-03-10
the weekend | 2023-03-04 to 2023-03-05
at the weekend | 2023-03-04 to 2023-03-05
over the weekend | 2023-03-04 to 2023-03-05
last weekend | 2023-03-04 to 2023-03-05
last week | 2023-02-27w
this week | 2023-03-06w
earlier this week | 2023-03-06w
a week ago | 2023-02-27w
two weeks ago | 2023-02-20w
a fortnight ago | 2023-02-20w
the week before last | 2023-02-20w
in December | 2022-12
In January | 2023-01
in March | 2023-03
since August | 2022-08
last November | 2022-11
last March | 2022-03
late in February | 2023-02
mid-February | 2023-02
early January | 2023-01
December 2019 | 2019-12
in December 2019 | 2019-12
in December of 2019 | 2019-12
2019-12 | 2019-12
in June two years ago | 2021-06
in May last year | 2022-05
in October of last year | 2022-10
in March of the current year | 2023-03
last month | 2023-02
earlier this month | 2023-03
this month | 2023-03
two months ago | 2023-01
six months earlier | 2022-09
in the first month of this year | 2023-01
in the last month of last year | 2022-12
in 2017 | 2017
2017 | 2017
back in 2009 | 2009
shot in 2011 | 2011
the autumn of 2021 | 2021
last year | 2022
earlier this year | 2023
this year | 2023
two years ago | 2021
three years earlier | 2020
a decade ago | 2013
last autumn | 2022
last summer | 2022
"""
TABLE = [tuple(part.strip() for part in line.split("|")) for line in PHRASES.strip().splitlines()]


def span(written: str) -> DateSpan:
    """The span that a line of the table means."""
    if written.endswith("w"):
        return DateSpan(start=written[:-1], precision="week")
    start, _, end = written.partition(" to ")
    precision = {4: "year", 7: "month"}.get(len(start), "day")
    return DateSpan.model_validate({"start": start, "end": end or None, "precision": precision})


def test_the_table_is_long() -> None:
    """At least 150 ways to say a day are promised."""
    assert len({phrase for phrase, _ in TABLE}) >= 150


@pytest.mark.parametrize(("phrase", "written"), TABLE, ids=[phrase for phrase, _ in TABLE])
def test_phrase(phrase: str, written: str) -> None:
    """Words of time in an article of Friday 10 March 2023 mean this day."""
    assert resolve_date(phrase, FRIDAY) == span(written)


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "   ",
        "the attack",
        "14 soldiers were wounded",
        "four days after the pile-up",
        "five days later",
        "later that morning",
        "the same day",
        "they may march on",
        "31 June 2022",
        "107mm rockets",
        "Baghdad",
    ],
)
def test_no_day(phrase: str) -> None:
    """Words that say no day, or count from another event, resolve to nothing."""
    assert resolve_date(phrase, FRIDAY) is None


@pytest.mark.parametrize("phrase", ["on Wednesday", "yesterday", "in January", "last week", "March 8", "overnight"])
def test_relative_without_a_publish_date(phrase: str) -> None:
    """Without a publish date relative words resolve to nothing."""
    assert resolve_date(phrase, None) is None


@pytest.mark.parametrize(
    ("phrase", "start"),
    [("8 March 2021", "2021-03-08"), ("2020-03-12", "2020-03-12"), ("in June 2011", "2011-06"), ("in 2012", "2012")],
)
def test_explicit_without_a_publish_date(phrase: str, start: str) -> None:
    """A date with its year needs no publish date."""
    resolved = resolve_date(phrase, None)
    assert resolved is not None
    assert resolved.start == start


def test_verbs_are_no_months() -> None:
    """ "may" and "march" without a capital are verbs; with one they are months."""
    assert resolve_date("they march in", FRIDAY) is None
    assert resolve_date("in May", FRIDAY) == span("2022-05")


@given(st.text(max_size=60), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_any_text(phrase: str, published: date) -> None:
    """No text and no publish date makes resolution fail, and the same words mean the same day twice."""
    assert resolve_date(phrase, published) == resolve_date(phrase, published)


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from(["Monday", "Tuesday", "Friday", "Sunday"]))
def test_weekdays_look_back(published: date, weekday: str) -> None:
    """A weekday is the latest such day that is not after publication."""
    resolved = resolve_date(f"on {weekday}", published)
    assert resolved is not None
    day = date.fromisoformat(resolved.start)
    assert day.strftime("%A") == weekday
    assert 0 <= (published - day).days < 7


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 300))
def test_written_dates_come_back(published: date, back: int) -> None:
    """A day written without its year is found again when it lies within ten months before publication."""
    day = date.fromordinal(published.toordinal() - back)
    resolved = resolve_date(f"on {day.day} {day.strftime('%B')}", published)
    assert resolved == DateSpan(start=day.isoformat(), precision="day")
