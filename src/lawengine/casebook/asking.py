"""One published status as it is asked for: of whom, by which rules, on which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.truth import Truth
from lawengine.casebook.published import PublishedStatus
from lawengine.casebook.status_reading import (
    condition_labels,
    later_label,
    not_yet,
    placed,
    start_of,
    unmet,
)
from lawengine.casebook.status_verdicts import AGREES, Aspect, StatusGround, differs, left_open
from lawengine.evaluation.facts import Domain, Instance, Unknown
from lawengine.evaluation.trace import Need
from lawengine.explanation.phrasing import domain_label
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import Status
from lawengine.model.types import DATE
from lawengine.registers.findings import StatusFinding
from lawengine.registers.register import Register


@dataclass(frozen=True, slots=True)
class Asked:
    """What was published, and the register that says what the rules make of its respondent.

    `chain` holds the case and the respondent.
    """

    rulebook: Rulebook
    register: Register
    chain: Mapping[str, Instance]
    published: PublishedStatus

    @property
    def on(self) -> Domain:
        """Return the published day, that of the decision where none was published."""
        day = self.published.day
        return self.register.decided(self.chain)[0] if isinstance(day, Unknown) else day

    def found(self, status: Status) -> tuple[list[StatusFinding], tuple[Need, ...]]:
        """Return what became of a status for each thing it hangs on, and lists the file lacks."""
        reached = self.register.reach(status.entity, self.chain)
        found = [self.register.finding(status, chain) for chain in reached.chains]
        return found, reached.missing

    def placed(
        self,
        found: Domain,
        published: Domain,
        ground: StatusGround,
        needs: Sequence[tuple[Need, ...]],
    ) -> Aspect:
        """Return how a day of the rules compares with the published one, within its bounds."""
        truth = placed(found, published)
        if truth is Truth.TRUE:
            return AGREES
        return left_open(*needs) if truth is Truth.UNKNOWN else differs(ground, self.day(found))

    def never(self, status: Status, found: Sequence[StatusFinding]) -> Aspect:
        """Return why a party was not put on a list or granted a benefit, by what fails least."""
        failing = [unmet(version) for one in found for version in one.versions]
        if conditions := [condition_labels(one, self.rulebook) for one in failing if one]:
            return differs(StatusGround.NOT_MET, min(conditions, key=lambda one: len(one.en)))
        if failing:
            later = [one for one in found if one.versions and not_yet(one)]
            if later:
                return differs(StatusGround.OTHER_DAY, self.day(start_of(later[0])))
        elif found:
            starts = [version.interval.start for version in status.versions]
            return differs(StatusGround.NOT_IN_FORCE, later_label(starts, found[0].day))
        return differs(StatusGround.NOTHING_DECIDED)

    def day(self, day: Domain) -> Label:
        """Return a day in words."""
        return domain_label(day, DATE, self.rulebook)
