"""A desk that holds the responses of a form of two versions, for tests and pictures of the room."""

from collections.abc import Mapping
from typing import Any

from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.forms.publishing import publish
from tests.agent_app.desk import Company
from tests.agent_app.team_desk import call, hold_team
from tests.server_sync.organisation import NOW

FORM_ID = b"form-of-answers1"
VERSIONS = {"1": b"answers-version1", "2": b"answers-version2"}
FORM = """| survey | | | |
| | type | name | label |
| | select_one yn | consent | 方便现在回访吗? |
| | select_multiple color | colors | 喜欢哪些颜色? |
| | integer | age | 您的年龄? |
| | text | opinion | 您有什么意见? |
| | begin_repeat | member | 家庭成员 |
| | text | name | 姓名 |
| | end_repeat | | |
| choices | | | |
| | list_name | name | label |
| | yn | y | 方便 |
| | yn | n | 不方便 |
| | color | r | 红 |
| | color | g | 绿 |
| settings | | | |
| | form_id | form_title | version |
| | care | 关怀回访 | {version} |
"""
ANSWERS = {
    "/data/consent": "y",
    "/data/colors": "r g",
    "/data/age": "41",
    "/data/opinion": "送货师傅很有礼貌,安装也快",
    "/data/member[1]/name": "客户 B",
    "/data/member[2]/name": "客户 C",
}
AUDIT = [
    ["form start", "", 0, None, None, None],
    ["question", "/data/consent", 0, 4_000, None, "y"],
    ["question", "/data/colors", 4_000, 21_000, None, "r g"],
]


class Answered:
    """`first` is the newest; a lead sees all of them."""

    def __init__(self, company: Company) -> None:
        self.company, org = company, company.organisation
        self.lead, self.agents = org.north_lead, org.north_agents
        hold_team(company, org.north)
        for number, (name, version_id) in enumerate(VERSIONS.items()):
            text = FORM.format(version=name)
            if name == "2":
                text = text.replace("您有什么意见?", "您还有什么意见?")
            xform = publish(text.encode(), "care.md").xform_xml
            values = {"form_id": FORM_ID, "version": name, "xform": xform, "published_at": NOW + number}
            company.put(Insert("form_version", {"id": version_id, **values}))
        current = {"id": FORM_ID, "code": "care", "title": "关怀回访", "current_version_id": VERSIONS["2"]}
        company.put(Insert("form", current))

    def add(
        self,
        at: int = NOW,
        answers: Mapping[str, str] = ANSWERS,
        agent: Actor | None = None,
        version: str = "2",
        name: str = "客户 A",
        **values: Any,
    ) -> bytes:
        """One response; returns its id."""
        org, who = self.company.organisation, agent or self.agents[0]
        customer = org.customer(org.north, name=name)
        task = org.task(customer, who, form_version_id=VERSIONS[version])
        attempt = call(self.company, task, who, at, "1.1")
        row = {
            "id": org.ids.new(),
            "customer_id": customer.row_id,
            "task_id": task.row_id,
            "attempt_id": attempt.row_id,
            "person_id": who.person_id,
            "form_version_id": VERSIONS[version],
            "answers": dict(answers),
            "complete": True,
            "recorded_at": at,
            "started_at": at - HOUR,
            "audit": AUDIT,
            **values,
        }
        made = Insert("response", row)
        self.company.put(customer, task, attempt, made)
        return made.row_id

    def correct(self, response_id: bytes, at: int, **answers: str) -> bytes:
        """The next edition of a response."""
        [(customer_id, task_id, attempt_id, person_id)] = self.company.rows(
            "select customer_id, task_id, attempt_id, person_id from response where id = ?", response_id
        )
        new_id = self.company.organisation.ids.new()
        row = {
            "id": new_id,
            "customer_id": customer_id,
            "task_id": task_id,
            "attempt_id": attempt_id,
            "person_id": person_id,
            "form_version_id": VERSIONS["2"],
            "answers": {**ANSWERS, **answers},
            "complete": True,
            "recorded_at": at,
            "edition": 2,
            "replaces_id": response_id,
        }
        self.company.put(Insert("response", row))
        with self.company.store.write() as connection:
            connection.exec_driver_sql(
                "UPDATE response SET replaced_by_id = ? WHERE id = ?", (new_id, response_id)
            )
        return new_id

    def many(self, count: int) -> None:
        """A month of responses, different ones."""
        for number in range(count):
            answers = {
                **ANSWERS,
                "/data/age": str(20 + number),
                "/data/colors": ("r", "g", "r g")[number % 3],
            }
            if number % 4 == 1:
                answers["/data/opinion"] = "价格比别家高,希望有活动"
            self.add(
                NOW - number * DAY // 3,
                answers,
                self.agents[number % len(self.agents)],
                name=f"客户{'ABCDEFGH'[number % 8]}",
                csat=1 + number % 5,
                nps=(number * 7) % 11,
                complete=number % 6 != 2,
                flags=["speeding"] if number % 7 == 3 else [],
            )
