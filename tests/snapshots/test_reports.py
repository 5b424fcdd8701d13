"""What a reader gets of the Henan case, word for word, in both languages and every format."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from lawengine.base.label import LANGUAGES, Language
from lawengine.casebook import CaseFile, read_case
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Decision
from lawengine.deciding.hypothesis import Comparison, compare_versions
from lawengine.reports import Format, decision_data, render, render_comparison
from lawengine.workspace import Workspace, open_workspace

PAGES: tuple[Format, ...] = ("text", "md", "html")
SUFFIXES: dict[str, str] = {"text": "txt", "md": "md", "html": "html", "json": "json"}


class PageExtension(SingleFileSnapshotExtension):
    """Keeps each page as a file that can be read as what it is."""

    _write_mode = WriteMode.TEXT


def kept_as(snapshot: SnapshotAssertion, format_: Format) -> SnapshotAssertion:
    name = f"Page{SUFFIXES[format_].title()}"
    extension = type(name, (PageExtension,), {"file_extension": SUFFIXES[format_]})
    return snapshot.use_extension(extension)


def tokens(page: str) -> str:
    """Return the page with what changes from one release to the next put aside."""
    page = re.sub(r"(?<=Rules )[0-9a-f]{12}|(?<=规则库 )[0-9a-f]{12}", "RULEBOOK", page)
    return re.sub(r"(?<=program )\d[\w.]*|(?<=程序版本 )\d[\w.]*", "ENGINE", page)


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return open_workspace()


@pytest.fixture(scope="module")
def case(workspace: Workspace, checkout: Path) -> CaseFile:
    found = read_case(checkout / "casebook" / "henan-brushing-2016.yaml", workspace.rulebook).case
    assert found is not None
    return found


@pytest.fixture(scope="module")
def decision(workspace: Workspace, case: CaseFile) -> Decision:
    found = decide(case.facts, workspace.rulebook, title=case.title).decision
    assert found is not None
    return found


@pytest.fixture(scope="module")
def comparison(workspace: Workspace, case: CaseFile) -> Comparison:
    found, _ = compare_versions(
        case.facts, workspace.rulebook, title=case.title, assumptions=case.assumptions
    )
    assert found is not None
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format_", PAGES)
def test_the_explanation(
    decision: Decision,
    workspace: Workspace,
    snapshot: SnapshotAssertion,
    format_: Format,
    language: Language,
) -> None:
    page = render(decision, workspace.rulebook, format_, language, library=workspace.library)

    assert tokens(page) == kept_as(snapshot, format_)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format_", PAGES)
def test_the_comparison_of_versions(
    comparison: Comparison,
    workspace: Workspace,
    snapshot: SnapshotAssertion,
    format_: Format,
    language: Language,
) -> None:
    page = render_comparison(
        comparison, workspace.rulebook, format_, language, library=workspace.library
    )

    assert tokens(page) == kept_as(snapshot, format_)


def test_the_json(decision: Decision, workspace: Workspace, snapshot: SnapshotAssertion) -> None:
    data: Any = decision_data(decision, workspace.rulebook)
    data["rulebook"], data["engine"] = "RULEBOOK", "ENGINE"
    text = json.dumps(without_reasons(data), ensure_ascii=False, indent=2)

    assert text == kept_as(snapshot, "json")


def without_reasons(data: Any) -> Any:  # noqa: ANN401 - JSON is data of any shape
    """Return the data with each tree of reasons cut to its code; the pages hold the words."""
    if isinstance(data, list):
        return [without_reasons(item) for item in data]
    if not isinstance(data, dict):
        return data
    if "code" in data:
        return data["code"]
    return {key: without_reasons(value) for key, value in data.items()}
