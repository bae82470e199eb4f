"""The sample forms in the demo: all are published, those of its plans with plain answers to all they require."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from server_sync.automation.forms import Source, store_form
from server_sync.domain.forms.publishing import PublishedForm, publish
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.scores import score_paths
from server_sync.domain.ids import Ids
from server_sync.store.transaction import Transaction

_PLAIN = {
    "new_customer_followup": {
        "/data/opening/identity": "self",
        "/data/consent_part/consent": "yes",
        "/data/survey/delivery/received": "fine",
        "/data/survey/usage_part/usage": "fine",
        "/data/survey/needs/need": "unsure",
        "/data/survey/needs/other_brand": "no",
        "/data/survey/readback/confirmed": "right",
    },
    "complaint_verification": {
        "/data/opening/identity": "self",
        "/data/consent_part/consent": "yes",
        "/data/verification/handling/contacted": "yes",
        "/data/verification/result/resolved": "full",
        "/data/verification/result/recurred": "no",
        "/data/verification/readback/confirmed": "right",
    },
}
_MOOD = {
    "new_customer_followup": "/data/survey/closing/mood",
    "complaint_verification": "/data/verification/closing/mood",
}


@dataclass(frozen=True)
class Guide:
    """A published form version; `scores`: definition paths by score."""

    code: str
    version_id: bytes
    scores: Mapping[str, tuple[str, ...]]

    def answers(self, scores: Mapping[str, int]) -> dict[str, str]:
        """A complete filling-in with these scores ("csat", "nps")."""
        given = {path: str(scores[name]) for name, paths in self.scores.items() for path in paths}
        mood = "good" if scores["csat"] >= 4 else "fair" if scores["csat"] == 3 else "bad"
        return {**_PLAIN[self.code], **given, _MOOD[self.code]: mood}


def publish_guides(tx: Transaction, ids: Ids, folder: Path) -> dict[bytes, Guide]:
    """Publish the sample forms that the demo calls by; returns them by the ids of their versions."""
    guides: dict[bytes, Guide] = {}
    for code in sorted(_PLAIN):
        published, version_id = _publish(tx, ids, folder / f"{code}.md")
        form = read_form(published.xform_xml)
        guides[version_id] = Guide(published.code, version_id, score_paths(form))
    return guides


def publish_others(tx: Transaction, ids: Ids, folder: Path) -> None:
    """Publish the sample forms that nobody has called by yet."""
    for file in sorted(folder.glob("*.md")):
        if file.stem not in _PLAIN:
            _publish(tx, ids, file)


def _publish(tx: Transaction, ids: Ids, file: Path) -> tuple[PublishedForm, bytes]:
    published = publish(file, file.name)
    return published, store_form(tx, ids, published, source=Source(file.name, file.read_bytes())).version_id
