"""The forms room: what is listed and compared, how a file becomes a version, and that a trial records nothing."""

from pathlib import Path

import pytest

from agent_app.features.forms.presenter import ImportPresenter, RoomPresenter, TrialPresenter
from agent_app.features.forms.state import FormsState, ImportState, Phase, Standing, TrialState
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import forms
from agent_app.store.queries.guide_facts import GuideFacts
from agent_app.store.queries.search import Found
from agent_app.sync.forms import FormFile
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.comparison import ChangeKind
from server_sync.domain.forms.xlsform.findings import FindingKind
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.deferred import DeferredWork
from tests.agent_app.desk import Company
from tests.agent_app.features.forms.office import FormsNet, office, put_version, workbook

SECOND = workbook("2", ("还满意吗", "满意吗"))


@pytest.fixture
def net() -> FormsNet:
    return FormsNet()


@pytest.fixture
def room(company: Company, net: FormsNet) -> tuple[RoomPresenter, list[FormsState], list[FormFile]]:
    shown: list[FormsState] = []
    asked: list[FormFile] = []
    session = company.session(company.organisation.north_lead, ImmediateWork())
    return RoomPresenter(session, office(net), shown.append, asked.append), shown, asked


@pytest.fixture
def importing(company: Company, net: FormsNet) -> tuple[ImportPresenter, list[ImportState | None]]:
    shown: list[ImportState | None] = []
    session = company.session(company.organisation.north_lead, ImmediateWork())
    return ImportPresenter(session, office(net), shown.append), shown


def given(folder: Path, content: bytes, name: str = "关怀.md") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def last(shown: list[ImportState | None]) -> ImportState:
    state = shown[-1]
    assert state is not None
    return state


Room = tuple[RoomPresenter, list[FormsState], list[FormFile]]
Importing = tuple[ImportPresenter, list[ImportState | None]]


def test_the_current_version_is_compared_with_the_one_before(company: Company, room: Room) -> None:
    put_version(company, "1", workbook("1"))
    put_version(company, "2", SECOND, at=1_000, note="问法改了")
    presenter, shown, _ = room
    presenter.on_seen(True)
    presenter.on_form_chosen(b"form-of-care-001")
    state = shown[-1]
    assert [(one.version, one.current, one.change_note) for one in state.versions] == [
        ("2", True, "问法改了"),
        ("1", False, None),
    ]
    assert [one.kind for one in state.changes or ()] == [ChangeKind.REWORDED]
    presenter.on_version_chosen(state.versions[1].id)
    assert (shown[-1].earlier, shown[-1].changes) == (None, None)


def test_who_looks_at_the_current_version_goes_along_with_a_newer_one(company: Company, room: Room) -> None:
    first = put_version(company, "1", workbook("1"))
    presenter, shown, _ = room
    presenter.on_seen(True)
    presenter.on_form_chosen(b"form-of-care-001")
    second = put_version(company, "2", SECOND, at=1_000)
    presenter.on_changed(StoreChanges(frozenset({"form_version"}), None, "sync"))
    assert shown[-1].version == second
    assert [one.kind for one in shown[-1].changes or ()] == [ChangeKind.REWORDED]
    presenter.on_version_chosen(first)
    put_version(company, "3", workbook("3"), at=2_000)
    presenter.on_changed(StoreChanges(frozenset({"form_version"}), None, "sync"))
    assert shown[-1].version == first, "an older one was chosen"


def test_a_version_says_what_hangs_on_it(company: Company) -> None:
    version = put_version(company, "1", workbook("1"))
    org = company.organisation
    customer = org.customer(org.north)
    company.put(
        customer,
        org.task(customer, org.north_agents[0], form_version_id=version),
        org.task(customer, org.north_agents[0], form_version_id=version, state="done"),
    )
    with company.store.read() as connection:
        [line] = forms.versions(connection, b"form-of-care-001")
        assert (line.open_tasks, line.responses, line.drafts) == (1, 0, 0)
        assert line.published_by is not None


def test_the_file_of_a_version_is_saved_as_it_came(
    company: Company, net: FormsNet, room: Room, tmp_path: Path
) -> None:
    version = put_version(company, "1", workbook("1"))
    net.files[version.hex()] = ("关怀 v1.md", workbook("1"))
    presenter, shown, asked = room
    presenter.on_seen(True)
    presenter.on_form_chosen(b"form-of-care-001")
    presenter.on_file_asked()
    assert asked == [FormFile("关怀 v1.md", workbook("1"))]
    presenter.on_place_chosen(asked[0], tmp_path / "copy.md")
    assert (tmp_path / "copy.md").read_bytes() == workbook("1")
    assert shown[-1].saved == "copy.md"
    presenter.on_place_chosen(asked[0], tmp_path / "no folder" / "copy.md")
    assert shown[-1].trouble is not None
    assert shown[-1].trouble.kind is ErrorKind.FILE_UNWRITABLE


def test_without_network_the_room_says_so_and_goes_on(company: Company, net: FormsNet, room: Room) -> None:
    put_version(company, "1", workbook("1"))
    presenter, shown, asked = room
    presenter.on_seen(True)
    presenter.on_form_chosen(b"form-of-care-001")
    net.away = True
    presenter.on_file_asked()
    assert shown[-1].trouble is not None
    assert (shown[-1].trouble.kind, shown[-1].fetching, asked) == (ErrorKind.OFFLINE, False, [])
    presenter.on_trouble_seen()
    assert shown[-1].trouble is None


def test_a_corrected_file_is_checked_again_as_it_is_by_now(importing: Importing, tmp_path: Path) -> None:
    presenter, shown = importing
    file = given(tmp_path, workbook("1", ("| text |", "| txet |")))
    presenter.on_files_given([file])
    assert (last(shown).errors, last(shown).form) == (1, None)
    file.write_bytes(workbook("1"))
    presenter.on_again()
    assert (last(shown).errors, last(shown).publishable, last(shown).code) == (0, True, "care")
    presenter.on_code_given("关怀")
    file.write_bytes(SECOND)
    presenter.on_again()
    form = last(shown).form
    assert form is not None
    assert (form.version, last(shown).code) == ("2", "关怀"), "what was written over the file's code stays"


def test_a_check_that_could_not_be_made_is_made_again(
    importing: Importing, net: FormsNet, tmp_path: Path
) -> None:
    presenter, shown = importing
    net.away = True
    presenter.on_files_given([given(tmp_path, workbook("1"))])
    assert last(shown).trouble is not None
    net.away = False
    presenter.on_again()
    assert (last(shown).trouble, last(shown).publishable) == (None, True)


def test_a_file_that_the_form_names_may_be_dropped_afterwards(importing: Importing, tmp_path: Path) -> None:
    presenter, shown = importing
    list_form = workbook("1", ("| select_one yn | consent", "| select_one_from_file towns.csv | town"))
    list_form = list_form.replace(b"${consent} = 'y'", b"${town} = 'y'")
    presenter.on_files_given([given(tmp_path, list_form)])
    assert FindingKind.FILE_MISSING in [one.kind for one in last(shown).findings]
    presenter.on_files_given([given(tmp_path, "name,label\ny,甲\n".encode(), "towns.csv")])
    assert FindingKind.FILE_MISSING not in [one.kind for one in last(shown).findings]
    assert (last(shown).file_name, last(shown).publishable) == ("关怀.zip", True)
    presenter.on_again()
    assert last(shown).publishable
    presenter.on_files_given([given(tmp_path, workbook("1"), "别的.md")])
    assert last(shown).file_name == "别的.md", "another form begins anew"


def test_what_somebody_else_publishes_meanwhile_is_told(
    company: Company, importing: Importing, tmp_path: Path
) -> None:
    put_version(company, "1", workbook("1"))
    presenter, shown = importing
    presenter.on_files_given([given(tmp_path, SECOND)])
    assert (last(shown).standing, last(shown).before) == (Standing.NEXT, "1")
    put_version(company, "2", workbook("2"), at=1_000)
    presenter.on_changed(StoreChanges(frozenset({"form_version"}), None, "sync"))
    assert (last(shown).standing, last(shown).publishable) == (Standing.TAKEN, False)


def test_findings_come_with_the_errors_first(importing: Importing, tmp_path: Path) -> None:
    presenter, shown = importing
    wrong = workbook(
        "1", ("| | text | opinion", "| | txet | opinion"), ("方便现在回访吗?", "  方便现在回访吗?")
    )
    presenter.on_files_given([given(tmp_path, wrong)])
    state = last(shown)
    assert state.phase is Phase.CHECKED
    assert (state.findings[0].kind, state.findings[0].row, state.findings[0].suggestion) == (
        "type_unknown",
        4,
        "text",
    )
    assert (state.errors, state.form, state.publishable) == (1, None, False)


def test_a_good_form_is_compared_and_then_published(
    company: Company, net: FormsNet, importing: Importing, tmp_path: Path
) -> None:
    version = put_version(company, "1", workbook("1"))
    org = company.organisation
    customer = org.customer(org.north)
    company.put(customer, org.task(customer, org.north_agents[0], form_version_id=version))
    presenter, shown = importing
    presenter.on_files_given([given(tmp_path, SECOND)])
    state = last(shown)
    assert (state.standing, state.before, state.waiting.tasks) == (Standing.NEXT, "1", 1)
    assert [one.kind for one in state.changes] == [ChangeKind.REWORDED]
    presenter.on_publish_asked(" 问法改了 ")
    assert net.published == [("care", "2", "问法改了")]
    assert last(shown).phase is Phase.PUBLISHED
    presenter.on_publish_asked("")
    assert len(net.published) == 1


@pytest.mark.parametrize(
    ("content", "standing"),
    [
        (workbook("1"), Standing.SAME),
        (workbook("1", ("还满意吗", "满意吗")), Standing.TAKEN),
        (workbook("1", ("| | care |", "| | other |")), Standing.NEW),
    ],
)
def test_an_import_says_what_it_is_to_those_that_are_there(
    company: Company, importing: Importing, tmp_path: Path, content: bytes, standing: Standing
) -> None:
    put_version(company, "1", workbook("1"))
    presenter, shown = importing
    presenter.on_files_given([given(tmp_path, content)])
    assert last(shown).standing is standing
    assert last(shown).publishable is (standing is not Standing.TAKEN)


def test_another_code_makes_it_another_form(company: Company, importing: Importing, tmp_path: Path) -> None:
    put_version(company, "1", workbook("1"))
    presenter, shown = importing
    presenter.on_files_given([given(tmp_path, SECOND)])
    presenter.on_code_given("care_south")
    assert (last(shown).standing, last(shown).changes, last(shown).code) == (Standing.NEW, (), "care_south")


def test_a_refused_publishing_keeps_the_import(net: FormsNet, importing: Importing, tmp_path: Path) -> None:
    presenter, shown = importing
    presenter.on_files_given([given(tmp_path, SECOND)])
    net.refuses = KnownError(ErrorKind.ALREADY_EXISTS, table="form_version")
    presenter.on_publish_asked("")
    state = last(shown)
    assert state.trouble is not None
    assert (state.trouble.kind, state.phase) == (ErrorKind.ALREADY_EXISTS, Phase.CHECKED)


def test_offline_a_file_is_not_checked_and_nothing_is_lost(
    net: FormsNet, importing: Importing, tmp_path: Path
) -> None:
    presenter, shown = importing
    net.away = True
    presenter.on_files_given([given(tmp_path, SECOND)])
    assert last(shown).trouble is not None
    presenter.on_closed()
    assert shown[-1] is None


def test_a_file_that_is_not_there_says_so(importing: Importing, tmp_path: Path) -> None:
    presenter, shown = importing
    presenter.on_files_given([tmp_path / "gone.xlsx"])
    trouble = last(shown).trouble
    assert trouble is not None
    assert trouble.kind is ErrorKind.FILE_UNREADABLE


def test_a_check_that_was_left_says_nothing_any_more(company: Company, net: FormsNet, tmp_path: Path) -> None:
    shown: list[ImportState | None] = []
    work = DeferredWork()
    session = company.session(company.organisation.north_lead, work)
    presenter = ImportPresenter(session, office(net), shown.append)
    presenter.on_files_given([given(tmp_path, SECOND)])
    assert last(shown).phase is Phase.CHECKING
    presenter.on_closed()
    assert [one.cancelled for one in work.waiting] == [True]
    assert shown[-1] is None


def prefill(facts: GuideFacts) -> dict[str, str]:
    return {"customer_name": facts.customer_name}


def test_a_trial_fills_in_a_customers_data_and_records_nothing(company: Company) -> None:
    org = company.organisation
    customer = org.customer(org.north, name="客户 A")
    company.put(customer)
    asks = workbook(
        "1",
        ("| | select_one yn | consent", "| | hidden | customer_name | | |\n| | select_one yn | consent"),
        ("方便现在回访吗?", "${customer_name},方便现在回访吗?"),
    )
    version = put_version(company, "1", asks)
    shown: list[TrialState | None] = []
    session = company.session(org.north_lead, ImmediateWork())
    presenter = TrialPresenter(session, "zh", prefill, shown.append)
    tables = ("response", "draft", "outbox", "attempt")
    before = [company.rows(f"select count(*) from {table}") for table in tables]
    presenter.open_version(version, "关怀回访")
    assert label(shown[-1]) == ",方便现在回访吗?"
    found = Found(customer.row_id, "客户 A", "C1", "normal", "person", None, None)
    presenter.on_customer_chosen(found)
    assert label(shown[-1]) == "客户 A,方便现在回访吗?"
    presenter.on_answered("/data/consent", "n")
    presenter.on_next()
    ended = shown[-1]
    assert ended is not None
    assert ended.form is not None
    assert ended.form.page is None
    presenter.on_again()
    assert label(shown[-1]) == "客户 A,方便现在回访吗?"
    presenter.on_closed()
    assert shown[-1] is None
    assert [company.rows(f"select count(*) from {table}") for table in tables] == before


def label(state: TrialState | None) -> str:
    assert state is not None
    assert state.form is not None
    assert state.form.page is not None
    return state.form.page.questions[0].label


def test_a_form_that_cannot_be_read_is_told(company: Company) -> None:
    shown: list[TrialState | None] = []
    session = company.session(company.organisation.north_lead, ImmediateWork())
    presenter = TrialPresenter(session, "zh", prefill, shown.append)
    presenter.open_xform("<no/>", "?")
    state = shown[-1]
    assert state is not None
    assert state.trouble is not None
    assert state.trouble.kind is ErrorKind.FORM_UNREADABLE


def test_a_form_without_versions_is_listed(company: Company, room: Room) -> None:
    company.put(Insert("form", {"id": b"form-of-none-001", "code": "none", "title": "空"}))
    presenter, shown, _ = room
    presenter.on_seen(True)
    assert [one.code for one in shown[-1].forms].count("none") == 1
    presenter.on_form_chosen(b"form-of-none-001")
    assert (shown[-1].versions, shown[-1].version) == ((), None)
