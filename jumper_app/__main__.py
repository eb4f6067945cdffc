"""``python -m jumper_app`` serves; ``python -m jumper_app admin EMAIL`` makes an admin."""

import argparse
import sys

from jumper_app.start import stages


def main() -> int:
    """Do what the command line says. Gives the exit code."""
    parser = argparse.ArgumentParser(prog="jumper_app", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    admin = commands.add_parser("admin", help="print a one-time link that makes an admin")
    admin.add_argument("email")
    asked = parser.parse_args()
    return stages.admin(asked.email) if asked.command == "admin" else stages.run()


if __name__ == "__main__":
    sys.exit(main())
