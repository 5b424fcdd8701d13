"""The import fences hold, and each of them bites when a bad import is planted."""

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

NUMBERS = "NumPy stays in analysis, columns, population, tables and weighting"

# The planted import, the module it is planted in, and the contract that must break.
BAD_IMPORTS = [
    ("lawengine.model", "lawengine.language", "A row imports only rows below it"),
    ("lawengine.base", "lawengine.model", "A row imports only rows below it"),
    ("lawengine.model", "lawengine.statutes", "A row imports only rows below it"),
    ("lawengine.sanctions", "lawengine.explanation", "A row imports only rows below it"),
    ("lawengine.casebook", "lawengine.reports", "A row imports only rows below it"),
    ("lawengine.reports", "lawengine_cli", "Nothing imports the command line"),
    ("lawengine.deciding", "lawengine.language", "Running rules needs no parser"),
    ("lawengine.casebook", "lawengine.checks", "Running rules needs no parser"),
    ("lawengine.model", "lark", "Lark stays in language"),
    ("lawengine_cli", "lark", "Lark stays in language"),
    ("lawengine.explanation", "jinja2", "Jinja stays in reports"),
    ("lawengine.reports", "yaml", "YAML stays in casebook and statutes"),
    ("lawengine.reports", "rich.table", "The terminal libraries stay in the command line"),
    ("lawengine.language", "typer", "The terminal libraries stay in the command line"),
    ("lawengine.deciding", "numpy", NUMBERS),
    ("lawengine_cli", "numpy", NUMBERS),
    ("lawengine.population", "lawengine.analysis", "A row imports only rows below it"),
    ("lawengine.analysis", "lawengine.language", "Running rules needs no parser"),
    ("lawengine.analysis", "duckdb", "DuckDB stays in columns and tables"),
    ("lawengine.compiled", "lawengine.columns", "A row imports only rows below it"),
    ("lawengine.columns", "lawengine.language", "Running rules needs no parser"),
    ("lawengine_cli", "duckdb", "DuckDB stays in columns and tables"),
    ("lawengine.deciding", "sqlite3", "SQLite is read by columns alone"),
    ("lawengine.columns", "lawengine.spark", "A row imports only rows below it"),
    ("lawengine.columns", "pyspark", "PySpark and PyArrow stay in spark"),
    ("lawengine_cli", "pyarrow", "PySpark and PyArrow stay in spark"),
    ("lawengine.spark", "pandas", "PySpark and PyArrow stay in spark"),
    ("lawengine.spark", "lawengine.language", "Running rules needs no parser"),
    ("lawengine.analysis", "lawengine.presentation", "A row imports only rows below it"),
    ("lawengine.presentation", "lawengine.language", "Running rules needs no parser"),
    ("lawengine.analysis", "PIL", "Pictures and workbooks stay in presentation"),
    ("lawengine_cli", "xlsxwriter", "Pictures and workbooks stay in presentation"),
    ("lawengine.presentation", "jinja2", "Jinja stays in reports"),
]

GOOD_IMPORTS = [
    ("lawengine.language", "lark"),
    ("lawengine.reports", "jinja2"),
    ("lawengine.statutes", "yaml"),
    ("lawengine.casebook", "yaml"),
    ("lawengine_cli", "rich"),
    ("lawengine.weighting", "numpy"),
    ("lawengine.columns", "duckdb"),
    ("lawengine.spark", "pyspark"),
    ("lawengine.spark", "pyarrow"),
    ("lawengine.presentation", "PIL"),
    ("lawengine.presentation", "xlsxwriter"),
]


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sysconfig.get_path("scripts")) / "lint-imports"
    path = os.pathsep.join(str(tree / root) for root in ("src", "cli"))
    return subprocess.run(
        [str(program), "--no-cache", "--no-logo"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def contract_lines(output: str, verdict: str) -> list[str]:
    return [line for line in output.splitlines() if line.rstrip().endswith(verdict)]


@pytest.fixture
def skeleton(checkout: Path, tmp_path: Path) -> Path:
    """Return a tree of our packages with nothing in them, and the project's own contracts.

    A file planted in the real code could break on what else the real code imports.
    """
    shutil.copy(checkout / "pyproject.toml", tmp_path)
    for root in ("src", "cli"):
        for init in (checkout / root).glob("*/**/__init__.py"):
            place = tmp_path / init.relative_to(checkout)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text('"""Nothing."""\n', encoding="utf-8")
    return tmp_path


def plant(tree: Path, module: str, imported: str) -> None:
    root = "cli" if module.startswith("lawengine_cli") else "src"
    place = tree / root / Path(*module.split(".")) / "planted.py"
    assert place.parent.is_dir()
    place.write_text(f"import {imported}\n", encoding="utf-8")


def test_the_tree_keeps_every_contract(checkout: Path) -> None:
    result = lint(checkout)

    assert result.returncode == 0, result.stdout + result.stderr
    assert " 0 broken" in result.stdout


def test_the_skeleton_keeps_every_contract(skeleton: Path) -> None:
    assert lint(skeleton).returncode == 0


@pytest.mark.parametrize(("module", "imported", "contract"), BAD_IMPORTS)
def test_a_planted_bad_import_breaks_its_contract(
    skeleton: Path, module: str, imported: str, contract: str
) -> None:
    plant(skeleton, module, imported)

    result = lint(skeleton)

    assert result.returncode == 1, result.stdout + result.stderr
    broken = contract_lines(result.stdout, "BROKEN")
    assert any(line.startswith(contract) for line in broken), result.stdout
    assert f"{module}.planted -> {imported.partition('.')[0]}" in result.stdout


def test_a_planted_bad_import_breaks_the_real_tree_too(checkout: Path, tmp_path: Path) -> None:
    shutil.copy(checkout / "pyproject.toml", tmp_path)
    for root in ("src", "cli"):
        shutil.copytree(
            checkout / root, tmp_path / root, ignore=shutil.ignore_patterns("__pycache__")
        )
    plant(tmp_path, "lawengine.base", "lark")

    result = lint(tmp_path)

    assert result.returncode == 1, result.stdout + result.stderr
    assert "lawengine.base.planted -> lark" in result.stdout


@pytest.mark.parametrize(("module", "imported"), GOOD_IMPORTS)
def test_a_library_may_be_used_in_its_cell(skeleton: Path, module: str, imported: str) -> None:
    plant(skeleton, module, imported)

    result = lint(skeleton)

    assert result.returncode == 0, result.stdout + result.stderr


def test_a_package_in_no_row_is_refused(skeleton: Path) -> None:
    stranger = skeleton / "src" / "lawengine" / "stranger"
    stranger.mkdir()
    (stranger / "__init__.py").write_text('"""Nothing."""\n', encoding="utf-8")

    result = lint(skeleton)

    assert result.returncode == 1
    assert "stranger" in result.stdout


def test_the_door_may_be_a_module(skeleton: Path) -> None:
    door = skeleton / "src" / "lawengine" / "workspace.py"
    door.write_text("import lawengine.language\nimport lawengine.reports\n", encoding="utf-8")

    assert lint(skeleton).returncode == 0
