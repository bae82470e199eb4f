"""An article that one lead saves is at every desk with its next contact, and the audit has who saved it."""

import json
from dataclasses import replace

from sqlalchemy import select

from server_sync.domain.commands import SaveArticle
from server_sync.domain.errors import ErrorKind
from server_sync.store.database import Database
from server_sync.store.tables import audit
from tests.server_sync.organisation import Organisation
from tests.server_sync.sync.conftest import NewDesk


def test_a_saved_article_reaches_every_desk_and_stands_in_the_audit(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    north, south = new_desk(organisation.north_lead), new_desk(organisation.south_lead)
    agent = new_desk(organisation.south_agents[0])
    article_id = organisation.ids.new()
    saved = SaveArticle(article_id, "objection", "太贵了", ["价格"], "先问跟哪一款比。", [], True, None)
    assert north.do(saved) == ["accepted"]
    for desk in (north, south, agent):
        desk.pull()
        assert json.loads(desk.rows["article", article_id]["keywords"]) == ["价格"]
    written = replace(saved, body="再说价值。", seen={"body": saved.body})
    assert north.do(written) == ["accepted"]
    later = replace(saved, body="第三种说法。", seen={"body": saved.body})
    assert south.do(later) == [ErrorKind.ARTICLE_CHANGED]
    assert agent.do(replace(later, seen={"body": written.body})) == [ErrorKind.NOT_PERMITTED]
    agent.pull()
    assert agent.rows["article", article_id]["body"] == "再说价值。"
    with database.read() as connection:
        found = select(audit.c.person_id, audit.c.status, audit.c.rows).order_by(audit.c.seq)
        told = connection.execute(found.where(audit.c.command == saved.name)).all()
    lead, row = organisation.north_lead.person_id, [["article", article_id.hex()]]
    assert [(one.person_id == lead, one.status, one.rows) for one in told] == [
        (True, "accepted", row),
        (True, "accepted", row),
        (False, "rejected", []),
        (False, "rejected", []),
    ]
