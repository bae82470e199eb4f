"""The knowledge panel over the guide as the window joins them, with the articles that come with the program."""

from PySide6.QtCore import QCoreApplication

from agent_app.features.knowledge.view import KnowledgeFeature
from agent_app.ports import Route
from server_sync.domain.commands import Insert
from server_sync.store.articles import ready
from tests.agent_app.features.call_gallery import Scene
from tests.agent_app.features.workplace import Workplace
from tests.server_sync.organisation import NOW


class LookingUp(Scene):
    """A call during which something is looked up."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        for one in ready():
            row = {"id": place.company.ids.new(), "changed_at": NOW, "active": True, **vars(one)}
            place.company.put(Insert("article", row))
        self.knowledge = KnowledgeFeature(place.session, self.go)

    def go(self, route: Route) -> None:
        if route.place == "knowledge":
            self.knowledge.open(self.place.task.row_id)
            self.guide.column.slide_over(self.knowledge.widget)
        elif route.place == "knowledge_left":
            self.guide.column.slide_back()
            self.knowledge.give_keyboard_back()
        else:
            super().go(route)

    def ask(self) -> None:
        """F4."""
        self.go(Route("knowledge"))
        for _ in range(4):
            QCoreApplication.processEvents()
