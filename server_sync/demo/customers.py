"""The demo's customers with numbers and orders, dated so that the plans find some of them on every day."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from server_sync.demo.chance import draw, pick
from server_sync.demo.company import TEAMS, Company
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Change, Insert
from server_sync.domain.ids import Ids
from server_sync.domain.model import ActivityKind, Tier
from server_sync.domain.rules.local_time import Zone, iso_day

REPLAYED_DAYS = 14
LIVING = 300
"""So many customers take part in the replay; all further ones bought long ago and are only there."""
COMPLAINT_TAG = "投诉待核实"

# No person's name: the ten stems and twelve branches, as 甲方 and 乙方 are nobody.
_LETTERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_PLACES = {
    "华东": (("上海", "上海"), ("江苏", "南京"), ("浙江", "杭州"), ("山东", "济南")),
    "华南": (("广东", "广州"), ("广东", "深圳"), ("广西", "南宁"), ("海南", "海口")),
}
_GOODS = {
    "家具": (("书架", 459), ("办公椅", 689), ("会议桌", 2380), ("文件柜", 928)),
    "办公用品": (("打印纸", 128), ("文件夹", 36), ("标签机", 219), ("装订机", 345)),
    "技术": (("打印机", 1599), ("电话机", 268), ("投影仪", 3480), ("复印机", 5260)),
}
_SEGMENTS = ("消费者", "公司", "小型企业")
_WISHES = ("客户希望工作日上午联系。", "客户提到近期有采购计划。", "送货前请提前电话联系。")


@dataclass(frozen=True)
class _Part:
    """What a customer is in the replay. Orders as (days before today, days until delivery)."""

    tier: Tier
    orders: tuple[tuple[int, int], ...]
    silent_days: int | None = None
    tags: tuple[str, ...] = ()


class Customers:
    """The rows of so many customers; `today` is the day number of the replay's last day."""

    def __init__(self, company: Company, ids: Ids, local: Zone, today: int) -> None:
        self._company = company
        self._ids = ids
        self._zone = local
        self._today = today

    def rows(self, count: int) -> Iterator[Change]:
        """All rows of the customers, one customer after the other."""
        for number in range(count):
            yield from self._dossier(number)

    def _dossier(self, number: int) -> Iterator[Change]:
        part, owner_id = _part(number), self._owner(number)
        region = TEAMS[number % 2]
        province, city = pick(_PLACES[region], "place", number)
        firm = number % 5 == 4
        customer_id = self._ids.new()
        orders = [self._order(customer_id, number, place, *days) for place, days in enumerate(part.orders)]
        spent = sum((Decimal(order.row["amount"]) for order, _ in orders), Decimal())
        silent_at = None
        if part.silent_days is not None:
            silent_at = self._zone.moment((self._today - part.silent_days) * DAY) + 10 * HOUR
        values: dict[str, Any] = {
            "id": customer_id,
            "code": f"K{number + 1:05}",
            "kind": "company" if firm else "person",
            "name": f"示例公司 {number + 1:03}" if firm else f"{_letter(number)}客户 {number + 1:04}",
            "title": None if firm else pick(("先生", "女士"), "title", number),
            "segment": "公司" if firm else pick(_SEGMENTS, "segment", number),
            "tier": part.tier.value,
            "team_id": self._company.teams[number % 2],
            "owner_id": owner_id,
            "region": region,
            "province": province,
            "city": city,
            "address": f"示例路 {draw(300, 'house', number) + 1} 号",
            "language": "en" if number < LIVING and draw(40, "language", number) == 0 else "zh",
            "product_line": orders[0][0].row["product_line"],
            "tags": list(part.tags),
            "spent_cents": int(spent * 100),
            "order_count": len(orders),
            "last_order_on": max(order.row["ordered_on"] for order, _ in orders),
            "last_contact_at": silent_at,
            "created_at": self._zone.moment((self._today - max(part.orders)[0]) * DAY) + 9 * HOUR,
        }
        yield Insert("customer", values)
        yield from self._points(customer_id, number, firm)
        for order, lines in orders:
            yield order
            yield from lines
        if silent_at is not None:
            yield self._note(customer_id, number, silent_at)

    def _owner(self, number: int) -> bytes | None:
        """VIP have an account manager each; the first agent of a team looks after a quarter of the others."""
        agents = self._company.agents[number % 2]
        place = number // 2 % len(agents)
        vip = _part(number).tier is Tier.VIP
        return agents[place].person_id if number < LIVING and (vip or place == 0) else None

    def _points(self, customer_id: bytes, number: int, firm: bool) -> Iterator[Change]:
        """Numbers that ring nowhere: 140 carries no voice, and no subscriber's number starts with 0."""
        kinds = ["landline", "mobile"] if firm else ["mobile"]
        for position, kind in enumerate(kinds):
            value = f"+86140{number + 1:08}" if kind == "mobile" else f"+86210{number + 1:07}"
            yield Insert(
                "contact_point",
                {
                    "id": self._ids.new(),
                    "customer_id": customer_id,
                    "kind": kind,
                    "value": value,
                    "label": "公司" if kind == "landline" else "本人",
                    "position": position,
                    "valid": True,
                },
            )

    def _order(
        self, customer_id: bytes, number: int, place: int, days_ago: int, days_to_deliver: int
    ) -> tuple[Insert, list[Insert]]:
        """An order and its lines."""
        order_id, seed = self._ids.new(), (number, place)
        category = pick(tuple(_GOODS), "category", *seed)
        lines: list[Insert] = []
        for at in range(1 + draw(3, "lines", *seed)):
            good, price = pick(_GOODS[category], "good", at, *seed)
            quantity = 1 + draw(6, "quantity", at, *seed)
            off = pick((Decimal(0), Decimal("0.1"), Decimal("0.2")), "off", at, *seed)
            values: dict[str, Any] = {
                "id": self._ids.new(),
                "customer_id": customer_id,
                "order_id": order_id,
                "source_row": str(at + 1),
                "product_name": good,
                "category": category,
                "amount": str(price * quantity * (1 - off)),
                "quantity": str(quantity),
                "discount": str(off),
            }
            lines.append(Insert("order_line", values))
        ordered = self._today - days_ago
        amount = sum((Decimal(line.row["amount"]) for line in lines), Decimal())
        row = {
            "id": order_id,
            "customer_id": customer_id,
            "number": f"D{iso_day(ordered).replace('-', '')}-{number * 3 + place + 1:05}",
            "ordered_on": iso_day(ordered),
            "shipped_on": iso_day(ordered + 1),
            "delivered_on": iso_day(ordered + days_to_deliver),
            "amount": str(amount),
            "line_count": len(lines),
            "region": TEAMS[number % 2],
            "product_line": category,
        }
        return Insert("sales_order", row), lines

    def _note(self, customer_id: bytes, number: int, at: int) -> Insert:
        values: dict[str, Any] = {
            "id": self._ids.new(),
            "customer_id": customer_id,
            "person_id": self._owner(number),
            "kind": ActivityKind.NOTE,
            "details": {},
            "text": pick(_WISHES, "wish", number),
            "happened_at": at,
        }
        return Insert("activity", values)


def _letter(number: int) -> str:
    return _LETTERS[draw(len(_LETTERS), "letter", number)]


def _part(number: int) -> _Part:
    """Who is what: of every 150 customers of a team 18 have complained, 22 are VIP, 72 are new, 38 buy again and again.

    New ones ordered three days before a day of the replay (many of them before today), the others have deliveries two
    days before one; each VIP falls silent on one.
    """
    place = number // 2
    old = 60 + draw(240, "old", number)
    if number >= LIVING:
        tier = pick((Tier.NORMAL, Tier.NORMAL, Tier.NORMAL, Tier.POTENTIAL, Tier.DORMANT), "tier", number)
        return _Part(tier, tuple((200 + draw(500, "far", number, at), 3) for at in range(1 + number % 2)))
    if place < 18:
        return _Part(Tier.NORMAL, ((old, 3), (old + 30, 2)), tags=(COMPLAINT_TAG,))
    if place < 40:
        silent = 15 + (0 if place < 32 else draw(REPLAYED_DAYS, "silent", number))
        return _Part(Tier.VIP, ((old, 3), (old + 45, 3), (old + 90, 2)), silent_days=silent)
    if place < 112:
        day = 0 if place < 72 else 1 + (place + number % 2 * 7) % REPLAYED_DAYS
        return _Part(Tier.NORMAL if number % 3 else Tier.POTENTIAL, ((day + 3, 2),))
    days = place % 7, 7 + (place + number % 2 * 3) % 7
    return _Part(Tier.NORMAL, (*((day + 4, 2) for day in days), (old, 3)))
