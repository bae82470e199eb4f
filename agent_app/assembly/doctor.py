"""`python -m agent_app doctor`: looks a profile over without changing it, says what is wrong in words, and saves unsent
work out of a damaged one and into a fresh one."""

import argparse
import getpass
import sys
from datetime import UTC
from pathlib import Path

from agent_app.host.paths import Places, places, server_address
from agent_app.host.secrets import PassphraseKeystore, keystore
from agent_app.host.settings import load_settings
from agent_app.host.single_instance import ProfileLock
from agent_app.store import lease, salvage, unsent_file, wiping
from agent_app.store.database import open_store
from agent_app.store.keys import is_known_device, key_for_offline_sign_in
from agent_app.store.tables import ALL
from agent_app.ui import i18n
from agent_app.ui.error_words import error_text
from agent_app.ui.i18n import translate
from server_sync.domain.clock import DAY, Clock, SystemClock
from server_sync.domain.errors import ErrorKind, KnownError

IN_ORDER, WRONG, REFUSED = 0, 1, 2


def main(arguments: list[str]) -> int:
    """Run it; exit code 0 when the profile is in order, 1 when something is wrong, 2 when it cannot be looked at."""
    parser = argparse.ArgumentParser(prog="python -m agent_app doctor", description="Checks a profile.")
    parser.add_argument("--server", default="", help="address of the server; else the one used last")
    parser.add_argument("--login", default="", help="user name; else the one used last")
    parser.add_argument("--home", type=Path, help="where profiles are kept")
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    work = parser.add_mutually_exclusive_group()
    work.add_argument("--save-unsent", type=Path, metavar="FILE", help="save unsent work into a sealed file")
    work.add_argument("--take-in", type=Path, metavar="FILE", help="put such a file's work into the outbox")
    given = parser.parse_args(arguments)
    home = places(given.home)
    settings = load_settings(home.settings_file)
    i18n.install(None if settings.language == "system" else settings.language)
    try:
        profile = profile_of(home, given.server or settings.server, given.login or settings.user)
        if profile is None:
            print(translate("Doctor", "This person has not signed in on this computer."), file=sys.stderr)
            return REFUSED
        with ProfileLock(profile):
            if wiping.is_begun(profile):
                print(
                    translate(
                        "Doctor", "The data of this profile was deleted, as the supervisor had ordered."
                    )
                )
                return WRONG
            password = sys.stdin.readline().rstrip("\r\n") if given.password_stdin else getpass.getpass()
            key = key_of(profile, password)
            if given.take_in is not None:
                return take_in(profile, key, given.take_in, password)
            return look_over(profile, key, password, given.save_unsent)
    except KnownError as error:
        print(_words(error), file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(
            translate("Doctor", "The file cannot be written: {why}").format(why=error.strerror),
            file=sys.stderr,
        )
        return REFUSED


def profile_of(home: Places, server: str, login: str) -> Path | None:
    """The folder of a person's profile, None when there is none. Raises KnownError NOT_A_SERVER."""
    try:
        profile = home.profile_dir(server_address(server), login)
    except ValueError:
        raise KnownError(ErrorKind.NOT_A_SERVER) from None
    return profile if profile.is_dir() else None


def key_of(profile: Path, password: str) -> bytes:
    """The store's key for who proves to be its person. Raises the KnownErrors of `key_for_offline_sign_in`."""
    keys = keystore(profile, password)
    if is_known_device(profile):
        return key_for_offline_sign_in(profile, keys, password)
    # What proves the password is lost; a key that it unwraps proves it as well.
    key = keys.load() if isinstance(keys, PassphraseKeystore) else None
    if key is None:
        raise KnownError(ErrorKind.STORE_KEY_MISSING)
    return key


def look_over(profile: Path, key: bytes, password: str, save_to: Path | None) -> int:
    """Say how a profile's store is and what is unsent in it, and save that on wish. The profile is only ever read."""
    with salvage.copy_of(profile) as copy:
        work = salvage.salvage(copy, key)
        trouble = trouble_of(copy, key, SystemClock())
    if trouble is not None:
        print(_words(trouble))
    print(translate("Doctor", "Not sent yet: %n", len(work.pending())))
    print(translate("Doctor", "Refused and not dealt with: %n", len(work.refused())))
    print(translate("Doctor", "Calls in progress: %n", len(work.rows["draft"])))
    if not work.whole:
        print(translate("Doctor", "Not everything could be read; what is counted here could be."))
    wrong = trouble is not None or not work.whole
    if save_to is not None:
        unsent_file.write(save_to, work, password)
        words = translate("Doctor", "Unsent work saved, sealed with this person's password: {file}")
        print(words.format(file=save_to))
    elif wrong:
        print(translate("Doctor", "Unsent work can be saved with: doctor --save-unsent FILE"))
    else:
        print(translate("Doctor", "Everything is in order."))
    return WRONG if wrong else IN_ORDER


def trouble_of(copy: Path, key: bytes, clock: Clock) -> KnownError | None:
    """What the program would meet when it opened this store, None for nothing."""
    try:
        store = open_store(copy, key, ALL)
        try:
            store.verify()
            with store.read() as connection:
                held = lease.load(connection)
        finally:
            store.close()
    except KnownError as error:
        return error
    now = clock.now()
    if held is not None and held.is_over(now):
        return KnownError(ErrorKind.LEASE_OVER, days=held.used(now) // DAY)
    return None


def take_in(profile: Path, key: bytes, file: Path, password: str) -> int:
    """Put saved work into the outbox of a sound profile; the next sync sends it."""
    content = unsent_file.read(file, password)
    store = open_store(profile, key, ALL)
    try:
        with store.write() as connection:
            came = unsent_file.take_in(connection, content)
    finally:
        store.close()
    if not came:
        print(translate("Doctor", "This file was taken in before."))
        return IN_ORDER
    print(translate("Doctor", "Taken in, to be sent at the next contact: %n", came["outbox"]))
    print(translate("Doctor", "Refused and not dealt with: %n", came["conflict"]))
    print(translate("Doctor", "Calls in progress: %n", came["draft"]))
    return IN_ORDER


def _words(error: KnownError) -> str:
    if error.kind is ErrorKind.FILE_UNREADABLE:
        return translate("Doctor", "This is no file of unsent work, or it is damaged: {file}").format(
            **error.values
        )
    return error_text(error.kind, error.values, 0, UTC)
