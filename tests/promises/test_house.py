"""What the project promises of its own files: pinned, without hosts, and built offline."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

LOCKS = [
    "requirements.lock",
    "requirements-test.lock",
    "requirements-bench.lock",
    "requirements-spark.lock",
]
BUILD_FILES = [
    *LOCKS,
    "pyproject.toml",
    "Makefile",
    ".ci/run",
    ".gitignore",
    "run.py",
    "bench/peers.in",
    "tests_spark/__main__.py",
    "tests_spark/needs.in",
    "tests_spark/pytest.ini",
]
# Folders of a person's or a workplace's machine.
MACHINE_PATH = re.compile(r"(?<![\w.}~-])/(?:home|root|tmp|Users|work)/|[A-Z]:\\Users\\")
TEXT_SUFFIXES = {".cfg", ".json", ".law", ".lock", ".md", ".py", ".toml", ".yaml", ".yml", ""}
SHIPPED = ["src", "cli", "rules", "statutes", "casebook", "docs"]
DATA_FOLDERS = ["rules", "statutes", "casebook"]


def requirements(lock: Path) -> dict[str, tuple[Requirement, list[str]]]:
    """Return each package of a lock file with its requirement and its hashes."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        pin, *hashes = line.split("--hash=")
        requirement = Requirement(pin.strip())
        assert requirement.name not in found, f"`{requirement.name}` stands twice in {lock.name}"
        found[requirement.name] = (requirement, [value.strip() for value in hashes])
    return found


def project(checkout: Path) -> dict[str, Any]:
    return tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))


def wishes_of(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def shipped_texts(checkout: Path) -> Iterator[Path]:
    for name in BUILD_FILES:
        yield checkout / name
    for folder in SHIPPED:
        for path in sorted((checkout / folder).rglob("*")):
            if path.is_file() and path.suffix in TEXT_SUFFIXES and "__pycache__" not in path.parts:
                yield path


@pytest.mark.parametrize("name", BUILD_FILES)
def test_no_build_file_names_a_host(checkout: Path, name: str) -> None:
    text = (checkout / name).read_text(encoding="utf-8")

    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


def test_no_shipped_file_names_a_place_on_a_machine(checkout: Path) -> None:
    found = [
        f"{path.relative_to(checkout)}:{number}"
        for path in shipped_texts(checkout)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("line", ["see /home/ann/x", '"/tmp/x"', "C:\\Users\\ann", "(/root/.a)"])
def test_the_guard_against_machine_paths_bites(line: str) -> None:
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize("line", ["docs/tmp/plan.md", "~/home/x", "src/root/a", "/homepage"])
def test_the_guard_against_machine_paths_spares_other_paths(line: str) -> None:
    assert not MACHINE_PATH.search(line)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_is_pinned_and_hashed(checkout: Path, name: str) -> None:
    packages = requirements(checkout / name)

    assert len(packages) > 10
    for requirement, hashes in packages.values():
        assert re.fullmatch(r"==[\w.+!]+", str(requirement.specifier)), requirement
        assert requirement.url is None
        assert hashes, f"`{requirement.name}` has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes)


@pytest.mark.parametrize("name", LOCKS)
def test_what_only_windows_needs_is_locked_with_its_marker(checkout: Path, name: str) -> None:
    requirement, _ = requirements(checkout / name)["colorama"]

    assert requirement.marker is not None
    assert requirement.marker.evaluate({"sys_platform": "win32"})
    assert not requirement.marker.evaluate({"sys_platform": "linux"})


@pytest.mark.parametrize("name", LOCKS[1:])
def test_every_other_lock_holds_the_core_at_the_same_versions(checkout: Path, name: str) -> None:
    core = requirements(checkout / "requirements.lock")
    other = requirements(checkout / name)

    assert {package: other[package] for package in core} == core


def test_other_engines_are_in_the_lock_of_their_comparison_alone(checkout: Path) -> None:
    for line in wishes_of(checkout / "bench" / "peers.in"):
        name = Requirement(line).name
        found = [lock for lock in LOCKS if name in requirements(checkout / lock)]
        assert found == ["requirements-bench.lock"]


@pytest.mark.parametrize("name", ["pyspark", "pyarrow", "pandas", "py4j"])
def test_spark_is_in_the_lock_of_its_own_alone(checkout: Path, name: str) -> None:
    found = [lock for lock in LOCKS if name in requirements(checkout / lock)]

    assert found == ["requirements-spark.lock"]


def test_the_locks_fulfil_what_the_project_asks_for(checkout: Path) -> None:
    table = project(checkout)["project"]
    extras = table["optional-dependencies"]
    wanted = {
        "requirements.lock": table["dependencies"],
        "requirements-test.lock": [
            *table["dependencies"],
            *extras["dev"],
            *extras["lint"],
            *project(checkout)["build-system"]["requires"],
        ],
        "requirements-bench.lock": [
            *table["dependencies"],
            *extras["simulate"],
            *wishes_of(checkout / "bench" / "peers.in"),
        ],
        "requirements-spark.lock": [
            *table["dependencies"],
            *extras["spark"],
            *wishes_of(checkout / "tests_spark" / "needs.in"),
        ],
    }
    for name, wishes in wanted.items():
        packages = requirements(checkout / name)
        for wish in map(Requirement, wishes):
            pin, _ = packages[wish.name.lower()]
            version = str(pin.specifier).removeprefix("==")
            assert wish.specifier.contains(version), f"{name}: {pin} does not meet {wish}"
            assert ">=" in str(wish.specifier), f"`{wish}` has no lower bound"


def test_the_core_lock_holds_nothing_of_the_tests(checkout: Path) -> None:
    extras = project(checkout)["project"]["optional-dependencies"]
    # The month arithmetic of the tests' oracle also serves the core's database library.
    oracle = {"python-dateutil"}
    tools = {Requirement(wish).name.lower() for wishes in extras.values() for wish in wishes}

    assert not (tools - oracle) & set(requirements(checkout / "requirements.lock"))


def test_the_bootstrap_stands_on_the_standard_library_alone(checkout: Path) -> None:
    # Read by the grammar of Python 3.6, so that an old one can say that it is too old.
    tree = ast.parse((checkout / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
        )
    }

    assert imported <= set(sys.stdlib_module_names)
    assert {"sys", "subprocess"} <= imported


def test_every_package_says_what_it_is(checkout: Path) -> None:
    folders = {
        path.parent
        for root in ("src", "cli")
        for path in (checkout / root).rglob("*.py")
        if "__pycache__" not in path.parts
    }

    assert folders
    for folder in sorted(folders):
        tree = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), f"{folder.relative_to(checkout)} has no docstring"


def test_the_ci_runs_the_same_gate_as_the_readme_names(checkout: Path) -> None:
    script = (checkout / ".ci" / "run").read_text(encoding="utf-8")

    # The whole gate, then Spark; `set -e` stops at what fails, and nothing is let pass.
    steps = [line for line in script.splitlines() if "python3" in line]
    assert steps == ["python3 run.py test", "exec python3 -m tests_spark"]
    assert script.splitlines()[-1] == steps[-1]
    assert "set -euo pipefail" in script
    assert "python3 run.py test" in (checkout / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from the checkout with no index to ask."""
    root = Path(__file__).resolve().parents[2]
    out = tmp_path_factory.mktemp("wheel")
    options = ["--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out)]
    _pip("wheel", *options, str(root))
    (built,) = out.glob("lawengine-*.whl")
    return built


def _pip(*arguments: str) -> None:
    # A proxy that leads nowhere: whatever asks the network fails at once.
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PIP_")},
        "PIP_CONFIG_FILE": os.devnull,
        "https_proxy": "127.0.0.1:9",
        "http_proxy": "127.0.0.1:9",
    }
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    result = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_wheel_is_whole(checkout: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())

    for root in ("src", "cli"):
        for path in (checkout / root).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(checkout / root).as_posix() in names
    for folder in DATA_FOLDERS:
        files = [path for path in (checkout / folder).rglob("*") if path.is_file()]
        assert files, f"{folder}/ is empty"
        for path in files:
            assert f"lawengine/_data/{path.relative_to(checkout).as_posix()}" in names
    assert not [name for name in names if name.startswith(("tests/", "docs/", "run"))]
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_installed_wheel_works_outside_the_checkout(
    checkout: Path, wheel: Path, tmp_path: Path
) -> None:
    target = tmp_path / "installed"
    _pip("install", "--no-index", "--no-deps", "--no-compile", "--target", str(target), str(wheel))
    script = (
        f"import json, sys; sys.path.insert(0, {str(target)!r})\n"
        "import lawengine, lawengine_cli\n"
        "from importlib import metadata, resources\n"
        "data = resources.files('lawengine') / '_data'\n"
        "print(json.dumps([lawengine.__file__, lawengine_cli.__file__, lawengine.__version__,\n"
        "    metadata.version('lawengine'), sorted(f.name for f in data.iterdir())]))\n"
    )

    answer = subprocess.check_output([sys.executable, "-I", "-c", script], cwd=tmp_path, text=True)
    engine, commands, version, recorded, folders = json.loads(answer)

    assert Path(engine).is_relative_to(target)
    assert Path(commands).is_relative_to(target)
    assert not Path(engine).is_relative_to(checkout)
    assert version == recorded
    assert folders == sorted(DATA_FOLDERS)


UNEXPLAINED = re.compile(
    r"#\s(?:noqa(?!: [A-Z0-9, ]+ - \S)|type:\signore(?!\[[a-z, -]+\]  # \S)"
    r"|pragma: no cover(?! - \S))"
)


def test_every_finding_that_is_suppressed_says_why(checkout: Path) -> None:
    sources = [
        path
        for name in ("src", "cli", "tests", "tests_spark", "bench")
        for path in (checkout / name).rglob("*.py")
    ]
    found = [
        f"{path.relative_to(checkout)}:{number}: {line.strip()}"
        for path in (*sources, checkout / "run.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNEXPLAINED.search(line)
    ]
    assert len(sources) > 100
    assert found == []


def test_no_source_file_is_longer_than_five_hundred_lines(checkout: Path) -> None:
    lengths = {
        str(path.relative_to(checkout)): len(path.read_text(encoding="utf-8").splitlines())
        for name in ("src", "cli")
        for path in (checkout / name).rglob("*.py")
    }
    assert len(lengths) > 100
    assert {name: length for name, length in lengths.items() if length > 500} == {}
