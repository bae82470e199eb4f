"""The audience of a plan as a condition tree, said once and read as SQL for sets and as Python for one customer.

A tree is React-Query-Builder JSON: a group {"combinator": "and" | "or", "not": bool, "rules": […]} of groups
and of rules {"field", "operator", "value", "days", "question"}; `days` for fields that look back so many days from
the day the tree is asked for, `question` (its path in the form) for the field "answer": the last answer given to it.

Two values, never three: a comparison with an empty value is false, also `<` and `>=`. The operators != ,
notIn and notNull, and `not`, are the exact opposite of what they negate. So "region != 华东" holds for a
customer without a region, and
"not (last contact within the last 90 days)" for one who was never contacted.
"""

from server_sync.domain.rules.conditions.dossier import Dossier
from server_sync.domain.rules.conditions.field import Field
from server_sync.domain.rules.conditions.fields import FIELDS
from server_sync.domain.rules.conditions.kinds import OPERATORS, AsOf, FieldType, Operator
from server_sync.domain.rules.conditions.matching import matches
from server_sync.domain.rules.conditions.sql import where, where_at_once
from server_sync.domain.rules.conditions.tree import EVERYONE, Condition, Group, Rule, faults, parse, rules_of

__all__ = [
    "EVERYONE",
    "FIELDS",
    "OPERATORS",
    "AsOf",
    "Condition",
    "Dossier",
    "Field",
    "FieldType",
    "Group",
    "Operator",
    "Rule",
    "faults",
    "matches",
    "parse",
    "rules_of",
    "where",
    "where_at_once",
]
