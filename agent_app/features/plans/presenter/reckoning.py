"""What setting a plan to work means: how many tasks, what they are for those who may get them, by when."""

from dataclasses import replace

from agent_app.features.plans.state import Asked, Outlook, PlansState


def reckoned(asked: Asked, outlook: Outlook, state: PlansState) -> Asked:
    """The question with what is known of it; of how many tasks it would be the larger number, as the look ahead told it
    or as a run that was refused has counted it."""
    written, stands = state.written, state.stands
    if written is None:
        return asked
    told = (outlook.tasks, stands.refused_tasks if stands is not None else None)
    named = written["assignment"].get("person")
    days = [state.agents[named]] if named in state.agents else list(state.agents.values())
    known = [one for one in days if one is not None]
    return replace(
        asked,
        tasks=max((count for count in told if count is not None), default=None),
        people=len(days),
        a_day=sum(known) if len(known) == len(days) else None,
        available_after=written["available_after"],
        due_within=written["due_within"],
    )
