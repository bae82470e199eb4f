"""What forms may ask for and we cannot do: said when a form is published, never by behaving wrongly later."""

from collections.abc import Iterator

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.definition import FormDefinition

_EVENTS = frozenset(
    {
        "odk-instance-first-load",
        "odk-instance-load",
        "xforms-ready",
        "xforms-value-changed",
        "odk-new-repeat",
    }
)


def check_limits(form: FormDefinition) -> None:
    """Raises KnownError FORM_UNSUPPORTED with `features`: each a dict of `path` and `feature`.

    Features: "search" (an appearance that reads choices from a file of Collect's), "event" (another than those of the
    ODK XForms specification), "encryption" (answers sealed with a key of the form's author).
    """
    features = [{"path": path, "feature": feature} for path, feature in _found(form)]
    if features:
        raise KnownError(ErrorKind.FORM_UNSUPPORTED, features=features)


def _found(form: FormDefinition) -> Iterator[tuple[str, str]]:
    for path, question in form.questions.items():
        if any(word.startswith("search(") for word in question.appearance):
            yield path, "search"
    if form.sealed:
        yield "submission", "encryption"
    for action in form.actions:
        if not action.events <= _EVENTS:
            yield action.path, "event"
