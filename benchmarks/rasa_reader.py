"""Whether Rasa Pro's own reader takes every flow file, one by one and all together.

    make rasa    # that is, where Rasa Pro is installed: python -m benchmarks.rasa_reader

It reads each file's flows and domain with Rasa's classes, merges them, and asks Rasa to validate
the whole: steps that are reached, links and calls that lead somewhere, conditions that compile.
What Rasa only warns of counts as refused. Nothing is trained and no server starts, so that no
licence is needed; and nothing of Foyer is imported, so that Rasa is all that is installed.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from textwrap import indent

from rasa.core.config.configuration import Configuration
from rasa.shared.core.domain import Domain
from rasa.shared.core.flows import FlowsList
from rasa.shared.core.flows.flow_step_links import IfFlowStepLink
from rasa.shared.core.flows.yaml_flows_io import YAMLFlowsReader, is_flows_file
from rasa.shared.exceptions import RasaException
from rasa.utils.pypred import Predicate
from structlog.testing import capture_logs

FOLDERS = (Path("bot/tasks"), Path("bot/patterns"))
TASK_FILE = "task.yml"
"""Foyer's own: what Rasa's format has no place for."""


def main() -> None:
    arguments = argparse.ArgumentParser(description="Whether Rasa Pro reads every flow file.")
    arguments.add_argument("folders", type=Path, nargs="*", default=FOLDERS)
    folders = arguments.parse_args().folders
    files = sorted(p for folder in folders for p in folder.rglob("*.yml") if p.name != TASK_FILE)
    Configuration.initialise_empty()
    flows, domain = FlowsList([]), Domain.empty()

    def read(path: Path) -> None:
        nonlocal flows, domain
        if is_flows_file(path):
            flows = flows.merge(YAMLFlowsReader.read_from_file(path), ignore_duplicates=False)
        domain = domain.merge(Domain.from_file(str(path)))

    taken = [_taken(str(path), partial(read, path)) for path in files]
    taken.append(_taken("all together", lambda: _validate(flows, domain)))
    counts = f"{len(flows)} flows, {len(domain.slots)} slots, {len(domain.responses)} responses"
    print(f"{len(files)} files: {counts}")
    sys.exit(not all(taken))


def _taken(name: str, read: Callable[[], None]) -> bool:
    """Print what became of it, with Rasa's own words where it complains."""
    complaints: list[str] = []
    with capture_logs() as logs:
        try:
            read()
        except RasaException as error:
            complaints.append(f"{type(error).__name__}: {error}")
    loud = (log for log in logs if log["log_level"] in {"warning", "error", "critical"})
    complaints += [str(log.get("event_info", log["event"])) for log in loud]
    print("refused" if complaints else "read   ", name)
    for complaint in complaints:
        print(indent(complaint, "    "))
    return not complaints


def _validate(flows: FlowsList, domain: Domain) -> None:
    flows.validate(domain)
    for flow in flows:
        for step in flow.steps:
            for link in step.next.links:
                if isinstance(link, IfFlowStepLink) and not Predicate(link.condition).is_valid():
                    raise RasaException(f"{flow.id}, {step.id}: no condition: {link.condition}")


if __name__ == "__main__":
    main()
