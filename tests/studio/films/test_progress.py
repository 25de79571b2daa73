"""What is told of a film in the making, and how often."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from pipeline.progress import Event, Made
from studio.films.progress import Board
from studio.jobs import STAGES, JobStep

EXPECTED_S = {"SCRIPTING": 1.0, "VOICE_GEN": 3.0, "IMAGE_GEN": 6.0, "RENDERING": 8.0, "PACKAGING": 2.0}


def told(board: Board) -> list:
    notes = board.due()
    for note in notes:
        board.told(note)
    return notes


def test_a_stage_is_told_when_it_begins_when_it_moves_and_when_it_ends():
    board = Board(EXPECTED_S)
    board(Event("VOICE_GEN", "One plant", 0.25))
    assert [(note.stage, note.state, note.progress) for note in told(board)] == [("VOICE_GEN", "RUNNING", 25)]
    assert told(board) == []
    board(Event("VOICE_GEN", "The great theft", 0.5))
    assert [note.progress for note in told(board)] == [50]
    board(Event("VOICE_GEN", "Tea today", 1.0))
    assert [(note.state, note.progress) for note in told(board)] == [("DONE", 100)]
    assert told(board) == []


def test_a_thousand_events_between_two_looks_are_one_note():
    board = Board(EXPECTED_S)
    for frame in range(1000):
        board(Event("RENDERING", "One plant", frame / 1000))
    (note,) = told(board)
    assert (note.stage, note.progress) == ("RENDERING", 99)


def test_neither_a_stage_nor_the_whole_goes_backwards():
    board = Board(EXPECTED_S)
    seen = []
    for fraction in (0.2, 0.9, 0.1, 0.95):
        board(Event("IMAGE_GEN", "a shot", fraction))
        seen += [note for note in told(board) if note.stage == "IMAGE_GEN"]
    assert all(before.progress <= after.progress for before, after in pairwise(seen))
    assert all(before.job_progress <= after.job_progress for before, after in pairwise(seen))


def test_painting_means_that_the_plan_stands():
    board = Board(EXPECTED_S)
    board(Event("IMAGE_GEN", "a shot", 0.1))
    assert ("VISUAL_PLAN", "DONE") in [(note.stage, note.state) for note in told(board)]


def test_packing_means_that_all_before_is_done_and_ends_with_the_delivery():
    board = Board(EXPECTED_S)
    board(Event("PACKAGING", "final.mp4", 1.0))
    notes = {note.stage: note for note in told(board)}
    assert [notes[stage].state for stage in STAGES] == ["DONE"] * 7 + ["RUNNING"]
    board.packing(1.0)
    (note,) = told(board)
    assert (note.state, note.progress, note.job_progress < 100) == ("RUNNING", 99, True)
    assert (board.closing().state, board.closing().job_progress) == ("DONE", 100)


def test_what_an_earlier_attempt_finished_stays_finished():
    now = datetime.now(UTC)
    script = JobStep(
        step="SCRIPTING", state="DONE", progress=100, message="", artifacts=[], started_at=now, finished_at=now
    )
    board = Board(EXPECTED_S, [script])
    board(Event("SCRIPTING", "Tea", 0.3))
    assert told(board) == []


def test_time_left_is_told_once_there_is_something_to_go_by():
    board = Board(EXPECTED_S)
    board(Event("SCRIPTING", "Tea", 0.1))
    assert "left" not in told(board)[0].message
    board(Event("RENDERING", "Tea", 0.5))
    assert "left" in told(board)[0].message


def test_a_message_names_what_a_creator_knows_and_no_file():
    board = Board(EXPECTED_S)
    board(Event("VOICE_GEN", "One plant", 0.1))
    board(Event("IMAGE_GEN", "s03_beat-1", 0.1))
    messages = {note.stage: note.message for note in told(board)}
    assert "One plant" in messages["VOICE_GEN"]
    assert "s03" not in messages["IMAGE_GEN"]


def test_words_that_change_after_the_script_was_told_are_told_again_without_turning_the_job_back():
    board = Board(EXPECTED_S)
    board(Event("SCRIPTING", "Tea", 1.0, made=Made("text", "s01_hook", "s01_hook", text="Tea.")))
    assert [one.text for _, one in board.take_made(8)] == ["Tea."]
    told(board)
    board(Event("VOICE_GEN", "One plant", 0.5))
    told(board)
    board(Event("SCRIPTING", "Tea", 1.0, made=Made("text", "s01_hook", "s01_hook", text="More tea.")))
    board(Event("VOICE_GEN", "The great theft", 0.5))
    assert [one.text for _, one in board.take_made(8)] == ["More tea."]
    notes = {note.stage: note for note in told(board)}
    assert notes["SCRIPTING"].state == "DONE"
    assert "The great theft" in notes["SCRIPTING"].message


def test_files_are_taken_a_few_at_a_time_and_in_order():
    board = Board(EXPECTED_S)
    for number in range(5):
        board(Event("VOICE_GEN", "One plant", 0.1, made=Made("sound", str(number), "s01_hook", data=b"sound")))
        board(Event("VOICE_GEN", "One plant", 0.1, made=Made("text", str(number), "s01_hook", text="Words")))
    assert [(made.kind, made.name) for _, made in board.take_made(2)] == [
        *(("sound", "0"), ("text", "0"), ("sound", "1"), ("text", "1"))
    ]
    assert len(board.take_made(9)) == 6
    assert board.take_made(9) == []
