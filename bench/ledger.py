"""The ledger under many connections that keep breaking: python -m bench.ledger [operations].

Sixteen threads move credits of twenty users at random while a saboteur cuts connections and kills the server outright.
Afterwards every acknowledged movement must be in the books once, nothing else may be, and every sum must hold.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import psycopg

from bench.folders import entered_by_all
from studio.credits import Credits
from studio.errors import Conflict, InsufficientCredits, KeyReused
from studio.store import EmbeddedPostgres, Migrator, PostgresStore

USERS = 20
MOVES = [
    "purchase",
    "grant",
    "refund",
    "expire",
    "adjust",
    "reserve",
    "reserve",
    "finish",
    "finish",
    "release",
    "again",
]
# Every acknowledged key with its row count, then each chain of figures, then the sums.
LOST = (
    "select key from unnest(%s::text[]) key"
    " where not exists (select 1 from public.credit_ledger where idempotency_key = key)"
)
MINTED = (
    "select idempotency_key from public.credit_ledger where idempotency_key not like 'welcome:%%'"
    " and idempotency_key !~ '^(spend|release):' and not idempotency_key = any(%s)"
)
BROKEN_CHAIN = """
select id from (
  select id, balance_after, held_after, debt_after,
    sum(amount) over line as balance, sum(held) over line as held, sum(debt) over line as debt
  from public.credit_ledger window line as (partition by user_id order by id)
) line
where (balance_after, held_after, debt_after) is distinct from (balance, held, debt) or least(balance, held, debt) < 0
"""
ENDED_WRONG = """
select hold.id from public.credit_holds hold join public.credit_ledger line on line.hold_id = hold.id
group by hold.id having sum(line.held) <> case hold.state when 'held' then hold.amount else 0 end
  or count(*) filter (where line.kind = 'spend') > 1 or count(*) filter (where line.kind = 'release') > 1
  or coalesce(sum(-line.held) filter (where line.kind = 'spend'), 0) <> hold.spent
"""


@dataclass
class Books:
    """What the callers were told: keys of movements that were acknowledged, and holds that are still open."""

    acknowledged: dict[str, tuple[str, UUID, int]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    holds: list[tuple[UUID, int]] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Report:
    operations: Counter[str]
    seconds: float
    cuts: int
    kills: int
    lost: list[str]
    minted: list[str]
    broken: list[object]


def move(credits: Credits, books: Books, users: list[UUID], dice: random.Random) -> None:
    """One random operation; what it was told is noted only after it was told."""
    kind, user, key, amount = dice.choice(MOVES), dice.choice(users), str(uuid4()), dice.randint(1, 30)
    try:
        if kind in ("finish", "release"):
            end_hold(credits, books, dice, kind)
        elif kind == "again":
            kind = repeat(credits, books, dice)
        else:
            act(credits, kind, user, amount, key, books)
    except InsufficientCredits:
        books.refused.add(key)
        kind = f"{kind} refused"
    with books.lock:
        books.done[kind] += 1


def act(credits: Credits, kind: str, user: UUID, amount: int, key: str, books: Books) -> None:
    if kind == "reserve":
        hold = credits.reserve(user, amount, key=key)
        with books.lock:
            books.holds.append((hold.id, amount))
    elif kind == "adjust":
        credits.adjust(user, amount if amount % 2 else -amount, key=key, note="bench", actor="bench")
    else:
        getattr(credits, kind)(user, amount, key=key)
    books.acknowledged[key] = (kind, user, amount)


def end_hold(credits: Credits, books: Books, dice: random.Random, kind: str) -> None:
    with books.lock:
        if not books.holds:
            return
        hold, amount = books.holds.pop(dice.randrange(len(books.holds)))
    used = dice.randint(0, amount + 5) if kind == "finish" else 0
    credits.finish(hold, used)
    # Whatever comes after the end of a hold changes nothing.
    try:
        credits.finish(hold, dice.randint(0, amount))
    except Conflict:
        return


def repeat(credits: Credits, books: Books, dice: random.Random) -> str:
    """Tell an old movement again: the same is the same, another amount is refused."""
    with books.lock:
        if not books.acknowledged:
            return "nothing to repeat"
        key = dice.choice(list(books.acknowledged)[-200:])
    kind, user, amount = books.acknowledged[key]
    if dice.random() < 0.5:
        act(credits, kind, user, amount, key, Books())
        return "told again"
    try:
        act(credits, kind, user, amount + 2, key, Books())
    except KeyReused:
        return "told differently, refused"
    raise AssertionError(f"{key} was taken twice with different amounts")


def sabotage(
    server: EmbeddedPostgres, over: threading.Event, kills: int, progress: Callable[[], float], seed: int
) -> Counter[str]:
    """Cut connections all the time, and kill the server when the next part of the work is done."""
    dice, done = random.Random(seed), Counter[str]()
    while not over.wait(dice.uniform(0.02, 0.1)):
        pid = server.server_pid()
        if done["kills"] < kills and progress() > (done["kills"] + 1) / (kills + 1) and pid is not None:
            os.kill(pid, signal.SIGKILL)
            done["kills"] += 1
        elif cut_one(server):
            done["cuts"] += 1
    return done


def cut_one(server: EmbeddedPostgres) -> bool:
    try:
        with psycopg.connect(server.url(), autocommit=True, connect_timeout=2) as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where backend_type = 'client backend' and pid <> pg_backend_pid() order by random() limit 1"
            )
    except psycopg.OperationalError:
        return False
    return True


def run(server: EmbeddedPostgres, operations: int, *, threads: int = 16, kills: int = 5, seed: int = 1) -> Report:
    Migrator(server.url()).migrate()
    users = [uuid4() for _ in range(USERS)]
    with psycopg.connect(server.url()) as connection:
        connection.cursor().executemany("insert into auth.users (id) values (%s)", [(user,) for user in users])
    store = PostgresStore(server.url, revive=server.start, size=threads, patience_s=60)
    credits, books, over = Credits(store), Books(), threading.Event()
    began, spoiled = time.monotonic(), []

    def spoil() -> None:
        spoiled.append(sabotage(server, over, kills, lambda: books.done.total() / operations, seed))

    spoiler = threading.Thread(target=spoil, daemon=True)
    spoiler.start()
    failures = work(credits, books, users, operations, threads, seed)
    seconds = time.monotonic() - began
    over.set()
    spoiler.join()
    server.start()
    if failures:
        raise failures[0]
    lost, minted, broken = audit(server, credits, books)
    store.close()
    return Report(books.done, seconds, spoiled[0]["cuts"], spoiled[0]["kills"], lost, minted, broken)


def work(
    credits: Credits, books: Books, users: list[UUID], operations: int, threads: int, seed: int
) -> list[BaseException]:
    failures: list[BaseException] = []

    def one(number: int) -> None:
        dice = random.Random(seed * 1000 + number)
        try:
            for _ in range(operations // threads):
                move(credits, books, users, dice)
        except BaseException as error:  # noqa: BLE001 - told to the main thread, which raises it
            failures.append(error)

    crew = [threading.Thread(target=one, args=(number,)) for number in range(threads)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    return failures


def audit(server: EmbeddedPostgres, credits: Credits, books: Books) -> tuple[list[str], list[str], list[object]]:
    keys = list(books.acknowledged)
    with psycopg.connect(server.url()) as connection:
        lost = [key for (key,) in connection.execute(LOST, [keys])]
        minted = [key for (key,) in connection.execute(MINTED, [keys])]
        broken: list[object] = [row for (row,) in connection.execute(BROKEN_CHAIN)]
        broken += [row for (row,) in connection.execute(ENDED_WRONG)]
    return lost, minted, broken + list(credits.unbalanced())


def main() -> None:
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)
    operations = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with entered_by_all("ledger") as folder, EmbeddedPostgres(folder) as server:
        report = run(server, operations)
    total = sum(report.operations.values())
    print(f"{total} operations from 16 connections in {report.seconds:.0f} s ({total / report.seconds:.0f}/s)")
    print(f"{report.cuts} connections cut, server killed {report.kills} times")
    for name, count in report.operations.most_common():
        print(f"  {name:28} {count:7}")
    print(f"lost {len(report.lost)}, minted {len(report.minted)}, broken {len(report.broken)}")
    sys.exit(bool(report.lost or report.minted or report.broken))


if __name__ == "__main__":
    main()
