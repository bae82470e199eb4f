"""When two rows are one customer: within a file, and between a file and the store (phone, then name and company)."""

from server_sync.domain.errors import ErrorKind
from server_sync.intake.book import CustomerBook, NameKey, Who, name_key
from server_sync.intake.draft import Row
from server_sync.intake.findings import RowRefusal


class SeenCustomers:
    """The customers met so far in a file that names each customer once."""

    def __init__(self) -> None:
        self._by_code: dict[str, tuple[int, Who]] = {}
        self._by_phone: dict[str, list[tuple[int, Who]]] = {}
        self._by_name: dict[NameKey, int] = {}

    def meet(self, row: int, who: Who) -> None:
        """Remember a customer. Raises RowRefusal when an earlier row is the same one, with that row's number.

        A mobile number belongs to one customer; a landline to everyone who shares the switchboard, so there the name
        must be the same too.
        """
        if who.code is not None and who.code in self._by_code:
            first_row, other = self._by_code[who.code]
            if name_key(other.name, None) != name_key(who.name, None):
                raise RowRefusal(
                    "code", ErrorKind.CODE_SHARED, value=who.code, first_row=first_row, name=other.name
                )
            raise RowRefusal("code", ErrorKind.DUPLICATE_ROW, value=who.code, first_row=first_row)
        for phone in who.phones:
            for first_row, other in self._by_phone.get(phone.text, ()):
                if phone.kind == "mobile" or name_key(other.name, None) == name_key(who.name, None):
                    raise RowRefusal(
                        "phone", ErrorKind.DUPLICATE_PHONE, value=phone.text, first_row=first_row
                    )
        if who.is_known_by_name and who.name_key in self._by_name:
            raise RowRefusal(
                "name", ErrorKind.DUPLICATE_NAME, value=who.name, first_row=self._by_name[who.name_key]
            )
        if who.code is not None:
            self._by_code[who.code] = row, who
        for phone in who.phones:
            self._by_phone.setdefault(phone.text, []).append((row, who))
        if who.is_known_by_name:
            self._by_name[who.name_key] = row


def stored_customer(book: CustomerBook, who: Who) -> Row | None:
    """The customer of the store whom a row of a list of customers means, or None for a new one.

    Raises RowRefusal when a row with a number of its own has a telephone number, or a name and company, that the store
    knows under another number, or when a bare name fits several.
    """
    if who.code is not None and (stored := book.with_code(who.code)):
        return stored
    stored = book.with_phone(who)
    if stored is not None:
        if who.code is not None:
            raise RowRefusal(
                "phone", ErrorKind.DUPLICATE_PHONE, value=who.phones[0].text, code=stored["code"]
            )
        return stored
    named = book.with_name(who)
    if named and (len(named) > 1 or who.code is not None):
        raise RowRefusal("name", ErrorKind.DUPLICATE_NAME, value=who.name, code=named[0]["code"])
    return named[0] if named else None
