"""Values that a form does not ask for: what is known of the customer beforehand, and the form's own metadata.

Our convention for guides: a node that is not asked (XLSForm type `hidden`, or `calculate`) takes the value that the
caller has for its name, in place of its calculation. So a form may say ${customer_name} wherever it likes.
"""

from collections.abc import Mapping

from server_sync.domain.forms.definition import FormDefinition, QuestionKind
from server_sync.domain.forms.engine import Engine
from server_sync.domain.forms.instance import Instance
from server_sync.domain.forms.model import Bind
from server_sync.domain.forms.scope import FormScope
from server_sync.domain.forms.xpath.moments import from_milliseconds, iso_date, iso_moment

GUIDE_NAMES = frozenset(
    (
        *(
            "customer_name",
            "salutation",
            "customer_type",
            "tier",
            "company_name",
            "agent_name",
            "agent_number",
        ),
        *(
            "order_summary",
            "order_on",
            "last_contact_on",
            "last_contact_summary",
            "ticket_summary",
            "ticket_on",
        ),
    )
)
"""Names that every guide may count on; an empty text where nothing is known."""


def put_at_start(
    form: FormDefinition,
    answers: Instance,
    engine: Engine,
    scope: FormScope,
    prefill: Mapping[str, str],
    resumed: bool,
) -> None:
    """Fill in what is known, compute everything, and carry out what a new form does first (not a resumed one).

    `prefill` also serves the preloads: "instanceID" for `uid`, and device properties ("deviceid", "username", …).
    """
    for path, spec in form.nodes.items() if prefill else ():
        if spec.name in prefill and not spec.children and path not in form.questions:
            engine.supplied.add(path)
            for node in answers.by_path[path]:
                node.value = prefill[spec.name]
    if not resumed:
        for path, bind in form.binds.items():
            value = _preload(bind, scope, prefill) if bind.preload else ""
            for node in answers.by_path[path] if value else ():
                node.value = value
    engine.load(resumed)


def put_at_end(form: FormDefinition, answers: Instance, engine: Engine, scope: FormScope) -> None:
    """Drop what was chosen and is offered no more, fill in when the form was ended, and an id where none was given."""
    for path, question in form.questions.items():
        if question.itemset is not None and question.itemset.items.references:
            for node in answers.by_path[path]:
                if node.value:
                    offered = {choice.value for choice in scope.choices(question, node)}
                    chosen = [node.value] if question.kind is QuestionKind.SELECT_ONE else node.value.split()
                    engine.change(node, " ".join(value for value in chosen if value in offered))
    for path, bind in form.binds.items():
        match bind.preload, bind.preload_params:
            case "timestamp", "end":
                value = iso_moment(from_milliseconds(scope.now_at, scope.zone))
            case "uid", _:
                value = scope.instance_id()
            case _:
                continue
        for node in answers.by_path[path]:
            engine.change(node, node.value or value if bind.preload == "uid" else value)


def _preload(bind: Bind, scope: FormScope, prefill: Mapping[str, str]) -> str:
    now = from_milliseconds(scope.now_at, scope.zone)
    match bind.preload, bind.preload_params:
        case "timestamp", "start":
            return iso_moment(now)
        case "date", "today":
            return iso_date(now)
        case "uid", _:
            return prefill.get("instanceID", "")
        case "property", name:
            return prefill.get(name, "")
    return ""
