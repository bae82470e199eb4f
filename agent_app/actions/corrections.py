"""The actions on answers that were handed in: they stay as they are, and are corrected by a new edition; what is typed
meanwhile is kept like any form (the draft is bound to the edition that it corrects)."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from agent_app.actions.answer_files import attaching, named_by, send_all
from agent_app.actions.desk import Desk, record
from agent_app.actions.guides import read_guide
from agent_app.actions.sittings import FormDraft, go_on
from agent_app.store import drafts
from agent_app.store.changes import StoreChanges
from agent_app.store.drafts import CORRECTION
from agent_app.store.queries.response_sheet import ResponseSheet
from server_sync.domain.commands import Command, CorrectAnswers
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms import quality
from server_sync.domain.forms.audit import finalised
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.instance import definition_path
from server_sync.domain.forms.instance_xml import INSTANCE_ID, as_correction
from server_sync.domain.forms.prefill import GUIDE_NAMES
from server_sync.domain.forms.scores import scores
from server_sync.domain.forms.session import Session


def kept_correction(sheet: ResponseSheet) -> FormDraft | None:
    """The correction that was begun, None when there is none."""
    kept = sheet.draft.content.get(CORRECTION) if sheet.draft else None
    return FormDraft.of(kept) if kept else None


def begun(form: FormDefinition, sheet: ResponseSheet) -> FormDraft:
    """A correction at its beginning: the answers as they stand, with what was known when they were given."""
    return FormDraft(sheet.answers, prefill=_given(form, sheet.answers), language=sheet.language)


def open_correction(sheet: ResponseSheet, now: int, zone: tzinfo) -> tuple[Session, FormDraft]:
    """The form in the version that it was filled in with, as the correction was left or at its beginning, and what was
    kept of it. Raises KnownError NOT_FOUND when the version is not here, and as `read_guide` does."""
    form = _form(sheet)
    draft = kept_correction(sheet) or begun(form, sheet)
    return go_on(form, draft, now, zone, "", sheet.task_id.hex()), draft


def content(draft: FormDraft) -> dict[str, Any]:
    """What a draft keeps of a correction."""
    return {CORRECTION: draft.kept()}


def save_correction(desk: Desk, sheet: ResponseSheet, draft: FormDraft) -> StoreChanges:
    """Keep a correction as far as it is; on return it is on the disk."""
    version_id = sheet.form.form_version_id if sheet.form else None
    with desk.store.write() as connection:
        drafts.merge(
            connection,
            sheet.corrects_id,
            sheet.customer_id,
            version_id,
            None,
            content(draft),
            desk.clock.now(),
        )
    return StoreChanges(frozenset({"draft"}), frozenset({sheet.customer_id}), "draft")


def drop_correction(desk: Desk, sheet: ResponseSheet) -> StoreChanges:
    """Let a correction be: the answers stay as they are."""
    with desk.store.write() as connection:
        drafts.drop(connection, sheet.corrects_id)
    return StoreChanges(frozenset({"draft"}), frozenset({sheet.customer_id}), "draft")


def correct_answers(desk: Desk, sheet: ResponseSheet, draft: FormDraft, zone: tzinfo) -> StoreChanges:
    """Record a correction as it was kept as the next edition, and drop its draft with it. The first edition may still
    wait to be sent: it goes before; its files stay its own. Raises KnownError with why it is refused; then nothing has
    changed."""
    now, response_id = desk.clock.now(), desk.ids.new()
    filling = go_on(_form(sheet), draft, now, zone, "", sheet.task_id.hex())
    complete = not filling.validate()
    values = filling.finalise(now)
    if f"{filling.form.root}/{INSTANCE_ID}" in values:
        values = as_correction(filling.form, values, f"uuid:{UUID(bytes=response_id)}")
    found = scores(filling.form, values)
    audit = finalised(draft.audit, now - (draft.started_at or now))
    correcting = CorrectAnswers(
        response_id,
        sheet.corrects_id,
        sheet.task_id,
        sheet.customer_id,
        values,
        complete,
        found.get("csat"),
        found.get("nps"),
        now,
        draft.started_at,
        filling.language,
        list(audit),
        list(quality.flags(filling.form, values, audit, sheet.fastest_answer)),
    )
    files = named_by(values, draft.files)

    def hand_in(connection: Connection) -> None:
        send_all(connection, files)
        drafts.drop(connection, sheet.corrects_id)

    commands: list[Command] = [correcting, *attaching(files, sheet.task_id, None, response_id, now)]
    return record(desk, commands, "correction", also=hand_in)


def _form(sheet: ResponseSheet) -> FormDefinition:
    if sheet.form is None:
        raise KnownError(ErrorKind.NOT_FOUND, table="form_version")
    return read_guide(sheet.form.xform)


def _given(form: FormDefinition, answers: Mapping[str, str]) -> dict[str, str]:
    """What was known beforehand when the answers were given, so that it is not calculated anew."""
    names = {path: path.rpartition("/")[2] for path in map(definition_path, answers)}
    return {
        names[path]: value
        for path, value in answers.items()
        if path in names and names[path] in GUIDE_NAMES and path not in form.questions
    }
