"""The drill: back up a running server, go on, lose it, restore: desks notice and send again what the backup does not
have (SYNC E1, P6)."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.faults.conftest import Tally
from tests.faults.office import FaultDesk, Office, all_is_well, sign_in
from tests.faults.processes import FaultServer
from tests.servers import run_command_line


def command(url: str, *words: str) -> dict[str, Any]:
    """A verb of the server's command line, answered in JSON."""
    done = run_command_line(*words, "--json", "--database", url)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_e1_a_restore_from_an_older_backup_loses_nothing_that_desks_had_sent(
    servers: FaultServer, tmp_path: Path, tally: Tally
) -> None:
    servers.start()
    profiles = [tmp_path / "one", tmp_path / "two"]
    for profile in profiles:
        sign_in(profile, servers.address)
    desks = [FaultDesk(profile, servers.address) for profile in profiles]
    with closing(desks[0]), closing(desks[1]):
        confirmed: list[list[bytes]] = [[], []]

        def everybody(text: str, *, sends: bool = True) -> None:
            for desk, own in zip(desks, confirmed, strict=True):
                own += [desk.note(text), desk.correct(f"{text} {desk.device.hex()}")]
                if sends:
                    desk.heal()

        for desk in desks:
            desk.heal()
        everybody("before the backup")
        made = command(servers.url, "backup", str(tmp_path / "backups"))
        assert made["in_order"]
        everybody("after the backup")
        everybody("not yet sent", sends=False)
        servers.stop()
        restored = command(servers.url, "restore", str(tmp_path / "backups"), "--replace")
        assert restored["backup"] == made["backup"]
        servers.start()
        desks[0].heal()
        everybody("after the restore")
        for desk in desks:
            desk.heal()
        with closing(Office(servers.url)) as office:
            for desk, own in zip(desks, confirmed, strict=True):
                all_is_well(office, desk, own)
    tally("restores from an older backup", 1)


def test_p6_what_a_backup_has_is_no_longer_kept_by_the_desks(servers: FaultServer, tmp_path: Path) -> None:
    servers.start()
    sign_in(tmp_path / "desk", servers.address)
    with closing(FaultDesk(tmp_path / "desk", servers.address)) as desk:
        desk.heal()
        desk.note("一")
        desk.heal()
        assert desk.rows("SELECT count(*) FROM outbox") == [(1,)]
        command(servers.url, "backup", str(tmp_path / "backups"))
        desk.heal()
        assert desk.rows("SELECT count(*) FROM outbox") == [(0,)]
