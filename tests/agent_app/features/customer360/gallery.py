"""Draws the customer column with promises and files in every state, and a picture over its window, into PNG files.

``python -m tests.agent_app.features.customer360.gallery OUTDIR``: light and dark, zh_CN and en, 100 and 150 %.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.features.customer360.view import CustomerFeature
from agent_app.host.sealed_files import SealedFolder
from agent_app.store import attachments
from agent_app.store.attachments import FileState, LocalFile
from agent_app.ui.image_viewer import ImageViewer, decoded
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Insert
from server_sync.domain.rules.attachments import media_type_of
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.pictures import gallery, looks, put_away, shoot
from tests.agent_app.store.queries.test_commitments import promise
from tests.server_sync.organisation import NOW

FILES = (
    ("现场安装位置.jpg", "photo", "announced", FileState.SENDING, 0.42, None),
    ("铭牌.jpg", "photo", "announced", FileState.SENDING, 0.0, None),
    ("客户签名.png", "signature", "complete", FileState.KEPT, 1.0, None),
    ("回访录音.mp3", "recording", "complete", FileState.FETCHING, 0.7, None),
    ("保修卡扫描件（正反两面，二〇二六年十月）.pdf", "document", "complete", None, 0.0, None),
    ("说明.docx", "document", "announced", FileState.REFUSED, 0.0, "file_type_refused"),
    ("旧合同.pdf", "document", "complete", FileState.FAILED, 0.3, "not_found"),
    ("对方的照片.jpg", "photo", "announced", None, 0.0, None),
)


STANDING: dict[str, Any] = {
    "spent_cents": 1_296_960,
    "order_count": 5,
    "last_order_on": "2026-07-03",
    "stage": "churning",
    "rfm": "355",
    "activity_index": 17,
    "churn_risk": 65,
    "lifetime_cents": 2_658_768,
    "segment_codes": ["churn_warning"],
    "preferred_channel": "phone",
    "portrait": {
        "occupation": "教师",
        "habits": "周末下单，看重售后，常替父母购买",
        "preferences": ["空调", "家具"],
        "price_sensitivity": "medium",
        "purchase_cycle_days": 45,
    },
    "standing_because": {
        "stage": {"kind": "at_risk", "values": {"risk": 65, "least": 60}},
        "rfm": {"kind": "rfm", "values": {"last_on": "2026-07-03", "orders": 5, "spent_cents": 1_296_960}},
        "activity_index": {
            "kind": "activity",
            "values": {
                "days": 30,
                "before_days": 90,
                "now": {"orders": 1},
                "before": {"orders": 6, "visits": 3},
            },
        },
        "churn_risk": {"kind": "signals", "values": {"points": {"activity_falls": 40, "low_score": 25}}},
        "lifetime_cents": {
            "kind": "estimate",
            "values": {"spent_cents": 1_296_960, "year_cents": 1_296_960, "years": 3, "kept_percent": 35},
        },
    },
}


SEGMENT: dict[str, Any] = {
    "code": "churn_warning",
    "name": "流失预警客户",
    "audience": {"combinator": "and", "rules": []},
    "position": 0,
    "active": True,
}


def hold_files(company: Company, customer: Insert, person_id: bytes | None, other_id: bytes | None) -> None:
    """A file in each state."""
    for place, (name, kind, state, local, share, error) in enumerate(FILES):
        size = 1_700_000 * (place + 1) // 2
        row_id = company.ids.new()
        author = person_id if local in (FileState.SENDING, FileState.REFUSED) else other_id
        row: dict[str, Any] = {
            "id": row_id,
            "customer_id": customer.row_id,
            "kind": kind,
            "state": state,
            "file_name": name,
        }
        row |= {"media_type": media_type_of(name), "size": size, "sha256": "0" * 64, "created_by": author}
        company.put(Insert("attachment", row | {"created_at": NOW - place * 3 * HOUR - MINUTE}))
        if local is not None:
            with company.store.write() as connection:
                at = round(size * share)
                one = LocalFile(row_id, customer.row_id, str(place), b"", local, size, "", at, error=error)
                attachments.begin(connection, one)


def photo(width: int = 1_600, height: int = 1_000) -> bytes:
    """A made-up photo as JPEG."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sky = QLinearGradient(0, 0, 0, height)
    sky.setColorAt(0, QColor(120, 170, 220))
    sky.setColorAt(1, QColor(230, 220, 190))
    painter.fillRect(image.rect(), sky)
    painter.setBrush(QColor(90, 110, 90))
    painter.drawEllipse(width // 4, height // 2, width // 2, height // 2)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")  # type: ignore[call-overload]  # PySide's stubs know only bytes, Qt only text
    return bytes(buffer.data().data())


def draw(out: Path, ending: str) -> None:
    """The pictures of one look."""
    with tempfile.TemporaryDirectory() as folder:
        company = open_company(Path(folder))
        agent = company.organisation.north_agents[0]
        customer = company.organisation.customer(
            company.organisation.north, owner=agent, name="张小明", **STANDING
        )
        company.put(customer, company.organisation.order(customer))
        company.put(Insert("segment", {"id": company.ids.new(), **SEGMENT}))
        promise(company, customer, "24小时内由专人给您回电", due_at=NOW - 2 * HOUR)
        promise(company, customer, "3天内上门检修", due_at=NOW + 3 * DAY)
        promise(company, customer, "补寄发票", state="kept", settled_at=NOW - DAY)
        hold_files(company, customer, agent.person_id, company.organisation.north_lead.person_id)
        session = company.session(agent, ImmediateWork())
        feature = CustomerFeature(session, SealedFolder(Path(folder) / "attachments"), lambda route: None)
        window = QWidget()
        layout = QVBoxLayout(window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(feature.widget)
        window.resize(320, 1_000)
        feature.open(customer.row_id)
        window.show()
        shoot(window, out / f"files_{ending}")
        window.resize(1_200, 800)
        image = decoded(photo(), "image/jpeg")
        assert image is not None
        viewer = ImageViewer(image, FILES[0][0], window)
        viewer.open()
        shoot(viewer, out / f"picture_{ending}")
        viewer.close()
        put_away(window)
        company.store.close()


def draw_all(folder: Path, _: Sequence[str]) -> None:
    """Everything at the scale this process was started with."""
    for ending in looks():
        draw(folder, ending)


if __name__ == "__main__":
    gallery("tests.agent_app.features.customer360.gallery", draw_all)
