"""The forms room: the list of forms beside what is shown of one, an import, a trial (``feature``)."""

from agent_app.features.forms.view.feature import FormsFeature

__all__ = ["FormsFeature"]
