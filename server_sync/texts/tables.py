"""What the rows of each table are called, where the command line tells of them."""

from server_sync.texts.catalogue import _


def table_words(name: str) -> str:
    """``"contact_point"`` → 联系方式; the name itself of a table that is not told of."""
    return _words().get(name, name)


def _words() -> dict[str, str]:
    return {
        "activity": _("activity record"),
        "article": _("article"),
        "channel": _("channel"),
        "contact_point": _("contact point"),
        "contract": _("contract"),
        "customer": _("customer"),
        "device": _("device"),
        "escalation_policy": _("ladder"),
        "event": _("event"),
        "form": _("form"),
        "goal": _("goal"),
        "import_batch": _("batch"),
        "order_line": _("order line"),
        "person": _("person"),
        "plan": _("plan"),
        "sales_order": _("order"),
        "segment": _("segment"),
        "task": _("task"),
        "team": _("team"),
    }
