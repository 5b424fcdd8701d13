"""Rules as code for Chinese e-commerce credit law.

The public names below are loaded on first use, so that importing the package costs nothing.

>>> import lawengine
>>> workspace = lawengine.open_workspace()
>>> rule = workspace.rulebook.rules["AUCL.false_publicity"]
>>> len(rule.versions)
4
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from lawengine.base.release import VERSION

if TYPE_CHECKING:
    from lawengine.base.citation import Article, Citation
    from lawengine.base.diagnostic import Diagnostic, Severity
    from lawengine.base.errors import LawEngineError
    from lawengine.base.label import Label
    from lawengine.base.source import Source
    from lawengine.casebook import CaseFile, read_case, read_casebook
    from lawengine.deciding.decide import decide
    from lawengine.deciding.decision import ActDecision, Branch, Decision, FineTotal, Sanction
    from lawengine.deciding.hypothesis import compare_versions, law_of
    from lawengine.deciding.scenarios import run_scenario
    from lawengine.evaluation.facts import CaseFacts
    from lawengine.explanation.reason import Reason
    from lawengine.model.rulebook import Rulebook
    from lawengine.statutes import Library, read_library
    from lawengine.workspace import Places, Workspace, open_workspace

__version__ = VERSION

_HOMES = {
    "ActDecision": "deciding.decision",
    "Article": "base.citation",
    "Branch": "deciding.decision",
    "CaseFacts": "evaluation.facts",
    "CaseFile": "casebook",
    "Citation": "base.citation",
    "Decision": "deciding.decision",
    "Diagnostic": "base.diagnostic",
    "FineTotal": "deciding.decision",
    "Label": "base.label",
    "LawEngineError": "base.errors",
    "Library": "statutes",
    "Places": "workspace",
    "Reason": "explanation.reason",
    "Rulebook": "model.rulebook",
    "Sanction": "deciding.decision",
    "Severity": "base.diagnostic",
    "Source": "base.source",
    "Workspace": "workspace",
    "compare_versions": "deciding.hypothesis",
    "decide": "deciding.decide",
    "law_of": "deciding.hypothesis",
    "open_workspace": "workspace",
    "read_case": "casebook",
    "read_casebook": "casebook",
    "read_library": "statutes",
    "run_scenario": "deciding.scenarios",
}

__all__ = [
    "ActDecision",
    "Article",
    "Branch",
    "CaseFacts",
    "CaseFile",
    "Citation",
    "Decision",
    "Diagnostic",
    "FineTotal",
    "Label",
    "LawEngineError",
    "Library",
    "Places",
    "Reason",
    "Rulebook",
    "Sanction",
    "Severity",
    "Source",
    "Workspace",
    "__version__",
    "compare_versions",
    "decide",
    "law_of",
    "open_workspace",
    "read_case",
    "read_casebook",
    "read_library",
    "run_scenario",
]


def __getattr__(name: str) -> object:
    """Return a public name, loading its module on first use.

    Raises:
        AttributeError: there is no such public name.
    """
    if name not in _HOMES:
        msg = f"module `lawengine` has no attribute `{name}`"
        raise AttributeError(msg)
    return getattr(import_module(f"lawengine.{_HOMES[name]}"), name)
