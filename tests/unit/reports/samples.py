"""Small cases for the tests of reports."""

from collections.abc import Mapping

from lawengine.evaluation.facts import CaseFacts, Domain, Entry, Instance, Known

Facts = Mapping[str, Domain | Entry]


def case_of(*parties: tuple[str, list[tuple[str, Facts]]], decided: Domain) -> CaseFacts:
    """Return a case of parties with named acts; each act organises fake transactions."""
    found = []
    for number, (name, acts) in enumerate(parties, 1):
        path = f"respondents[{number}]"
        below = []
        for index, (act, facts) in enumerate(acts, 1):
            entries = {"kind": Entry(Known("organising_fake_transactions"))}
            entries |= {
                key: value if isinstance(value, Entry) else Entry(value)
                for key, value in facts.items()
            }
            below.append(Instance("act", f"{path}.acts[{index}]", act, entries))
        entries = {"nature": Entry(Known("legal_person"))}
        found.append(Instance("party", path, name, entries, {"act": tuple(below)}))
    root = Instance("case", "", "", {"decided_on": Entry(decided)}, {"party": tuple(found)})
    return CaseFacts("sample", root)
