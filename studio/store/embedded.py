"""PostgreSQL from pip in one folder: created, started, joined and stopped by the app, and unharmed by kill -9.

Whoever uses the folder holds a shared lock on it. The first one starts the server, the next ones join it, the last one
to leave stops it. A server whose app was killed goes on running and is joined by the next start.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

import psycopg

from studio.errors import StoreUnavailable
from studio.store.programs import Account, account_for, collation, packaged_binaries

_LOG_LIMIT_BYTES = 4 * 1024 * 1024
_POLL_S = 0.02
_SERVER_OPTIONS: Mapping[str, str] = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # In the folder as well, and not in a /dev/shm that a container may keep small.
    "dynamic_shared_memory_type": "mmap",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
}


@dataclass(frozen=True)
class _Address:
    """How to reach the server; written before the first start, so that a killed first start loses nothing."""

    port: int
    password: str

    def url(self, database: str) -> str:
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{database}"


class EmbeddedPostgres:
    """One PostgreSQL server per folder, shared by every process that opens the folder."""

    def __init__(
        self,
        folder: Path,
        *,
        binaries: Path | None = None,
        options: Mapping[str, str] | None = None,
        start_limit_s: float = 30.0,
    ) -> None:
        self.folder = folder.resolve()
        self.binaries = binaries or packaged_binaries()
        self._options = {**_SERVER_OPTIONS, **(options or {})}
        self._start_limit_s = start_limit_s
        self._users_lock: int | None = None
        self._mutex = threading.Lock()

    @property
    def cluster(self) -> Path:
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    def url(self, database: str = "postgres") -> str:
        return self._address().url(database)

    def start(self) -> EmbeddedPostgres:
        """Join the running server, or start it. Safe to call again, also after the server was killed."""
        with self._mutex:
            self.folder.mkdir(parents=True, exist_ok=True)
            with _locked(self.folder / "starting.lock"):
                if not self._answers():
                    self._launch()
                if self._users_lock is None:
                    self._users_lock = _open_lock(self.folder / "users.lock", fcntl.LOCK_SH)
        return self

    def stop(self) -> None:
        """Leave; the last one out stops the server."""
        with self._mutex:
            if self._users_lock is None:
                return
            with _locked(self.folder / "starting.lock"):
                os.close(self._users_lock)
                self._users_lock = None
                if self._nobody_else():
                    self._shut_down()

    def __enter__(self) -> EmbeddedPostgres:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def server_pid(self) -> int | None:
        """The process of the running server, or None."""
        pid = self._noted_pid()
        return pid if pid is not None and _is_postgres(pid) else None

    def _noted_pid(self) -> int | None:
        try:
            return int((self.cluster / "postmaster.pid").read_text().splitlines()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def _address(self) -> _Address:
        return _Address(**json.loads((self.folder / "connection.json").read_text()))

    def _save(self, address: _Address) -> None:
        fresh = self.folder / "connection.json.new"
        _write_secret(fresh, json.dumps(asdict(address)))
        fresh.replace(self.folder / "connection.json")

    def _answers(self) -> bool:
        """Whether a server runs here and lets us in; one that is still recovering is waited for."""
        end = time.monotonic() + self._start_limit_s
        while self.server_pid() is not None and (self.folder / "connection.json").exists():
            if self._lets_us_in():
                return True
            if time.monotonic() > end:
                raise StoreUnavailable(f"The embedded database does not answer; its log is {self.log}.")
            time.sleep(_POLL_S)
        return False

    def _lets_us_in(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def _launch(self) -> None:
        if not (self.folder / "connection.json").exists():
            self._save(_Address(port=_free_port(), password=secrets.token_urlsafe(24)))
        account = account_for(self.folder, self.binaries)
        if not (self.cluster / "PG_VERSION").exists():
            self._create(account)
        account.give(self.cluster)
        self._forget_stranger()
        end = time.monotonic() + self._start_limit_s
        while not self._boot(account, end):
            if time.monotonic() > end:
                raise StoreUnavailable(f"The embedded database did not start: {self._last_words()}")
            # The backends of a killed server need a moment to notice that it is gone.
            time.sleep(0.1)

    def _forget_stranger(self) -> None:
        """Another program may have the number of a killed server by now, and PostgreSQL would refuse to start.

        The file stays in every other case: PostgreSQL clears away its predecessor's shared memory by it.
        """
        pid = self._noted_pid()
        if pid is not None and _is_alive(pid) and not _is_postgres(pid):
            (self.cluster / "postmaster.pid").unlink()

    def _create(self, account: Account) -> None:
        """Make the cluster beside its place and move it in, so that a kill leaves a whole one or none."""
        fresh, secret = self.folder / "cluster.new", self.folder / "password.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        _write_secret(secret, self._address().password)
        account.give(fresh)
        account.give(secret)
        # fmt: off
        command = ["initdb", "-D", str(fresh), "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={secret}",
                   "--encoding=UTF8", *collation(self.binaries), "--no-instructions", "--no-sync"]
        # fmt: on
        done = account.run(self.binaries, command)
        secret.unlink()
        if done.returncode:
            raise StoreUnavailable(f"The embedded database could not be created: {done.stderr.strip()}")
        fresh.replace(self.cluster)

    def _boot(self, account: Account, end: float) -> bool:
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        if not _is_free(self._address().port):
            self._save(_Address(port=_free_port(), password=self._address().password))
        settings = {**self._options, "port": str(self._address().port)}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            server = account.spawn(self.binaries, ["postgres", "-D", str(self.cluster), *flags], log)
        while time.monotonic() < end:
            if server.poll() is not None:
                return False
            if self.server_pid() is not None and self._lets_us_in():
                _reap_in_background(server)
                return True
            time.sleep(_POLL_S)
        server.kill()
        server.wait()
        return False

    def _nobody_else(self) -> bool:
        try:
            os.close(_open_lock(self.folder / "users.lock", fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def _shut_down(self) -> None:
        pid = self.server_pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)
        end = time.monotonic() + self._start_limit_s
        while self.server_pid() == pid:
            if time.monotonic() > end:
                raise StoreUnavailable(f"The embedded database does not stop; its log is {self.log}.")
            time.sleep(_POLL_S)

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return " ".join(lines[-3:]) or "it wrote no log"


def _write_secret(path: Path, text: str) -> None:
    """Readable for nobody else at any moment."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_postgres(pid: int) -> bool:
    """Whether this process runs and is PostgreSQL; without a /proc to look it up, that it runs is all we know."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return not Path("/proc/self").exists() and _is_alive(pid)
    name, state = status.split("(", 1)[1].rsplit(")", 1)
    return name.startswith("postgres") and state.split()[0] != "Z"


def _reap_in_background(server: subprocess.Popen[bytes]) -> None:
    threading.Thread(target=server.wait, name="postgres-reaper", daemon=True).start()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As PostgreSQL binds it: connections of its predecessor that linger do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _open_lock(path: Path, kind: int) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, kind)
    except BaseException:
        os.close(handle)
        raise
    return handle


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    handle = _open_lock(path, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(handle)
