"""How long the store takes: python -m bench.store_latency. Start of the embedded home, and calls that read one row."""

from __future__ import annotations

import logging
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from bench.folders import entered_by_all
from studio.store import EmbeddedPostgres, PostgresStore, Store
from studio.store.home import EmbeddedStore

CALLS = 2000
START = (
    "import sys; from studio.settings import Settings; from studio.store import open_store;"
    "open_store(Settings(data_folder=sys.argv[1])).close()"
)


def start_s(folder: Path) -> float:
    """Seconds for a process of its own to open and leave the embedded home, imports included."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", START, str(folder)], check=True)
    return time.perf_counter() - began


def milliseconds(act: Callable[[], object], times: int = CALLS) -> list[float]:
    for _ in range(50):
        act()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)


def show(name: str, taken: list[float], bar: float) -> None:
    median, p95 = statistics.median(taken), taken[int(len(taken) * 0.95)]
    print(f"{name:42} {median:7.2f} ms {p95:7.2f} ms   {bar:4.0f} ms   {median / bar:5.2f}")


def measure(store: Store, users: list[UUID], where: str, bar: float) -> None:
    show(f"{where}: one user's balance", milliseconds(lambda: store.call("credit_balance", as_user=users[0])), bar)
    turns = iter(range(10**9))
    show(
        f"{where}: users in turn",
        milliseconds(lambda: store.call("credit_balance", as_user=users[next(turns) % len(users)])),
        bar,
    )
    show(
        f"{where}: the service, a profile",
        milliseconds(lambda: store.call("profile_of", {"p_user": users[0]})),
        bar,
    )


def over_https(url: str, users: list[UUID]) -> None:
    from studio.store.supabase import SupabaseStore
    from tests.fakes.google import GoogleAccount, GoogleStandIn
    from tests.fakes.supabase import PLATFORM_FILE, Project

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(PLATFORM_FILE.read_bytes())
    google = GoogleStandIn(GoogleAccount("ada@example.com")).start()
    server = Project(google).start()
    server.attach(url)
    measure(SupabaseStore(server.url, server.keys.secret), users, "over HTTPS (stand-in)", 5)
    server.stop()
    google.stop()


def main() -> None:
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)
    with entered_by_all("store") as folder:
        compare(folder)


def compare(folder: Path) -> None:
    print(f"embedded home, first start   {start_s(folder):5.2f} s   6 s")
    print(f"embedded home, later start   {statistics.median(start_s(folder) for _ in range(3)):5.2f} s   3 s")
    print(f"{'':42} {'median':>10} {'p95':>10} {'bar':>9} {'ratio':>7}")
    store = EmbeddedStore(EmbeddedPostgres(folder / "postgres"))
    users = [uuid4() for _ in range(20)]
    url = store.server.url()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.cursor().executemany("insert into auth.users (id) values (%s)", [(user,) for user in users])
    measure(store, users, "embedded", 1)
    measure(PostgresStore(url), users, "by DATABASE_URL", 1)
    over_https(url, users)
    store.close()


if __name__ == "__main__":
    main()
