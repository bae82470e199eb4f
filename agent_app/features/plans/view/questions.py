"""What is asked before a plan is set to work or ended, and before what was written is let be."""

from agent_app.features.plans.state import Asked
from agent_app.ui import formats
from agent_app.ui.dialogs import Question
from agent_app.ui.i18n import translate
from agent_app.ui.span_words import span_words
from server_sync.domain.model import PlanState
from server_sync.domain.rules.plans.definition import MOST_UNASKED, most_tasks


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
    if asked.confirmed is not None:
        return _of_many(asked, asked.confirmed)
    title = translate("Plans", "Set “{name}” to work?").format(name=asked.name)
    confirm = translate("Plans", "Set to work")
    if asked.tasks is None:
        words = translate(
            "Plans",
            "How many tasks it would make cannot be told now. From its next run on it makes tasks by itself.",
        )
    else:
        words = translate(
            "Plans",
            "As things stand its next run makes about {count} tasks; it goes on by itself from then on.",
        ).format(count=formats.number(asked.tasks))
    return Question(title, words, confirm)


def _of_many(asked: Asked, tasks: int) -> Question:
    """Before very many tasks are made at once: how many, what they are for the team, by when, and what it holds for."""
    count = formats.number(tasks)
    lines = [
        translate("Plans", "Its next run makes about {count} tasks at once, more than {most}.").format(
            count=count, most=formats.number(MOST_UNASKED)
        )
    ]
    if asked.a_day:
        said = translate(
            "Plans",
            "That is about {days} working days for all {people} agents together, who take {number} a day.",
        )
        days = formats.number(-(-tasks // asked.a_day))
        lines.append(
            said.format(days=days, people=formats.number(asked.people), number=formats.number(asked.a_day))
        )
    window = translate("Plans", "Each is due within {span}.").format(span=span_words(asked.due_within))
    later = span_words(asked.available_after)
    if later:
        window = translate("Plans", "Each may be called {later} later and is due within {span} from then on.")
        window = window.format(later=later, span=span_words(asked.due_within))
    lines.append(window)
    said = translate(
        "Plans", "If it would be more than {most} by then, none is made and you are asked again."
    )
    lines.append(said.format(most=formats.number(most_tasks(MOST_UNASKED, tasks))))
    return Question(
        translate("Plans", "Make about {count} tasks of “{name}”?").format(count=count, name=asked.name),
        "\n\n".join(lines),
        translate("Plans", "Make {count} tasks").format(count=count),
        danger=True,
    )


def let_be_question(name: str) -> Question:
    """Before what was written on a plan is forgotten."""
    return Question(
        translate("Plans", "Forget what was written on “{name}”?").format(name=name),
        translate("Plans", "What is not saved is lost."),
        translate("Plans", "Forget it"),
        danger=True,
    )
