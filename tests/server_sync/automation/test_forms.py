"""Publishing forms: the same content is never a second version, and a version is never two contents."""

from dataclasses import replace

import pytest

from server_sync.automation.forms import Stored, store_form
from server_sync.automation.plan_files import Outcome
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.publishing import PublishedForm
from tests.server_sync.automation.planning import Centre

FORM = PublishedForm("care", "关怀回访", "1", "<h:html>1</h:html>")


def store(office: Centre, published: PublishedForm, code: str | None = None) -> Stored:
    with office.database.write(office.clock.now()) as tx:
        return store_form(tx, office.ids, published, code)


def current(office: Centre, code: str = "care") -> tuple[str, str]:
    """(title, XForm) that desks get."""
    form = next(row for row in office.rows("form") if row["code"] == code)
    version = next(row for row in office.rows("form_version") if row["id"] == form["current_version_id"])
    assert version["form_id"] == form["id"]
    return form["title"], version["xform"]


def test_a_form_is_published_once(office: Centre) -> None:
    first = store(office, FORM)
    assert (first.outcome, first.code, first.version) == (Outcome.CREATED, "care", "1")
    before = office.rows("form"), office.rows("form_version")
    assert store(office, FORM) == replace(first, outcome=Outcome.UNCHANGED)
    assert (office.rows("form"), office.rows("form_version")) == before


def test_a_new_version_becomes_the_current_one_and_the_old_one_stays(office: Centre) -> None:
    store(office, FORM)
    second = replace(FORM, version="2", title="关怀", xform_xml="<h:html>2</h:html>")
    assert store(office, second).outcome is Outcome.UPDATED
    assert current(office) == ("关怀", "<h:html>2</h:html>")
    assert store(office, FORM).outcome is Outcome.UPDATED  # back to the first
    assert current(office) == ("关怀回访", "<h:html>1</h:html>")
    assert sum(row["xform"] != "" for row in office.rows("form_version")) == 3  # with the centre's own


def test_other_content_under_a_version_that_is_out_is_refused(office: Centre) -> None:
    store(office, FORM)
    with pytest.raises(KnownError) as refusal:
        store(office, replace(FORM, xform_xml="<h:html>other</h:html>"))
    assert (refusal.value.kind, refusal.value.values["name"]) == (ErrorKind.ALREADY_EXISTS, "care 1")
    assert current(office) == ("关怀回访", "<h:html>1</h:html>")


def test_a_form_without_a_version_is_numbered(office: Centre) -> None:
    numbers = [
        store(office, replace(FORM, version="", xform_xml=f"<h:html>{place}</h:html>")).version
        for place in (5, 6, 5)
    ]
    assert numbers == ["1", "2", "1"]


def test_a_code_of_ones_own_goes_before_the_files(office: Centre) -> None:
    assert store(office, FORM, "spring_care").code == "spring_care"
    assert current(office, "spring_care") == ("关怀回访", "<h:html>1</h:html>")
