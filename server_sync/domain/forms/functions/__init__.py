"""The functions of ODK XForms expressions, by name; one file per family, how they are called lives in `xpath`."""

from collections.abc import Mapping

from server_sync.domain.forms.functions import dates, logic, nodes, numbers, places, selects, texts
from server_sync.domain.forms.xpath.context import Function

FUNCTIONS: Mapping[str, Function] = {
    function.name: function
    for family in (logic, texts, numbers, dates, nodes, selects, places)
    for function in family.FUNCTIONS
}
"""Every function a form may call; anything else is refused when the form is read."""
