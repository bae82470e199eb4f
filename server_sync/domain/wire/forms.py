"""The JSON messages of the administrator's forms: what a check found, what was published, which files are kept."""

from typing import Any

import msgspec

from server_sync.domain.forms.xlsform.findings import Finding


class FindingTold(msgspec.Struct, frozen=True, kw_only=True):
    """A finding of the check (`xlsform.findings.Finding`), its kind as text: a newer server may know more kinds."""

    kind: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    suggestion: str = ""
    error: bool = True
    values: dict[str, Any] = {}


class FormFound(msgspec.Struct, frozen=True, kw_only=True):
    """A form without errors, as it would be published. `version` is empty when the server is to number it."""

    code: str
    title: str
    version: str
    xform: str


class FormChecked(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was found in a file, in its order, and the form if nothing forbids to publish it."""

    findings: list[FindingTold]
    form: FormFound | None = None


class FormPublished(msgspec.Struct, frozen=True, kw_only=True):
    """What publishing did: `outcome` is "created", "updated" or "unchanged"; ids as hex."""

    code: str
    version: str
    version_id: str
    outcome: str


class VersionListed(msgspec.Struct, frozen=True, kw_only=True):
    """A version; `file` is what its author called the file that it came in, None when that was not kept."""

    id: str
    version: str
    published_at: int
    published_by: str | None
    change_note: str | None
    current: bool
    file: str | None


class FormListed(msgspec.Struct, frozen=True, kw_only=True):
    """A form with its versions, the newest first."""

    id: str
    code: str
    title: str
    versions: list[VersionListed]


class FormList(msgspec.Struct, frozen=True, kw_only=True):
    """Every form, by code."""

    forms: list[FormListed]


ALL = (FormChecked, FormFound, FindingTold, FormPublished, FormList, FormListed, VersionListed)


def told(finding: Finding) -> FindingTold:
    """A finding as it travels."""
    return FindingTold(
        kind=finding.kind.value,
        sheet=finding.sheet,
        row=finding.row,
        column=finding.column,
        suggestion=finding.suggestion,
        error=finding.error,
        values=dict(finding.values),
    )
