"""A form's state in words: what is wrong and what would be understood, where one is, why questions are left out."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from agent_app.ports import Lack
from agent_app.ui.error_words import error_text
from agent_app.ui.forms.state import Because, Dropping, FormState, InstanceHere, Removing, Skipped
from agent_app.ui.i18n import mark, translate
from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import Problem, Status, Tally

LONGEST_NAMED = 16

_WANTED: Mapping[str, str] = {
    QuestionKind.DATE: mark(
        "Form", "Not understood. A day is typed as 3/15, 2026-3-15, next Wed, tomorrow or +3."
    ),
    QuestionKind.TIME: mark("Form", "Not understood. A time is typed as 14:30, 1430 or 3pm."),
    QuestionKind.DATE_TIME: mark("Form", "Not understood. A moment is typed as 3/15 14:30 or tomorrow 9:00."),
    QuestionKind.INTEGER: mark("Form", "Not understood. A whole number is typed, such as 12."),
    QuestionKind.DECIMAL: mark("Form", "Not understood. A number is typed, such as 12.5."),
    QuestionKind.RANGE: mark("Form", "Not understood. A number is typed, such as 12."),
    "phone": mark("Form", "Not understood. A telephone number is typed, such as 138 1234 5678."),
    "file": mark("Form", "Not understood. The name of a file is wanted."),
    QuestionKind.PLACE: mark(
        "Form", "Not understood. A place is typed as latitude and longitude, such as 31.2304, 121.4737."
    ),
}


def language_names(languages: Sequence[str]) -> list[tuple[str, str]]:
    """A form's languages as it names them, each with its name alone, 中文 for "中文 (zh-CN)", unless two share it."""
    short = [one.partition(" (")[0] or one for one in languages]
    return list(zip(languages, short if len(set(short)) == len(short) else languages, strict=True))


def problem_words(problems: Mapping[str, Problem], now: int, tz: tzinfo) -> Mapping[str, str]:
    """What is wrong with each answer; for one that is not understood, what would be."""
    return {path: _problem(one, now, tz) for path, one in problems.items()}


def _problem(problem: Problem, now: int, tz: tzinfo) -> str:
    if problem.message:
        return problem.message
    if problem.kind is ErrorKind.ANSWER_WRONG_TYPE:
        wanted = _WANTED.get(str(problem.values.get("expected")))
        if wanted is not None:
            return translate("Form", wanted)
    if problem.kind is ErrorKind.ANSWER_OUT_OF_RANGE and problem.values.get("most"):
        words = translate("Form", "From {least} to {most}, in steps of {step}.")
        return words.format(**{name: str(value) for name, value in problem.values.items()})
    return error_text(problem.kind, problem.values, now, tz)


def lack_words(lack: Lack, what: str) -> str:
    """Why there is no camera, microphone, …; `what` names it."""
    if lack is Lack.NOT_INSTALLED:
        words = translate(
            "Form", "{what}: the part for visits is not installed here. Files and typing do without it."
        )
    else:
        words = translate("Form", "{what}: none was found, or the system does not let this program use it.")
    return words.format(what=what)


def named(label: str) -> str:
    """A question in few words: its first sentence, shortened."""
    plain = " ".join(label.split()).rstrip("?？:：*。")
    return plain if len(plain) <= LONGEST_NAMED else f"{plain[: LONGEST_NAMED - 1]}…"


def because_words(because: Because | None) -> str:
    """Why a question is left out: 因“收到货了吗”=还没有."""
    if because is None:
        return translate("Form", "not asked so far")
    words = translate("Form", "because {question} = {answer}")
    return words.format(question=named(because.question), answer=named(because.answer))


def skipped_words(skipped: Skipped | None) -> str:
    """Why questions were left out before this page: 因“收到货了吗”=还没有，跳过 2 题."""
    if skipped is None:
        return ""
    if not skipped.answer:
        return translate("Form", "%n question(s) skipped", skipped.count)
    words = translate("Form", "%n question(s) skipped because {question} = {answer}", skipped.count)
    return words.format(question=named(skipped.question), answer=named(skipped.answer))


def progress_words(state: FormState) -> str:
    """Where one is: 3 / 6 · 服务体验."""
    open_ended = state.more and state.progress.at == state.progress.of
    place = str(state.progress.at) if open_ended else f"{state.progress.at} / {state.progress.of}"
    headings = () if state.page is None else state.page.headings[-2:]
    heading = translate("Form", "Key points") if state.page is None else " · ".join(headings)
    return f"{place} · {heading}" if heading else place


def instance_words(instance: InstanceHere) -> str:
    """Which instance of a repeat one is in: 家庭成员 2 / 3."""
    label = instance.label or translate("Form", "Entry")
    return f"{label} {instance.position} / {instance.count}"


def tally_words(tally: Tally) -> str:
    """How far the answers are: 已答 12 / 40."""
    words = translate("Form", "{answered} of {asked} answered")
    return words.format(answered=tally.answered, asked=tally.asked)


def asking_words(asking: Dropping | Removing) -> tuple[str, str, str, str]:
    """What is asked: title, sentence, the words for yes and those for no."""
    if isinstance(asking, Removing):
        label = asking.label or translate("Form", "Entry")
        title = translate("Form", "Remove “{label}” {position}?").format(
            label=label, position=asking.position
        )
        words = (
            translate("Form", "Its %n answer(s) go with it.", asking.answered)
            if asking.answered
            else translate("Form", "Nothing was answered in it.")
        )
        return title, words, translate("Form", "Remove it"), translate("Form", "Keep it")
    title = translate("Form", "“{question}” = {answer}: %n answer(s) would no longer count", len(asking.lost))
    title = title.format(question=named(asking.because.question), answer=named(asking.because.answer))
    words = translate(
        "Form", "These questions would not be asked any more; their answers would not be handed in."
    )
    return title, words, translate("Form", "Change and drop them"), translate("Form", "Leave it as it was")


def status_words(status: Status) -> str:
    """How a question stands, for screen readers and tooltips."""
    return {
        Status.ANSWERED: translate("Form", "answered"),
        Status.OPEN: translate("Form", "open, an answer is required"),
        Status.BLANK: translate("Form", "no answer"),
        Status.WRONG: translate("Form", "wrong"),
        Status.SKIPPED: translate("Form", "left out"),
        Status.NOTE: translate("Form", "note"),
    }[status]
