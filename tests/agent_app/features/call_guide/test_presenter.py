"""The work column without a window: opening, the guide's steps, drafts, dialling and its refusals."""

from agent_app.features.call_guide.state import CallPhase, GuidePhase, Notice
from agent_app.ports import Route
from server_sync.domain.clock import DAY, HOUR, SECOND
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind
from tests.agent_app.features.call_guide.guide_column import (
    CSAT,
    RECEIVED,
    Column,
    after_a_kill,
    through_to_the_end,
)
from tests.agent_app.features.workplace import Workplace
from tests.server_sync.organisation import NOW

# --------------------------------------------------------------------------------------------------- opening


def test_the_head_is_there_before_the_guide_is_read(column: Column) -> None:
    first = next(state for state in column.drawn if state.header is not None)
    assert first.guide is GuidePhase.LOADING
    assert first.header is not None
    assert (first.header.name, first.header.title, first.header.tier) == ("客户 A", "女士", "vip")
    assert [number.masked for number in first.header.numbers] == ["138****1234"]


def test_the_customer_is_shown_beside_the_task(column: Column) -> None:
    place = column.place
    assert place.routes == [Route("customer", place.customer.row_id, place.task.row_id)]


def test_what_to_say_has_the_customers_real_name(column: Column) -> None:
    assert column.form.page is not None
    assert column.form.page.questions[0].label == "您好，是客户 A女士吗？"


def test_a_task_that_is_not_here_says_so(place: Workplace) -> None:
    column = Column(place)
    column.presenter.open(b"another-task-id!")
    assert column.state.missing


def test_a_guide_that_cannot_be_read_leaves_call_and_wrap_up(place: Workplace) -> None:
    broken = place.company.organisation.task(
        place.customer, place.agent, form_version_id=place.company.organisation.form_version
    )
    place.company.put(broken)
    column = Column(place)
    column.presenter.open(broken.row_id)
    assert (column.state.guide, column.state.error) == (GuidePhase.UNREADABLE, ErrorKind.FORM_UNREADABLE)
    column.presenter.on_dial()
    assert column.state.call.phase is CallPhase.RUNNING


# ----------------------------------------------------------------------------------------------------- guide


def test_a_required_question_holds_the_page_until_it_is_answered(column: Column) -> None:
    column.presenter.on_next()
    assert column.form.problems[RECEIVED].kind is ErrorKind.ANSWER_REQUIRED
    assert column.questions == ["hello", "received"]
    column.presenter.on_answered(RECEIVED, "yes")
    assert not column.form.problems
    column.presenter.on_next()
    assert column.questions == ["csat", "nps"]


def test_a_jump_is_explained_by_the_answer_that_made_it(column: Column) -> None:
    column.presenter.on_answered(RECEIVED, "no")
    column.presenter.on_next()
    assert column.questions == ["wish"]
    assert column.form.skipped is not None
    assert (column.form.skipped.count, column.form.skipped.answer) == (2, "还没有")


def test_a_broken_constraint_and_a_wrong_kind_hold_the_page_too(column: Column) -> None:
    column.presenter.on_answered(RECEIVED, "no")
    for _ in range(2):
        column.presenter.on_next()
    for typed, kind in (("40", ErrorKind.ANSWER_CONSTRAINT), ("vier", ErrorKind.ANSWER_WRONG_TYPE)):
        column.presenter.on_answered("/data/people", typed)
        column.presenter.on_next()
        assert column.questions == ["people"]
        assert column.form.problems["/data/people"].kind is kind
    column.presenter.on_answered("/data/people", "4")
    column.presenter.on_next()
    assert column.questions == ["moving"]


def test_a_day_without_a_year_is_of_this_year(column: Column) -> None:
    column.presenter.on_answered("/data/moving", "3/15")
    draft = column.place.one("select content from draft")[0]
    assert '"/data/moving":"2026-03-15"' in draft


def test_the_number_of_pages_is_open_while_answers_may_bring_more(column: Column) -> None:
    assert column.form.more
    column.presenter.on_answered(RECEIVED, "yes")
    assert not column.form.more


def test_back_goes_back_and_keeps_what_was_answered(column: Column) -> None:
    column.presenter.on_answered(RECEIVED, "yes")
    column.presenter.on_next()
    column.presenter.on_back()
    assert column.form.page is not None
    assert column.form.page.questions[1].value == "yes"


def test_the_key_answers_are_read_back_before_the_end(column: Column) -> None:
    through_to_the_end(column)
    assert column.form.page is None
    lines = [(line.label, line.answer) for line in column.form.read_back]  # M4.8
    assert lines == [("收到货了吗？", "收到了"), ("满意吗？", "5 · 很满意"), ("会推荐吗？", "9")]
    assert column.form.open_ends == ()


def test_enter_behind_the_last_page_leads_to_the_wrap_up(column: Column) -> None:
    through_to_the_end(column)
    column.presenter.on_next()
    assert column.place.routes[-1] == Route("wrap_up", column.place.task.row_id)


def test_from_the_read_back_one_comes_to_the_question(column: Column) -> None:
    through_to_the_end(column)
    column.presenter.on_question_asked(CSAT)
    assert column.questions == ["csat", "nps"]


# ---------------------------------------------------------------------------------------------------- drafts


def test_every_answer_is_on_the_disk_before_it_is_called_saved(column: Column) -> None:
    assert column.state.saved_at is None
    column.presenter.on_answered(RECEIVED, "yes")
    assert column.place.count("draft") == 1
    assert column.state.saved_at == NOW


def test_looking_alone_leaves_no_draft(column: Column) -> None:
    column.presenter.on_next()
    column.presenter.on_wrap_up_asked()
    assert column.place.count("draft") == 0


def test_a_killed_desk_resumes_at_the_question_with_all_answers(column: Column) -> None:
    column.presenter.on_answered(RECEIVED, "yes")
    column.presenter.on_next()
    column.presenter.on_answered(CSAT, "5")
    column.place.move(SECOND)
    again = after_a_kill(column)
    assert again.questions == ["csat", "nps"]
    assert again.form.page is not None
    assert again.form.page.questions[0].value == "5"
    assert again.state.resumed_at == NOW


def test_a_killed_desk_resumes_behind_the_last_page(column: Column) -> None:
    through_to_the_end(column)
    assert after_a_kill(column).form.page is None


def test_a_draft_keeps_the_form_version_that_was_on_screen(column: Column) -> None:
    column.presenter.on_answered(RECEIVED, "yes")
    place = column.place
    with place.company.store.write() as connection:
        connection.exec_driver_sql("update task set form_version_id = ?", (b"another-version!",))
    again = after_a_kill(column)
    assert again.state.guide is GuidePhase.READY


# ------------------------------------------------------------------------------------------------------ call


def test_the_attempt_is_on_the_disk_with_its_draft_before_the_telephone_rings(column: Column) -> None:
    place = column.place
    column.presenter.on_dial()
    attempt = place.one("select id, contact_point_id, disposition from attempt")
    assert attempt[1:] == (place.number.row_id, None)
    assert place.one("select attempt_id from draft")[0] == attempt[0]
    assert place.phone.dialled == ["+8613812341234"]
    assert column.state.call.phase is CallPhase.RUNNING
    assert place.one("select state from presence")[0] == "on_call"


def test_hanging_up_stops_the_clock_and_begins_the_wrap_up(column: Column) -> None:
    column.presenter.on_dial()
    column.place.move(161 * SECOND)
    column.presenter.on_hang_up()
    call = column.state.call
    assert (call.phase, call.started_at, call.ended_at) == (CallPhase.ENDED, NOW, NOW + 161 * SECOND)
    assert column.place.one("select state from presence")[0] == "wrap_up"


def test_a_killed_desk_resumes_the_call_and_can_end_it(column: Column) -> None:
    column.presenter.on_dial()
    attempt_id = column.state.call.attempt_id
    column.place.move(30 * SECOND)
    again = after_a_kill(column)
    assert (again.state.call.phase, again.state.call.attempt_id) == (CallPhase.RUNNING, attempt_id)
    again.presenter.on_hang_up()
    assert (again.state.call.phase, again.state.call.ended_at) == (CallPhase.ENDED, NOW + 30 * SECOND)


def test_a_second_call_waits_for_the_wrap_up_of_the_first(column: Column) -> None:
    column.presenter.on_dial()
    column.presenter.on_hang_up()
    column.presenter.on_dial()
    assert column.state.notice is Notice.WRAP_UP_FIRST
    assert column.place.count("attempt") == 1


def test_a_phone_that_fails_leaves_the_call_to_be_dialled_by_hand(column: Column) -> None:
    column.place.phone.broken = True
    column.presenter.on_dial()
    assert column.state.error is ErrorKind.DIAL_FAILED
    assert column.state.call.phase is CallPhase.RUNNING


def test_without_a_number_nothing_is_dialled(place: Workplace) -> None:
    with place.company.store.write() as connection:
        connection.exec_driver_sql("update contact_point set valid = 0")
    column = Column(place)
    column.presenter.open(place.task.row_id)
    column.presenter.on_dial()
    assert (column.state.notice, place.count("attempt")) == (Notice.NO_NUMBER, 0)


def test_another_number_can_be_chosen(column: Column) -> None:
    place = column.place
    other = place.company.organisation.contact_point(place.customer, value="+8613900000000", position=1)
    place.company.put(other)
    column.presenter.open(place.task.row_id)
    column.presenter.on_number_chosen(other.row_id)
    column.presenter.on_dial()
    assert place.phone.dialled == ["+8613900000000"]


def refusal_of(column: Column) -> tuple[ErrorKind | None, dict[str, object]]:
    column.presenter.on_dial()
    assert column.place.count("attempt") == 0
    assert column.place.count("draft") == 0
    return column.state.error, dict(column.state.error_values)


def test_ten_in_the_evening_is_refused_with_the_window(column: Column) -> None:
    column.place.move(12 * HOUR)
    told = {"from": "08:00", "to": "21:00", "free_at": NOW + 22 * HOUR}
    assert refusal_of(column) == (ErrorKind.OUTSIDE_CALLING_WINDOW, told)


def test_do_not_call_is_refused_with_its_source_and_time(column: Column) -> None:
    place = column.place
    row = {
        "id": b"do-not-call-0001",
        "customer_id": place.customer.row_id,
        "scope": "all",
        "source": "import",
        "set_at": NOW - DAY,
    }
    place.company.put(Insert("do_not_call", row))
    kind, values = refusal_of(column)
    assert kind is ErrorKind.DO_NOT_CALL
    assert (values["source"], values["set_at"]) == ("import", NOW - DAY)


def test_a_colleagues_appointment_is_refused(column: Column) -> None:
    with column.place.company.store.write() as connection:
        statement = "update task set appointment_at = ?, appointment_owner_id = ?"
        connection.exec_driver_sql(statement, (NOW + HOUR, b"another-person-1"))
    assert refusal_of(column)[0] is ErrorKind.APPOINTMENT_OF_ANOTHER


def test_marketing_is_refused_on_a_list_that_is_too_old(column: Column) -> None:
    with column.place.company.store.write() as connection:
        connection.exec_driver_sql("update task set purpose = 'marketing'")
    column.place.move(24 * HOUR + SECOND)
    assert refusal_of(column)[0] is ErrorKind.DO_NOT_CALL_STALE  # journey A5


def test_a_customer_called_too_often_is_refused_with_when_he_is_free(column: Column) -> None:
    place = column.place
    attempt = {
        "id": b"earlier-attempt1",
        "customer_id": place.customer.row_id,
        "task_id": b"some-other-task1",
        "person_id": place.agent.person_id,
        "contact_point_id": place.number.row_id,
        "channel": "phone",
        "started_at": NOW - 60 * SECOND,
    }
    place.company.put(Insert("attempt", attempt))
    column.presenter.on_dial()
    assert column.state.error is ErrorKind.CONTACT_TOO_OFTEN
    assert column.state.error_values["free_at"] == NOW - 60 * SECOND + HOUR // 2


def test_an_ended_task_is_neither_called_nor_wrapped_up(place: Workplace) -> None:
    with place.company.store.write() as connection:
        connection.exec_driver_sql("update task set state = 'done'")
    column = Column(place)
    column.presenter.open(place.task.row_id)
    place.routes.clear()
    for act in (
        column.presenter.on_dial,
        column.presenter.on_wrap_up_asked,
        column.presenter.on_callback_asked,
    ):
        act()
    assert (place.count("attempt"), place.routes) == (0, [])


def test_a_callback_during_a_call_is_its_result_and_otherwise_by_itself(column: Column) -> None:
    place = column.place
    column.presenter.on_callback_asked()
    assert place.routes[-1] == Route("callback", place.task.row_id)
    column.presenter.on_dial()
    column.presenter.on_callback_asked()
    assert place.routes[-1] == Route("wrap_up", place.task.row_id, "2.12a")
