"""What this process has done since it began; each process counts for itself."""

from prometheus_client import CollectorRegistry, Counter


class Counters:
    def __init__(self) -> None:
        """Count from nothing, in a registry of their own."""
        self.registry = CollectorRegistry(auto_describe=False)
        self.looks = Counter("foyer_looks", "Messages looked at.", registry=self.registry)
        self.turns = Counter("foyer_turns", "Messages worked off.", registry=self.registry)
