"""What happens in the plans' room: one is found, written, saved, set to work, paused or ended; what is not saved yet
waits beside it and on the disk."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from agent_app.actions.plans import (
    Written,
    changed_fields,
    definition_of,
    read_templates,
    save_plan,
    set_plan_state,
)
from agent_app.actions.session import DeskSession
from agent_app.features.plans.presenter import drafting, triggers
from agent_app.features.plans.presenter.drafting import Unsaved
from agent_app.features.plans.presenter.outlook import OutlookPresenter
from agent_app.features.plans.presenter.reckoning import reckoned
from agent_app.features.plans.state import Asked, Outlook, PlansState, Which
from agent_app.store.definition_drafts import Kept, Kind
from agent_app.store.queries import plans
from agent_app.store.queries.plans import Plans
from agent_app.sync.plans import PlansOffice
from agent_app.ui.definitions.state import Fault, by_field
from agent_app.ui.while_seen import WhileSeen
from agent_app.ui.written import WrittenKeeper
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import PlanState
from server_sync.domain.rules.local_time import zone
from server_sync.domain.rules.plans.definition import checked_definition, looked_at_plan

Templates = tuple[Mapping[str, Any], ...]


class PlansPresenter(WhileSeen):
    """What is written stays with its plan until it is saved or let be, also while another one is open and when the
    program ends. `ask` puts a question, answered by `on_confirmed`."""

    tables = ("plan", "form", "goal", "person", "task", "occasion", "calendar_day")

    def __init__(
        self,
        session: DeskSession,
        office: PlansOffice,
        render: Callable[[PlansState], object],
        render_outlook: Callable[[Outlook | None], object],
        ask: Callable[[Asked], object],
    ) -> None:
        super().__init__()
        self._session = session
        self._render = render
        self._ask = ask
        self._state = PlansState()
        self._unsaved: dict[bytes, Unsaved] = {}
        self._tried: set[bytes] = set()
        self._resumed: dict[bytes, int] = {}
        self._keeper = WrittenKeeper(session, Kind.PLAN, self._failed)
        self.outlook = OutlookPresenter(session, office, render_outlook)

    @property
    def state(self) -> PlansState:
        """What is drawn now."""
        return self._state

    # ------------------------------------------------------------------------------------------ which is shown

    def on_searched(self, text: str) -> None:
        """List those that hold these words."""
        self._draw(replace(self._state, text=text))

    def on_which(self, which: Which) -> None:
        """List all, or those of one state."""
        self._draw(replace(self._state, which=which))

    def on_chosen(self, plan_id: bytes | None) -> None:
        """Open this one."""
        if plan_id != self._state.open_id:
            self._open(plan_id)

    def on_new(self) -> None:
        """Write a new one."""
        plan_id = self._session.new_id()
        self._begin(plan_id, drafting.new(plan_id))

    def on_templates_asked(self, on_read: Callable[[Templates], object]) -> None:
        """Read those that come with the program."""
        self._session.load(read_templates, on_read, self._failed)

    def on_template(self, template: Mapping[str, Any]) -> None:
        """Write a new one that begins as this template."""
        written = drafting.from_template(template, self._codes(), self._state.forms)
        self._begin(self._session.new_id(), written)

    def on_duplicated(self, name: str) -> None:
        """Write a new one that begins as the open one, under this name."""
        if self._state.written is not None:
            copy = drafting.copy_of(self._state.written, name, self._codes())
            self._begin(self._session.new_id(), copy)

    # -------------------------------------------------------------------------------------------- what is written

    def on_field(self, name: str, value: Any) -> None:
        """A field of the open one says this now."""
        self._write({name: value})

    def on_trigger(self, trigger: str) -> None:
        """Another trigger, with the params that are usual for it."""
        if self._state.written is not None and trigger != self._state.written["trigger"]:
            self._write({"trigger": trigger, "params": triggers.usual(trigger)})

    def on_param(self, name: str, value: Any) -> None:
        """A field of the trigger says this now; None leaves it out."""
        written = self._state.written
        if written is None:
            return
        params = {key: kept for key, kept in written["params"].items() if key != name}
        if value is not None:
            params[name] = value
        if name == "signal":
            params = triggers.usual(written["trigger"], str(value))
        if name == "days" and isinstance(params.get("offers"), Mapping) and isinstance(value, list):
            kept = {str(days) for days in value}
            params["offers"] = {days: text for days, text in params["offers"].items() if days in kept}
        self._write({"params": params})

    def on_audience(self, tree: Mapping[str, Any]) -> None:
        """The audience is this tree now."""
        self._write({"audience": tree}, as_built=None)

    def on_audience_broken(self, tree: Mapping[str, Any]) -> None:
        """The audience stands so now, and cannot be taken as it stands."""
        self._write({}, as_built=tree)

    def on_save(self) -> None:
        """Save what was written on the open one."""
        self._save(None)

    def on_let_be(self) -> None:
        """Forget what was written on the open one."""
        open_id = self._state.open_id
        if open_id is not None:
            self._forget(open_id)
            self._open(open_id if self._state.stands is not None else None)

    def on_insisted(self) -> None:
        """What was written shall stand, in sight of what somebody else wrote meanwhile."""
        open_id, stands = self._state.open_id, self._state.stands
        if open_id is not None and stands is not None and open_id in self._unsaved:
            self._unsaved[open_id] = replace(self._unsaved[open_id], before=stands.values)
            self._save(None)

    def on_theirs_taken(self) -> None:
        """Of the fields that both wrote, what the other one wrote shall stand."""
        open_id, stands = self._state.open_id, self._state.stands
        if open_id is not None and stands is not None and open_id in self._unsaved:
            unsaved = self._unsaved[open_id]
            theirs = {name: stands.values[name] for name in self._state.lost}
            as_built = None if "audience" in theirs else unsaved.as_built
            self._keep(open_id, Unsaved(stands.values, {**unsaved.written, **theirs}, as_built))
            self._draw(replace(self._state, error=None))

    # ------------------------------------------------------------------------------------------------ set to work

    def on_outlook_asked(self) -> None:
        """What would the open one do now?"""
        definition = self._definition()
        if definition is not None:
            self.outlook.ask(definition)

    def on_state_asked(self, state: PlanState) -> None:
        """Set the open one to work (after a look at what it would do), pause it or end it."""
        open_id, written = self._state.open_id, self._state.written
        if open_id is None or written is None:
            return
        asked = Asked(open_id, str(written["name"]), state)
        if state is PlanState.PAUSED:
            self.on_confirmed(asked)
        elif state is PlanState.ENDED:
            self._ask(asked)
        else:
            definition = self._definition()
            if definition is not None:

                def looked(outlook: Outlook) -> None:
                    self._draw(replace(self._state, counting=False))
                    if self._state.open_id == open_id:
                        self._ask(reckoned(asked, outlook, self._state))

                self._draw(replace(self._state, counting=True, error=None))
                self.outlook.ask(definition, looked)

    def on_stopped(self) -> None:
        """What the plan would do need not be counted any more."""
        self.outlook.on_stopped()
        self._draw(replace(self._state, counting=False))

    def on_confirmed(self, asked: Asked) -> None:
        """The question was answered with yes: what was written is saved along with it."""
        if asked.plan_id != self._state.open_id:
            return
        seen, confirmed = self._state.plan_state, asked.confirmed
        if asked.plan_id in self._unsaved and asked.state is PlanState.ACTIVE:
            self._save((seen.value, asked.state.value), confirmed)
        else:
            self._session.act(
                lambda desk: set_plan_state(desk, asked.plan_id, seen.value, asked.state.value, confirmed),
                lambda _: self._draw(replace(self._state, error=None)),
                self._failed,
            )

    def on_notice_seen(self) -> None:
        """The banner was closed."""
        self._draw(replace(self._state, error=None))

    # ---------------------------------------------------------------------------------------------------- within

    def _reload(self) -> None:
        local = zone(str(self._session.timezone))
        day = local.day(self._session.now())
        self._session.read(lambda connection: plans.load(connection, day), self._loaded, key="plans")

    def _loaded(self, found: Plans) -> None:
        if not self._state.loaded:
            self._resume(found.drafts)
        for plan_id, unsaved in tuple(self._unsaved.items()):
            if plan_id in found.plans:
                self._keep(
                    plan_id, drafting.met(unsaved, found.plans[plan_id].values), found.plans[plan_id].values
                )
        self._draw(
            replace(
                self._state,
                loaded=True,
                plans=found.plans,
                forms=found.forms,
                goals=found.goals,
                progress=found.progress,
                agents=found.agents,
                festivals=found.festivals,
            )
        )

    def _resume(self, drafts: Mapping[bytes, Kept]) -> None:
        """Go on where the program was left: what was written last is open."""
        found = {plan_id: drafting.resumed(one.content) for plan_id, one in drafts.items()}
        self._unsaved = found | self._unsaved
        self._resumed = {plan_id: one.saved_at for plan_id, one in drafts.items()}
        self._keeper.begin({plan_id: one.content for plan_id, one in drafts.items()})
        if self._state.open_id is None and drafts:
            last = max(drafts, key=lambda plan_id: drafts[plan_id].saved_at)
            self._state = replace(self._state, open_id=last)

    def _begin(self, plan_id: bytes, written: Written) -> None:
        self._unsaved[plan_id] = Unsaved(None, written)
        self._open(plan_id)

    def _open(self, plan_id: bytes | None) -> None:
        self.outlook.on_stopped()
        self._draw(replace(self._state, open_id=plan_id, saved=False, counting=False, error=None))

    def _write(self, values: Written, **built: Mapping[str, Any] | None) -> None:
        """`built`: also that the audience's tree is another one as it was built."""
        open_id, stands = self._state.open_id, self._state.stands
        if open_id is None:
            return
        begun = self._unsaved.get(open_id)
        if begun is None and stands is not None:
            begun = Unsaved(stands.values, stands.values)
        if begun is None:
            return
        now = replace(
            begun, written={**begun.written, **values}, as_built=built.get("as_built", begun.as_built)
        )
        if now == begun:
            return
        self._resumed.pop(open_id, None)
        self._keep(open_id, now)
        self.outlook.on_written()
        self._draw(replace(self._state, saved=False, counting=False, error=None))

    def _keep(self, plan_id: bytes, unsaved: Unsaved, stands: Written | None = None) -> None:
        """What was written, unless it says what stands there anyway."""
        if unsaved.as_built is None and unsaved.written == (stands or unsaved.before):
            self._forget(plan_id)
        else:
            self._unsaved[plan_id] = unsaved

    def _forget(self, plan_id: bytes) -> None:
        self._unsaved.pop(plan_id, None)
        self._resumed.pop(plan_id, None)
        self._tried.discard(plan_id)

    def _definition(self) -> dict[str, Any] | None:
        """The open one as the server takes it; None, and its faults told, where it would not."""
        written = self._checked()
        if written is None:
            return None
        form = self._state.forms.get(written["form_id"])
        return definition_of(written) | ({"form": form[0]} if form is not None else {})

    def _checked(self) -> Written | None:
        """What was written on the open one, as the domain keeps it; None, and its faults told, where it does not take
        it."""
        open_id, written = self._state.open_id, self._state.written
        if open_id is None or written is None:
            return None
        self._tried.add(open_id)
        self._draw(self._state)
        if self._state.faults:
            return None
        taken = checked_definition(definition_of(written)).values
        unsaved = self._unsaved.get(open_id)
        if unsaved is None or unsaved.before is None:
            return {**written, **taken}
        mine = changed_fields(unsaved.before, written)
        return {name: taken.get(name, value) if name in mine else value for name, value in written.items()}

    def _save(self, states: tuple[str, str] | None, confirmed: int | None = None) -> None:
        open_id, written = self._state.open_id, self._checked()
        unsaved = self._unsaved.get(open_id) if open_id is not None else None
        if open_id is None or unsaved is None or written is None:
            return
        self._unsaved[open_id] = replace(unsaved, written=written)
        self._session.act(
            lambda desk: save_plan(desk, open_id, unsaved.before, written, states, confirmed),
            lambda _: self._draw(replace(self._state, saved=self._state.open_id == open_id, error=None)),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        # Of fields that somebody else wrote meanwhile their own notice tells, with what can be done about it.
        told = error.kind is not ErrorKind.PLAN_CHANGED or error.values.get("fields") == ["state"]
        self._draw(replace(self._state, error=error.kind if told else None, error_values=error.values))

    def _codes(self) -> set[str]:
        drafts = {str(unsaved.written["code"]) for unsaved in self._unsaved.values()}
        return drafts | {str(line.values["code"]) for line in self._state.plans.values()}

    def _draw(self, state: PlansState) -> None:
        open_id = state.open_id
        unsaved = self._unsaved.get(open_id) if open_id is not None else None
        stands = state.plans.get(open_id) if open_id is not None else None
        if stands is None and unsaved is None:
            open_id = None
        written = unsaved.written if unsaved is not None else stands.values if stands is not None else None
        self._state = replace(
            state,
            found=self._found(state),
            open_id=open_id,
            stands=stands,
            written=written,
            unsaved={plan_id: one.written for plan_id, one in self._unsaved.items()},
            resumed_at=self._resumed.get(open_id) if open_id is not None else None,
            as_built=unsaved.as_built if unsaved is not None else None,
            faults=self._faults(open_id, written),
            lost=() if unsaved is None or stands is None else drafting.lost(unsaved, stands.values),
            now=self._session.now(),
        )
        if state.loaded:
            self._keeper.keep({plan_id: drafting.kept(one) for plan_id, one in self._unsaved.items()})
        self._render(self._state)

    def _faults(self, open_id: bytes | None, written: Written | None) -> Mapping[str, Fault]:
        if open_id is None or written is None or open_id not in self._tried:
            return {}
        found = by_field(looked_at_plan(definition_of(written))[1])
        unsaved = self._unsaved.get(open_id)
        if unsaved is not None and unsaved.as_built is not None:
            found = {**found, "audience": Fault(ErrorKind.CONDITION_INVALID, {})}
        return found

    def _found(self, state: PlansState) -> tuple[bytes, ...]:
        """New ones first, then as they were changed."""
        fresh = [plan_id for plan_id in self._unsaved if plan_id not in state.plans]
        sought = state.text.casefold().split()
        return tuple(
            plan_id
            for plan_id in (*fresh, *state.plans)
            if state.which in (Which.ALL, _state_of(state, plan_id))
            and all(word in self._words(state, plan_id) for word in sought)
        )

    def _words(self, state: PlansState, plan_id: bytes) -> str:
        unsaved = self._unsaved.get(plan_id)
        written = unsaved.written if unsaved is not None else state.plans[plan_id].values
        said = (written[name] or "" for name in ("name", "label", "code", "source", "description"))
        return " ".join(said).casefold()


def _state_of(state: PlansState, plan_id: bytes) -> str:
    line = state.plans.get(plan_id)
    return line.state if line is not None else PlanState.DRAFT.value
