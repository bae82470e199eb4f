"""Teams and people that an import names: found, or made where a region or a manager is new."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from server_sync.accounts.people import folded
from server_sync.domain.model import Role, person, team
from server_sync.intake.draft import Draft, Row
from server_sync.intake.findings import Findings, NoticeKind
from server_sync.intake.records import Records

MOST_TEAMS = 50
"""A column with more different regions than this names places, not teams."""


class Teams:
    """The company's teams by region or name, those of the draft included."""

    def __init__(self, connection: Connection, draft: Draft) -> None:
        self._draft = draft
        self._teams: dict[str, bytes] = {}
        for row in connection.execute(select(team).order_by(team.c.id)).mappings():
            for name in (row["name"], row["region"]):
                if name is not None:
                    self._teams.setdefault(name, row["id"])
        self._people: list[Row] = [dict(row) for row in connection.execute(select(person)).mappings()]

    def provide(self, names: Iterable[str], sheet: str, column: str, findings: Findings) -> None:
        """Make the teams that are missing, unless there are too many of them."""
        missing = [name for name in dict.fromkeys(names) if name not in self._teams]
        if len(self._teams) + len(missing) > MOST_TEAMS:
            findings.add(sheet, 0, column, NoticeKind.TEAMS_NOT_MADE, regions=len(missing), limit=MOST_TEAMS)
            return
        for name in missing:
            self._make(name)

    def find(self, name: str | None) -> bytes | None:
        """The team of that region or name."""
        return None if name is None else self._teams.get(name)

    def person(self, text: str) -> Row | None:
        """The one person with that login, or with that name if only one has it."""
        for row in self._people:
            if row["login"] == text:
                return row
        named = [row for row in self._people if row["name"] == text]
        return named[0] if len(named) == 1 else None

    def take_managers(self, records: Records) -> None:
        """Each region's manager as a supervisor of the region's team (M3.1); one who is there already stays as he is.

        A new one's login is his name, with the region behind it where the name is taken; `user` gives him a password.
        """
        for record in records.rows:
            region, name = record.values["region"], record.values["manager"]
            team_id = self._teams.get(region) or self._make(region)
            wanted = (name, Role.SUPERVISOR, team_id)
            if any((row["name"], row["role"], row["team_id"]) == wanted for row in self._people):
                continue
            taken = {folded(row["login"]) for row in self._people}
            login = "".join(name.split())
            if folded(login) in taken:
                login = f"{login}.{''.join(region.split())}"
            values = {
                "login": login,
                "name": name,
                "role": Role.SUPERVISOR.value,
                "team_id": team_id,
                "skills": {},
                "daily_capacity": 100,
                "active": True,
            }
            self._draft.insert("person", values)
            self._people.append(values)

    def _make(self, region: str) -> bytes:
        self._teams[region] = self._draft.insert("team", {"name": region, "region": region})
        return self._teams[region]
