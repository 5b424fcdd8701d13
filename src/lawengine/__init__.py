"""Rules as code for Chinese e-commerce credit law.

The public names below are loaded on first use, so that importing the package costs nothing.

Three doors are enough for most programs: `load` reads the rules, `decide` decides a case, `explain`
says why.

>>> import lawengine
>>> rules = lawengine.load()
>>> len(rules.rulebook.rules["AUCL.false_publicity"].versions)
4
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lawengine.base.lazy import on_first_use
from lawengine.base.release import VERSION

if TYPE_CHECKING:
    from lawengine.api import CaseError as CaseError
    from lawengine.api import PlainDataError as PlainDataError
    from lawengine.api import Rules as Rules
    from lawengine.api import RulesError as RulesError
    from lawengine.api import decide as decide
    from lawengine.api import explain as explain
    from lawengine.api import load as load
    from lawengine.base.calendar import Period as Period
    from lawengine.base.calendar import parse_period as parse_period
    from lawengine.base.citation import Article as Article
    from lawengine.base.citation import Citation as Citation
    from lawengine.base.counting import Deadline as Deadline
    from lawengine.base.counting import deadline as deadline
    from lawengine.base.diagnostic import Diagnostic as Diagnostic
    from lawengine.base.diagnostic import Severity as Severity
    from lawengine.base.errors import LawEngineError as LawEngineError
    from lawengine.base.label import Label as Label
    from lawengine.base.source import Source as Source
    from lawengine.casebook import CaseFile as CaseFile
    from lawengine.casebook import read_case as read_case
    from lawengine.casebook import read_casebook as read_casebook
    from lawengine.deciding.decision import ActDecision as ActDecision
    from lawengine.deciding.decision import Branch as Branch
    from lawengine.deciding.decision import Decision as Decision
    from lawengine.deciding.decision import FineTotal as FineTotal
    from lawengine.deciding.decision import Sanction as Sanction
    from lawengine.deciding.hypothesis import compare_versions as compare_versions
    from lawengine.deciding.hypothesis import law_of as law_of
    from lawengine.deciding.scenarios import run_scenario as run_scenario
    from lawengine.evaluation.facts import CaseFacts as CaseFacts
    from lawengine.explanation.reason import Reason as Reason
    from lawengine.model.rulebook import Rulebook as Rulebook
    from lawengine.proposals import propose as propose
    from lawengine.simulations import CasesError as CasesError
    from lawengine.simulations import Simulated as Simulated
    from lawengine.simulations import Swept as Swept
    from lawengine.simulations import simulate as simulate
    from lawengine.simulations import sweep as sweep
    from lawengine.statutes import Library as Library
    from lawengine.statutes import read_library as read_library
    from lawengine.statutes.days import Days as Days
    from lawengine.workspace import Places as Places
    from lawengine.workspace import Workspace as Workspace
    from lawengine.workspace import open_days as open_days
    from lawengine.workspace import open_workspace as open_workspace

__version__ = VERSION

__getattr__ = on_first_use(
    __name__,
    {
        "api": "CaseError PlainDataError Rules RulesError decide explain load",
        "base.calendar": "Period parse_period",
        "base.citation": "Article Citation",
        "base.counting": "Deadline deadline",
        "base.diagnostic": "Diagnostic Severity",
        "base.errors": "LawEngineError",
        "base.label": "Label",
        "base.source": "Source",
        "casebook": "CaseFile read_case read_casebook",
        "deciding.decision": "ActDecision Branch Decision FineTotal Sanction",
        "deciding.hypothesis": "compare_versions law_of",
        "deciding.scenarios": "run_scenario",
        "evaluation.facts": "CaseFacts",
        "explanation.reason": "Reason",
        "model.rulebook": "Rulebook",
        "proposals": "propose",
        "simulations": "CasesError Simulated Swept simulate sweep",
        "statutes": "Library read_library",
        "statutes.days": "Days",
        "workspace": "Places Workspace open_days open_workspace",
    },
)
