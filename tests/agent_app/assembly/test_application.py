"""What the program holds for itself it gives back when it ends."""

import logging
from pathlib import Path

from PySide6.QtWidgets import QApplication

from agent_app.assembly.application import Assembly
from agent_app.host.logs import LOG_FILE
from agent_app.host.paths import places


def test_a_program_that_has_ended_writes_to_its_log_no_more(qapp: QApplication, tmp_path: Path) -> None:
    handlers, level = list(logging.getLogger().handlers), logging.getLogger().level
    assembly = Assembly(qapp, places(tmp_path))
    try:
        logging.getLogger("agent_app").info("it began")
    finally:
        assembly.close()
        assembly.deleteLater()
        logging.getLogger().setLevel(level)
    logging.getLogger("agent_app").warning("somebody else's")
    assert logging.getLogger().handlers == handlers
    log = (places(tmp_path).log_dir / LOG_FILE).read_text()
    assert "it began" in log
    assert "somebody" not in log
