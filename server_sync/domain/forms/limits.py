"""What forms may ask for and we cannot do yet: said when a form is published, never by behaving wrongly later."""

from collections.abc import Iterator

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.definition import FormDefinition, QuestionKind

_KINDS = frozenset({QuestionKind.RANK, QuestionKind.FILE, QuestionKind.PLACE})
_EVENTS = frozenset({"odk-instance-first-load", "xforms-ready", "xforms-value-changed", "odk-new-repeat"})


def check_limits(form: FormDefinition) -> None:
    """Raises KnownError FORM_UNSUPPORTED with `features`: each a dict of `path` and `feature`.

    Features: "rank", "file", "place" (kinds of questions), "audit", "external_instance" (choices or look-ups in another
    file), "search" (an appearance), "event", "setgeopoint", "recordaudio", "encryption"; from `skeleton` "entity" and
    "instances_differ". Images, audio and video beside a label are not shown, which hinders nobody.
    """
    features = [{"path": path, "feature": feature} for path, feature in _found(form)]
    if features:
        raise KnownError(ErrorKind.FORM_UNSUPPORTED, features=features)


def _found(form: FormDefinition) -> Iterator[tuple[str, str]]:
    for path, question in form.questions.items():
        if question.kind in _KINDS:
            yield path, question.kind.value
        if any(word.startswith("search(") for word in question.appearance):
            yield path, "search"
    for path, bind in form.binds.items():
        if bind.data_type == "binary" and path not in form.questions:
            yield path, "audit"
    for name in form.external:
        yield name, "external_instance"
    yield from form.unread
    for action in form.actions:
        if not action.events <= _EVENTS:
            yield action.path, "event"
