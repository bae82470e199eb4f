"""The changed signal: nothing is lost, nothing is told twice, and everything of one turn comes as one."""

import threading

from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from agent_app.runtime.hub import Hub
from agent_app.store.changes import StoreChanges


class Listener(QObject):
    def __init__(self, hub: Hub) -> None:
        super().__init__()
        self.heard: list[StoreChanges] = []
        self.threads: set[threading.Thread] = set()
        hub.changed.connect(self.hear)

    @Slot(object)
    def hear(self, changes: StoreChanges) -> None:
        self.heard.append(changes)
        self.threads.add(threading.current_thread())


def test_changes_of_one_turn_arrive_as_one_on_the_main_thread(qtbot: QtBot) -> None:
    hub = Hub()
    listener = Listener(hub)
    threads = [
        threading.Thread(
            target=hub.publish, args=[StoreChanges(frozenset({f"t{n}"}), frozenset({bytes([n])}), "sync")]
        )
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    qtbot.waitUntil(lambda: bool(listener.heard))
    hub.publish(StoreChanges(frozenset({"task"}), None, "survey"))
    qtbot.waitUntil(lambda: len(listener.heard) == 2)
    first, second = listener.heard
    assert first == StoreChanges(
        frozenset(f"t{n}" for n in range(8)), frozenset(bytes([n]) for n in range(8)), "sync"
    )
    assert second.origin == "survey"
    assert listener.threads == {threading.main_thread()}


def test_a_transaction_without_effect_is_no_news(qtbot: QtBot) -> None:
    hub = Hub()
    listener = Listener(hub)
    hub.publish(StoreChanges(frozenset()))
    hub.publish(StoreChanges(frozenset({"task"})))
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert listener.heard == [StoreChanges(frozenset({"task"}))]
