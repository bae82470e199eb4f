"""Workbooks written as small Markdown tables, and what is found in them."""

from textwrap import dedent

from server_sync.domain.forms.checking import CheckedForm, check_form
from server_sync.domain.forms.xlsform.findings import Finding, FindingKind


def check(table: str) -> CheckedForm:
    """What is found in a form written as Markdown tables."""
    return check_form(dedent(table).strip().encode(), "form.md")


def survey(columns: str, *rows: str, more: str = "") -> CheckedForm:
    """What is found in a survey sheet of these columns and rows (cells between bars), and in further tables."""
    lines = "\n".join(f"| | {row} |" for row in (columns, *rows))
    return check(f"| survey |\n{lines}\n{dedent(more).strip()}")


def kinds(findings: tuple[Finding, ...]) -> list[FindingKind]:
    return [one.kind for one in findings]
