"""One's own presence as last recorded here, and the company's settings over the defaults."""

from agent_app.store.queries import presence, settings
from agent_app.store.queries.presence import OwnPresence
from server_sync.domain.commands import Insert
from server_sync.domain.rules.settings import DEFAULTS
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW


def person(company: Company, number: int = 0) -> bytes:
    """An agent of the north."""
    return company.desk(company.organisation.north_agents[number]).person_id


def test_presence_is_ones_own_and_none_before_the_first_word(company: Company) -> None:
    values = {"team_id": company.organisation.north, "since_at": NOW}
    company.put(Insert("presence", {"id": person(company, 1), "state": "busy", **values}))
    with company.store.read() as connection:
        assert presence.load(connection, person(company)) is None
    mine = {"id": person(company), "state": "break", "pause_reason": "meal", **values}
    company.put(Insert("presence", mine))
    with company.store.read() as connection:
        assert presence.load(connection, person(company)) == OwnPresence("break", "meal", NOW)


def test_settings_are_the_companys_over_the_defaults(company: Company) -> None:
    company.keep("calling_window", to="20:00")
    with company.store.read() as connection:
        assert settings.load(connection, "calling_window") == {"from": "08:00", "to": "20:00"}
        assert settings.load(connection, "retries") == DEFAULTS["retries"]
