"""Looking something up during a call: as one types, one article read, back to where one was."""

from dataclasses import dataclass, field

import pytest

from agent_app.actions.drafts import save_draft
from agent_app.features.knowledge.presenter import KnowledgePresenter
from agent_app.features.knowledge.state import KnowledgeState
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import Insert
from server_sync.store.articles import ready
from tests.agent_app.features.workplace import Workplace
from tests.server_sync.organisation import NOW


@dataclass
class Panel:
    """The presenter over the articles that come with the program, with what it drew."""

    place: Workplace
    presenter: KnowledgePresenter = field(init=False)
    drawn: list[KnowledgeState] = field(default_factory=list)

    def __post_init__(self) -> None:
        place = self.place
        for one in ready():
            row = {"id": place.company.ids.new(), "changed_at": NOW, "active": True, **vars(one)}
            place.company.put(Insert("article", row))
        self.presenter = KnowledgePresenter(place.session, place.routes.append, self.drawn.append)

    @property
    def state(self) -> KnowledgeState:
        return self.drawn[-1]

    @property
    def titles(self) -> list[str]:
        return [one.title for one in self.state.found]


@pytest.fixture
def panel(place: Workplace) -> Panel:
    made = Panel(place)
    made.presenter.open(place.task.row_id)
    return made


def test_everything_is_there_before_anything_is_typed(panel: Panel) -> None:
    assert panel.state.loaded
    assert len(panel.titles) == len(ready())
    assert panel.state.found[0].kind == "knowledge"


def test_m5_11_what_is_typed_narrows_it_down_and_enter_reads_one(panel: Panel) -> None:
    panel.presenter.on_typed("打印模")
    assert panel.titles == ["打印模糊怎么办"]
    panel.presenter.on_opened(panel.state.found[0].id)
    assert panel.state.opened is not None
    assert "省墨" in panel.state.opened.body
    panel.presenter.on_typed("打印")
    assert [one.opened for one in panel.drawn[-1:]] == [None]
    assert len(panel.titles) > 1


def test_m5_5_once_the_guide_says_that_he_is_upset_what_soothes_stands_first(panel: Panel) -> None:
    place = panel.place
    assert [one.upset for one in panel.drawn[-1:]] == [False]
    content = {"guide": {"answers": {"/data/talk/mood": "bad"}, "page": "", "prefill": {}}}
    save_draft(place.company.desk(place.agent), place.task.row_id, place.customer.row_id, None, None, content)
    panel.presenter.open(place.task.row_id)
    assert panel.state.upset
    kinds = [one.kind for one in panel.state.found]
    assert kinds[0] == "soothing"
    assert kinds.index("emergency") < kinds.index("objection") < kinds.index("knowledge")


def test_the_way_out_leads_to_where_one_was(panel: Panel) -> None:
    panel.presenter.on_left()
    assert panel.place.routes == [Route("knowledge_left", panel.place.task.row_id)]


def test_articles_that_arrive_are_found_at_once_and_other_news_changes_nothing(panel: Panel) -> None:
    panel.presenter.on_typed("新政策")
    assert panel.titles == []
    new = {"id": panel.place.company.ids.new(), "code": "new", "kind": "knowledge", "title": "新政策"}
    panel.place.company.put(
        Insert(
            "article", {**new, "keywords": [], "body": "", "purposes": [], "active": True, "changed_at": NOW}
        )
    )
    panel.presenter.on_changed(StoreChanges(frozenset({"task"}), None, "sync"))
    assert panel.titles == []
    panel.presenter.on_changed(StoreChanges(frozenset({"article"}), None, "sync"))
    assert panel.titles == ["新政策"]
    assert panel.state.text == "新政策"
