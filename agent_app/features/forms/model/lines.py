"""The lists of forms and versions, and what an import stands at, in words."""

from collections.abc import Sequence
from datetime import tzinfo

from agent_app.features.forms.state import ImportState, Phase, Standing, Trouble
from agent_app.store.queries.forms import FormLine, VersionLine
from agent_app.ui import formats
from agent_app.ui.error_words import error_text
from agent_app.ui.i18n import translate
from agent_app.ui.rows import Cell, Column, Mark, TwoLine
from agent_app.ui.tokens import Tone
from server_sync.domain.errors import ErrorKind


def form_line(form: FormLine, now: int, tz: tzinfo) -> TwoLine:
    """Title and version; beneath, the plans that use it and how many answers there are."""
    plans = translate("Forms", ", ").join(form.plans) or translate("Forms", "No plan uses it")
    marks = (Mark(form.version, Tone.ACCENT),) if form.version else ()
    return TwoLine(
        title=form.title,
        marks=marks,
        note=formats.brief(form.published_at, now, tz) if form.published_at is not None else "",
        second=f"{form.code} · {plans}",
        second_note=translate("Forms", "%n response(s)", form.responses) if form.responses else "",
        tooltip=f"{form.title} · {form.code}",
    )


def version_columns(now: int, tz: tzinfo) -> Sequence[Column[VersionLine]]:
    """The versions of a form as a table."""

    def version(one: VersionLine) -> Cell:
        if one.current:
            words = translate("Forms", "{version} · current").format(version=one.version)
            return Cell(words, Tone.SUCCESS, badge=True)
        return Cell(one.version)

    def published(one: VersionLine) -> Cell:
        return Cell(formats.moment(one.published_at, now, tz), tooltip=formats.exact(one.published_at, tz))

    def waiting(one: VersionLine) -> Cell:
        return Cell(formats.number(one.open_tasks) if one.open_tasks else "–")

    def by(one: VersionLine) -> Cell:
        return Cell(one.published_by or "–")

    def note(one: VersionLine) -> Cell:
        return Cell(one.change_note or "", tooltip=one.change_note or "")

    def answered(one: VersionLine) -> Cell:
        return Cell(formats.number(one.responses))

    return (
        Column(translate("Forms", "Version"), version, 128, sortable=False),
        Column(translate("Forms", "Published"), published, 120, sortable=False),
        Column(translate("Forms", "By"), by, 96, sortable=False),
        Column(translate("Forms", "What is new"), note, 0, sortable=False),
        Column(translate("Forms", "Responses"), answered, 80, number=True, sortable=False),
        Column(translate("Forms", "Open tasks"), waiting, 96, number=True, sortable=False),
    )


def trouble_words(trouble: Trouble, now: int, tz: tzinfo) -> tuple[str, Tone]:
    """What went wrong, calmly."""
    match trouble.kind:
        case ErrorKind.OFFLINE | ErrorKind.SERVER_BUSY | ErrorKind.SERVER_FAILED | ErrorKind.NOT_A_SERVER:
            words = translate(
                "Forms",
                "The server cannot be reached now. Forms are checked, published and exported there; the list, "
                "trials and comparisons work without it. Nothing was changed.",
            )
            return words, Tone.WARNING
        case ErrorKind.ALREADY_EXISTS:
            words = translate(
                "Forms",
                "This version exists already with another content. Give it another version and try again.",
            )
        case ErrorKind.FORM_TOO_LARGE:
            words = translate("Forms", "This file is too large to be a form. Nothing was changed.")
        case ErrorKind.FORM_UNREADABLE | ErrorKind.FORM_UNSUPPORTED:
            words = translate("Forms", "This form cannot be read by this program.")
        case ErrorKind.FORM_INVALID:
            words = translate("Forms", "The form has errors. Nothing was published.")
        case _:
            words = error_text(trouble.kind, trouble.values, now, tz)
    return words, Tone.DANGER


def import_words(state: ImportState) -> tuple[str, Tone]:
    """How far the import has come."""
    if state.phase is Phase.CHECKING:
        return translate("Forms", "Checking…"), Tone.ACCENT
    if state.phase is Phase.PUBLISHING:
        return translate("Forms", "Publishing…"), Tone.ACCENT
    if state.published is not None:
        said = translate(
            "Forms", "Published: {code} {version}. It reaches the desks with their next contact."
        )
        return said.format(code=state.published.code, version=state.published.version), Tone.SUCCESS
    notes = len(state.findings) - state.errors
    if state.errors:
        words = translate("Forms", "%n error(s) to correct before it can be published", state.errors)
        return words, Tone.DANGER
    if notes:
        return translate("Forms", "No errors, %n note(s)", notes), Tone.WARNING
    return translate("Forms", "No errors"), Tone.SUCCESS


def standing_words(state: ImportState) -> str:
    """What publishing will do."""
    form = state.form
    if form is None:
        return ""
    version = form.version or translate("Forms", "the next number")
    match state.standing:
        case Standing.NEW:
            return translate("Forms", "A new form “{title}”, version {version}.").format(
                title=form.title, version=version
            )
        case Standing.NEXT:
            return translate("Forms", "Version {version} of “{title}”, after {before}.").format(
                title=form.title, version=version, before=state.before
            )
        case Standing.SAME:
            return translate("Forms", "Version {before} has this very content already.").format(
                before=state.before
            )
        case Standing.TAKEN:
            return translate(
                "Forms",
                "Version {version} exists already with another content. Write another version on the sheet settings.",
            ).format(version=version)


def waiting_words(state: ImportState) -> str:
    """What stays on earlier versions: running forms are not disturbed."""
    waiting = state.waiting
    parts = [
        translate("Forms", "%n open task(s)", waiting.tasks) if waiting.tasks else "",
        translate("Forms", "%n draft(s) at this desk", waiting.drafts) if waiting.drafts else "",
    ]
    named = translate("Forms", ", ").join(part for part in parts if part)
    if not named:
        return ""
    return translate("Forms", "On their version stay: {what}. New tasks take this one.").format(what=named)
