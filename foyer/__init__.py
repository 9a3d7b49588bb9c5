"""The one name that an installation takes: `bot`, `faq`, `intents` and `storage` are inside it.

They call each other by these short names, as in a checkout, where they stand beside this folder.
"""

import sys
from pathlib import Path


def main() -> None:
    """Run the command line, with the rooms where Python finds them."""
    sys.path.insert(0, str(Path(__file__).parent))
    from bot.cli import main as run

    run()
