"""The workspace: made once, all or nothing, found again, checked and cleared."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.build import FolderBlobs, Recipe, Workspace, fingerprint
from pipeline.errors import BuildError

TEXT = Recipe("text", {"words": ["a", 1]}, ".txt")


def writer(data: bytes):
    return lambda path: path.write_bytes(data)


def never(_path: Path) -> None:
    raise AssertionError("made a second time")


def test_an_artifact_is_made_once_and_found_again(tmp_path):
    first = Workspace(tmp_path).make(TEXT, writer(b"hello"))
    again = Workspace(tmp_path).make(TEXT, never)
    assert first.fresh
    assert not again.fresh
    assert again.path.read_bytes() == b"hello"
    assert again.path.suffix == ".txt"


def test_other_inputs_are_another_artifact(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.make(TEXT, writer(b"one"))
    other = workspace.make(Recipe("text", {"words": ["a", 2]}, ".txt"), writer(b"two"))
    assert other.path.read_bytes() == b"two"
    assert len(list(workspace.artifacts())) == 2


def test_equal_bytes_are_stored_once(tmp_path):
    workspace = Workspace(tmp_path)
    one = workspace.make(Recipe("a", {}), writer(b"same"))
    two = workspace.make(Recipe("b", {}), writer(b"same"))
    assert one.path == two.path


@given(st.dictionaries(st.text(), st.one_of(st.integers(), st.text(), st.booleans(), st.none())))
def test_the_order_of_inputs_does_not_change_the_key(inputs):
    reversed_inputs = dict(reversed(inputs.items()))
    assert fingerprint(inputs) == fingerprint(reversed_inputs)


def test_a_failed_maker_leaves_nothing(tmp_path):
    workspace = Workspace(tmp_path)

    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        workspace.make(TEXT, fail)
    assert workspace.find(TEXT) is None
    assert list((tmp_path / "partial").iterdir()) == []


def test_threads_that_want_the_same_artifact_wait_for_one_maker(tmp_path):
    workspace = Workspace(tmp_path)
    made = []

    def slowly(path: Path) -> None:
        made.append(1)
        time.sleep(0.05)
        path.write_bytes(b"x")

    threads = [threading.Thread(target=workspace.make, args=(TEXT, slowly)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def _make_in_process(root: str, log: str) -> None:
    def slowly(path: Path) -> None:
        with open(log, "a") as file:
            file.write("made\n")
        time.sleep(0.1)
        path.write_bytes(b"x")

    Workspace(Path(root)).make(TEXT, slowly)


def test_processes_that_want_the_same_artifact_wait_for_one_maker(tmp_path):
    context = multiprocessing.get_context("spawn")
    log = str(tmp_path / "log")
    processes = [context.Process(target=_make_in_process, args=(str(tmp_path / "w"), log)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert Path(log).read_text() == "made\n"


MAKER = """
import sys
from pathlib import Path
from pipeline.build import Recipe, Workspace
workspace = Workspace(Path(sys.argv[1]))
def slowly(number):
    def produce(path):
        with open(path, "wb") as file:
            for _ in range(200):
                file.write(bytes([number]) * 1000)
                file.flush()
    return produce
print("ready", flush=True)
for number in range(200):
    workspace.make(Recipe("blob", {"n": number}), slowly(number))
"""


@pytest.mark.parametrize("seed", range(6))
def test_a_kill_at_any_instant_leaves_only_whole_artifacts(tmp_path, seed):
    process = subprocess.Popen([sys.executable, "-c", MAKER, str(tmp_path)], stdout=subprocess.PIPE, cwd=os.getcwd())
    process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0.01, 0.25))
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    workspace = Workspace(tmp_path)
    assert workspace.verify() == []
    for number in range(200):
        if artifact := workspace.find(Recipe("blob", {"n": number})):
            assert artifact.path.read_bytes() == bytes([number]) * 200_000


def test_verify_forgets_what_was_damaged(tmp_path):
    workspace = Workspace(tmp_path)
    artifact = workspace.make(TEXT, writer(b"hello"))
    artifact.path.write_bytes(b"jello")
    assert [broken.key for broken in workspace.verify()] == [TEXT.key]
    assert workspace.make(TEXT, writer(b"hello")).fresh


def test_a_blob_that_was_cut_off_counts_as_never_made(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.make(TEXT, writer(b"hello")).path.write_bytes(b"he")
    assert workspace.find(TEXT) is None


def test_collecting_keeps_what_is_named_and_what_is_shared(tmp_path):
    workspace = Workspace(tmp_path)
    kept = workspace.make(Recipe("a", {}), writer(b"shared"))
    workspace.make(Recipe("b", {}), writer(b"shared"))
    doomed = workspace.make(Recipe("c", {}), writer(b"doomed"))
    freed = workspace.collect(keep=[kept.key])
    assert freed == len(b"doomed")
    assert not doomed.path.exists()
    assert [artifact.key for artifact in workspace.artifacts()] == [kept.key]
    assert kept.path.read_bytes() == b"shared"


def test_collecting_spares_what_is_young(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.make(TEXT, writer(b"hello"))
    assert workspace.collect(keep=[], older_than_s=3600) == 0
    assert workspace.find(TEXT)


def test_a_mirror_gives_another_machine_what_was_made_here(tmp_path):
    mirror = FolderBlobs(tmp_path / "mirror")
    Workspace(tmp_path / "here", mirror).make(TEXT, writer(b"hello"))
    there = Workspace(tmp_path / "there", mirror)
    found = there.make(TEXT, never)
    assert found.path.read_bytes() == b"hello"
    assert there.verify() == []


def test_a_damaged_mirror_is_not_believed(tmp_path):
    mirror = FolderBlobs(tmp_path / "mirror")
    Workspace(tmp_path / "here", mirror).make(TEXT, writer(b"hello"))
    blob = next(name for name in mirror.names("blobs/"))
    (tmp_path / "mirror" / blob).write_bytes(b"jello")
    assert Workspace(tmp_path / "there", mirror).find(TEXT) is None


def test_mirrored_blobs_can_be_listed_and_deleted(tmp_path):
    mirror = FolderBlobs(tmp_path)
    source = tmp_path.parent / "source"
    source.write_bytes(b"x")
    mirror.put("blobs/x", source)
    assert list(mirror.names("blobs/")) == ["blobs/x"]
    mirror.delete("blobs/x")
    assert list(mirror.names()) == []
    assert not mirror.get("blobs/x", tmp_path / "y")


def test_a_file_in_place_of_the_folder_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BuildError, match="Choose another work folder"):
        Workspace(tmp_path / "file")


def test_a_full_disk_is_one_clear_error_and_leaves_nothing(small_disk):
    workspace = Workspace(small_disk)
    with pytest.raises(BuildError, match="disk is full"):
        workspace.make(TEXT, writer(b"x" * 2_000_000))
    assert workspace.find(TEXT) is None
    assert list((small_disk / "partial").iterdir()) == []


def test_what_killed_makers_left_is_swept_a_day_later(tmp_path):
    workspace = Workspace(tmp_path)
    old, young = workspace.partial_path(), workspace.partial_path()
    old.write_bytes(b"x")
    young.write_bytes(b"x")
    os.utime(old, (time.time() - 2 * 86400,) * 2)
    Workspace(tmp_path)
    assert not old.exists()
    assert young.exists()


def test_a_mirror_that_is_full_keeps_nothing_half_written(tmp_path, small_disk):
    (tmp_path / "large").write_bytes(bytes(1_000_000))
    mirror = FolderBlobs(small_disk)
    with pytest.raises(OSError, match="No space left"):
        mirror.put("blobs/large", tmp_path / "large")
    assert [path for path in small_disk.rglob("*") if path.is_file()] == []
