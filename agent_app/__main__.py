"""The entry of the desk: `python -m agent_app [demo|doctor]`; what it is made of stands in `assembly`."""

import argparse
import sys
from pathlib import Path

from agent_app.host.paths import places


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line and run the program; the exit code is the window's, or the doctor's."""
    words = sys.argv[1:] if arguments is None else arguments
    if words[:1] == ["doctor"]:
        from agent_app.assembly import doctor

        return doctor.main(words[1:])
    parser = argparse.ArgumentParser(prog="python -m agent_app", description="The follow-up desk.")
    parser.add_argument("verb", nargs="?", choices=("desk", "demo", "doctor"), default="desk")
    parser.add_argument("--server", default="", help="address of the server")
    parser.add_argument("--login", default="", help="user name")
    parser.add_argument(
        "--home", type=Path, help="where profiles are kept, instead of the user's data folder"
    )
    parser.add_argument(
        "--as", dest="role", choices=("agent", "supervisor"), default="agent", help="who the demo is"
    )
    given = parser.parse_args(words)
    # Qt takes 0.1 s to import: not before the arguments are known to be right.
    from agent_app.assembly.application import application, run

    # Before all else: without a screen Qt ends the program here, and nothing has been begun yet.
    app = application()
    if given.verb == "desk":
        return run(app, places(given.home), lambda assembly: assembly.show_login(given.server, given.login))
    from agent_app.assembly.demo import Demo

    print("Making the demo company …", flush=True)
    with Demo(given.home) as demo:
        return run(app, places(demo.home), lambda assembly: assembly.enter(demo.credentials(given.role)))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
