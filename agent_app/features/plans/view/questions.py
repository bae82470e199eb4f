"""What is asked before a plan is set to work or ended, and before what was written is let be."""

from agent_app.features.plans.state import Asked
from agent_app.ui import formats
from agent_app.ui.dialogs import Question
from agent_app.ui.i18n import translate
from server_sync.domain.model import PlanState
from server_sync.domain.rules.plans.definition import MOST_UNASKED


def question_of(asked: Asked) -> Question:
    """The question in words."""
    if asked.state is PlanState.ENDED:
        return Question(
            translate("Plans", "End the plan “{name}”?").format(name=asked.name),
            translate(
                "Plans",
                "It makes no more tasks. Those that are there stay; the plan can be set to work again.",
            ),
            translate("Plans", "End"),
            danger=True,
        )
    title = translate("Plans", "Set “{name}” to work?").format(name=asked.name)
    confirm = translate("Plans", "Set to work")
    if asked.tasks is None:
        words = translate(
            "Plans",
            "How many tasks it would make cannot be told now. From its next run on it makes tasks by itself.",
        )
    elif asked.tasks > MOST_UNASKED:
        words = translate(
            "Plans",
            "As things stand it would make about {count} tasks, more than {most}. Its runs make none of these until "
            "the server's operator has confirmed it; a narrower audience or a later start is usually meant.",
        ).format(count=formats.number(asked.tasks), most=formats.number(MOST_UNASKED))
    else:
        words = translate(
            "Plans",
            "As things stand its next run makes about {count} tasks; it goes on by itself from then on.",
        ).format(count=formats.number(asked.tasks))
    return Question(title, words, confirm, danger=asked.tasks is not None and asked.tasks > MOST_UNASKED)


def let_be_question(name: str) -> Question:
    """Before what was written on a plan is forgotten."""
    return Question(
        translate("Plans", "Forget what was written on “{name}”?").format(name=name),
        translate("Plans", "What is not saved is lost."),
        translate("Plans", "Forget it"),
        danger=True,
    )
