"""A simulated year of 2,000 posts: how many of their versions a way of looking again catches, and for how many requests.

    python -m bench.year [--seed 20261125] [--posts 2000]

The models were written down, with their seed, before there was a policy to tune, and stay as they are. Their numbers were
chosen so that the two crons come out about where a study of real blogs had them (daily a half, weekly a third of the versions) and
that an hourly visit, the most that we allow ourselves, could catch about 90 %. Every post is followed for one year from the hour that it went up. What is published is its first version;
each edit and each comment makes a further one. A version is caught where a visit falls between it and the next one.
The clock of a post runs in hours.

Three kinds of blogs:

    blog   a person's blog: one quick correction, a few comments in the first days, now and then a late remark
    busy   many comments that come fast, on some posts very many; corrections within hours
    slow   an institution: the feed tells a day late, corrections take days, comments trickle in over the year

What is left out: Cache-Control and Retry-After (which cost versions and save requests), comment spam, and what a listing says
about edits (which would save requests). Requests for the listings themselves are not counted; they serve all posts at once.
"""

from __future__ import annotations

import argparse
import math
import random
from bisect import bisect_right
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from archive.watched import Record
from ingest.schedule import Visit, next_look, visited

SEED = 20261125
POSTS = 2_000
YEAR = 365 * 24.0
FAILS = 0.01  # of all visits find the server down


@dataclass(frozen=True, slots=True)
class Model:
    """How the posts of one kind of blog live. Times in hours."""

    name: str
    edits: float  #: corrections a post, mean of a Poisson distribution
    edit_median: float  #: of the time from publication to a correction, log-normal
    edit_spread: float  #: sigma of its logarithm
    late: float  #: share of posts that are corrected once more at any time of the year
    comments: float  #: comments a post, mean
    crowd: float  #: shape of the gamma distribution of that mean over posts: the smaller, the more lies on few posts
    comment_median: float
    comment_spread: float
    feed_late: float  #: the post is found at a time between 0 and so many hours after it went up, uniform


MODELS = (
    Model("blog", 1.2, 5.0, 1.2, 0.15, 1.5, 0.7, 14.0, 1.6, 1.0),
    Model("busy", 1.0, 4.0, 1.2, 0.10, 3.0, 1.0, 30.0, 1.5, 0.5),
    Model("slow", 0.7, 48.0, 2.0, 0.30, 1.0, 0.5, 240.0, 2.0, 24.0),
)


@dataclass(frozen=True, slots=True)
class Post:
    """One post's year."""

    hour: float  #: the hour of the day at which it went up
    found: float  #: when it is first heard of
    versions: tuple[float, ...]  #: when each began; the first at 0
    jitter: float  #: 0 to 1, the post's own


def posts(model: Model, count: int, seed: int) -> list[Post]:
    """The posts of a model; the same for the same seed."""
    chance = random.Random(f"{seed}/{model.name}")
    return [_post(model, chance) for _ in range(count)]


def _post(model: Model, chance: random.Random) -> Post:
    hour = chance.uniform(7, 24)
    times = [
        chance.lognormvariate(math.log(model.edit_median), model.edit_spread) for _ in range(_poisson(model.edits, chance))
    ]
    readers = chance.gammavariate(model.crowd, model.comments / model.crowd)
    times += [
        chance.lognormvariate(math.log(model.comment_median), model.comment_spread) for _ in range(_poisson(readers, chance))
    ]
    if chance.random() < model.late:
        times.append(chance.uniform(0, YEAR))
    awake = sorted(_awake(hour, time, chance) for time in times)
    return Post(hour, chance.uniform(0, model.feed_late), (0.0, *(time for time in awake if time < YEAR)), chance.random())


def _poisson(mean: float, chance: random.Random) -> int:
    """A Poisson number, by counting arrivals."""
    count, left = 0, mean
    while (left := left - chance.expovariate(1.0)) > 0:
        count += 1
    return count


def _awake(hour: float, time: float, chance: random.Random) -> float:
    """Nobody writes between midnight and seven; it is done in the two hours after."""
    clock = (hour + time) % 24
    return time if clock >= 7 else time + (7 - clock) + chance.uniform(0, 2)


#: The times at which a post is asked for; is sent each time whether the server answered.
Visits = Callable[[Post], Generator[float, bool, None]]


def cron(every: float) -> Visits:
    """Look at every known post at three in the morning, each `every` hours."""

    def visits(post: Post) -> Generator[float, bool, None]:
        at = (3 - post.hour) % 24 + (24 * int(post.jitter * every / 24) if every > 24 else 0)
        if every < 24:
            at = post.jitter * every
        while at < YEAR:
            if at >= post.found:
                yield at
            at += every

    return visits


@dataclass(frozen=True, slots=True)
class Result:
    """What a way of looking came to, over all posts."""

    requests: float  #: a post
    caught: float  #: share of distinct versions
    shortest: float  #: hours between two visits to a post


def measure(visits: Visits, of: list[Post], seed: int) -> Result:
    """Let a year pass."""
    chance = random.Random(f"{seed}/visits")
    asked = seen = versions = 0
    shortest = math.inf
    for post in of:
        caught: set[int] = set()
        year = visits(post)
        at, last = next(year, math.inf), -math.inf
        while at < math.inf:
            asked += 1
            shortest, last = min(shortest, at - last), at
            answered = chance.random() >= FAILS
            if answered:
                caught.add(bisect_right(post.versions, at))
            try:
                at = year.send(answered)
            except StopIteration:
                break
        seen += len(caught)
        versions += len(post.versions)
    return Result(asked / len(of), seen / versions, shortest)


def ours(post: Post) -> Generator[float, bool, None]:
    """Look as `ingest.schedule` says; what a visit finds decides on the next one."""
    published = datetime(2026, 1, 1, tzinfo=UTC)
    record = Record(f"https://blog.example/{post.jitter}", published + timedelta(hours=post.found), published)
    at, known = post.found, 0
    while at < YEAR:
        now = published + timedelta(hours=at)
        answered = yield at
        if answered:
            version = bisect_right(post.versions, at)
            visit = Visit(now, "changed" if version != known else "unchanged")
            known = version
        else:
            visit = Visit(now, "failed", "the server is not available now (503)")
        record = visited(record, visit)
        due = next_look(record, now, visit).at
        assert due is not None
        at = (due - published) / timedelta(hours=1)


WAYS: tuple[tuple[str, Visits], ...] = (
    ("hourly", cron(1.0)),
    ("daily cron", cron(24.0)),
    ("weekly cron", cron(168.0)),
    ("ours", ours),
)


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description="A simulated year: versions caught and requests made.")
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--posts", type=int, default=POSTS)
    args = asked.parse_args()
    print(f"{args.posts} posts, one year each, seed {args.seed}\n")
    print(f"{'model':6} {'versions':>9}   {'way':14} {'requests a post':>15} {'versions caught':>16} {'shortest':>9}")
    for model in MODELS:
        of = posts(model, args.posts, args.seed)
        for name, visits in WAYS:
            result = measure(visits, of, args.seed)
            count = sum(len(post.versions) for post in of)
            print(f"{model.name:6} {count:9}   {name:14} {result.requests:15.1f} {result.caught:15.1%} {result.shortest:8.2f}h")


if __name__ == "__main__":
    main()
