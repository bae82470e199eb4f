"""The stored customers that a file may mean: by their number, by a telephone number, by name and company."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from server_sync.domain.model import contact_point, customer
from server_sync.intake.draft import Row
from server_sync.intake.records import PhoneNumber
from server_sync.intake.stored import Lock, customer_names, rows_where

NameKey = tuple[str, str]


def name_key(name: str, company: str | None = None) -> NameKey:
    """The form in which names are compared: no spaces, no case."""
    return "".join(name.split()).casefold(), "".join((company or "").split()).casefold()


@dataclass(frozen=True, slots=True)
class Who:
    """What a row says of who its customer is; `name` is never empty."""

    code: str | None
    phones: tuple[PhoneNumber, ...]
    name: str
    company: str | None = None

    @property
    def name_key(self) -> NameKey:
        return name_key(self.name, self.company)

    @property
    def is_known_by_name(self) -> bool:
        """Whether name and company say who it is: with a company always, else when there is nothing better."""
        return self.company is not None or (self.code is None and not self.phones)


class CustomerBook:
    """Looks up what the store had before the import."""

    def __init__(self, connection: Connection, people: Iterable[Who], lock: Lock) -> None:
        everybody = list(people)
        codes = (who.code for who in everybody if who.code is not None)
        ids = {row["id"] for row in rows_where(connection, customer, "code", codes)}
        owners: dict[str, list[bytes]] = defaultdict(list)
        numbers = (phone.text for who in everybody for phone in who.phones)
        for point in rows_where(connection, contact_point, "value", numbers):
            owners[point["value"]].append(point["customer_id"])
        names: dict[NameKey, list[bytes]] = {who.name_key: [] for who in everybody if who.is_known_by_name}
        if names:
            for row_id, name, company in customer_names(connection):
                if (found := names.get(name_key(name, company))) is not None:
                    found.append(row_id)
        for found in (*owners.values(), *names.values()):
            ids.update(found)
        lock(ids)
        rows = {row["id"]: row for row in rows_where(connection, customer, "id", ids)}
        self._by_code = {row["code"]: row for row in rows.values()}
        self._owners = {number: [rows[row_id] for row_id in found] for number, found in owners.items()}
        self._names = {key: [rows[row_id] for row_id in found] for key, found in names.items()}

    def with_code(self, code: str) -> Row | None:
        """The customer with that number of the company's."""
        return self._by_code.get(code)

    def with_phone(self, who: Who) -> Row | None:
        """A customer who is reached by one of the numbers; by a landline, which many share, only one of that name."""
        for phone in who.phones:
            for row in self._owners.get(phone.text, ()):
                if phone.kind == "mobile" or name_key(row["name"]) == name_key(who.name):
                    return row
        return None

    def with_name(self, who: Who) -> list[Row]:
        """The customers of that name and company; none when the name does not say who it is."""
        return self._names.get(who.name_key, []) if who.is_known_by_name else []
