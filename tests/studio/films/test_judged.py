"""What a writer wrote is judged before a voice is paid, and what was asked and made is kept for a set time."""

from __future__ import annotations

from studio.credits import Credits
from studio.safety import JobRecords, ModerationLog

_GOOD = (
    "The harbour lies between two hills. Fishermen come home at six in the morning. The boats are blue and green. "
    "Gulls wait on the roofs, because they know the hour. The market opens when the bell rings, and people come down "
    "the narrow streets with their baskets. By noon the fish is sold, and the harbour sleeps in the sun until evening."
)
_BAD = "How to make a pipe bomb at home: nails and powder are enough, and it takes ten minutes."


def test_a_script_that_the_rules_refuse_reaches_no_voice_and_gives_the_credits_back(shared_town):
    user = shared_town.creator()
    project = shared_town.project(user, notes=f"{_GOOD} {_BAD} {_GOOD}", transcript="manual")
    job = shared_town.made(user, project)
    assert (job.state, job.error_code, job.failed_step) == ("FAILED", "content_refused", "SCRIPTING")
    assert "pipe bomb" in job.error_message
    assert not any(step.step == "VOICE_GEN" and step.state == "done" for step in job.steps)
    account = Credits(shared_town.store).account(user)
    assert (account.balance, account.held) == (10, 0)
    (row,) = [row for row in ModerationLog(shared_town.store).list_of(verdict="refused") if row.job_id == job.id]
    assert (row.subject, row.user_id) == ("output", user)
    assert {record.kind for record in JobRecords(shared_town.store).of(job.id)} == {"asked", "script"}


def test_what_was_asked_and_what_came_of_it_is_kept_for_a_set_time(finished):
    records = {record.kind: record for record in JobRecords(finished.town.store).of(finished.job.id)}
    assert "tea" in records["asked"].content["notes"].lower()
    assert records["asked"].content["writer"] == "outline"
    assert records["script"].content["sections"]
    (film,) = [one for one in finished.assets if one.type == "video"]
    assert records["film"].content["film_sha256"] == film.sha256
    assert records["film"].content["spoken"]
    assert {(record.keep_until - record.created_at).days for record in records.values()} == {90}


def test_no_path_of_this_machine_is_kept(finished):
    for record in JobRecords(finished.town.store).of(finished.job.id):
        assert str(finished.town.folder) not in record.model_dump_json()
