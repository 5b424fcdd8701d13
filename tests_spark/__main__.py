"""Tests the columns on Apache Spark: `python3 -m tests_spark`, with arguments of pytest or none.

Makes `.venv-spark` at the versions and hashes of `requirements-spark.lock` on first use, and
installs Debian's Java 17 where there is none and the user may. Whatever is missing is an error.
"""

import hashlib
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import run  # noqa: E402 - found by the line above
from lawengine.spark.java import OLDEST_JAVA, java_program, java_version  # noqa: E402 - as above

LOCK = ROOT / "requirements-spark.lock"
ENV = ROOT / ".venv-spark"
# A change of how the environment is made changes this number, so that old ones are made anew.
RECIPE = 1
JAVA_PACKAGE = f"openjdk-{OLDEST_JAVA}-jre-headless"
# The one package that comes as a source; what builds it is in the lock, too.
SOURCE = "pyspark=="


def need_java() -> None:
    """Return when there is a Java that Spark runs on; install one where that is possible.

    Raises:
        SetUpError: there is none.
    """
    if _java() >= OLDEST_JAVA:
        return
    apt = shutil.which("apt-get")
    if apt is None or os.name == "nt" or os.geteuid() != 0:
        raise run.SetUpError(
            f"the tests on Spark need Java {OLDEST_JAVA} or newer: install it (on Debian as root,"
            f" `apt-get install {JAVA_PACKAGE}`), or let JAVA_HOME name its folder"
        )
    run.say(f"installing {JAVA_PACKAGE} ...")
    install = [apt, "install", "--quiet=2", "--yes", "--no-install-recommends", JAVA_PACKAGE]
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    # A list of packages that is old may name files that are gone.
    if run.call([apt, "update", "--quiet=2"]) != 0 or run.call(install) != 0:
        raise run.SetUpError(f"{JAVA_PACKAGE} could not be installed")
    if _java() < OLDEST_JAVA:
        raise run.SetUpError(f"{JAVA_PACKAGE} is installed, and `java` is still missing or older")


def _java() -> int:
    program = java_program()
    return java_version(program) if program is not None else 0


def ensure() -> None:
    """Make the environment unless it is ready.

    Raises:
        SetUpError: it cannot be made.
    """
    with run.only_one(ENV.with_name(ENV.name + ".lock")):
        if Path(_python()).exists() and _stamp() <= run.read_stamp(ENV):
            return
        if not run.is_ours(ENV):
            raise run.SetUpError(f"{ENV} was not made by these tests: move it away, then try again")
        run.say(f"making {ENV.name} (first run only, half a gigabyte) ...")
        run._clear(ENV)
        ENV.mkdir()
        # INVARIANT: the stamp says `ready` last, so whatever ends before that is made anew.
        run.write_stamp(ENV, [run.MAKING])
        _install()
        site_packages = run._site_packages(ENV)
        lines = run.path_lines(ROOT, site_packages)
        (site_packages / "lawengine.pth").write_text(lines, encoding="ascii")
        run.write_stamp(ENV, _stamp())


def _stamp() -> "set[str]":
    return {
        f"recipe {RECIPE}",
        f"python {sys.version_info[0]}.{sys.version_info[1]}",
        f"place {ENV}",
        f"spark {hashlib.sha256(LOCK.read_bytes()).hexdigest()}",
    }


def _python() -> str:
    return run.program(ENV, "python", os.name)


def _install() -> None:
    problem = run.missing_module()
    if problem:
        raise run.SetUpError(problem)
    wheels, sources = parts(LOCK.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "wheels.lock", Path(folder) / "sources.lock"
        first.write_text(wheels, encoding="utf-8")
        second.write_text(sources, encoding="utf-8")
        pip = [_python(), "-m", "pip", "--disable-pip-version-check", "install", "-q", "-q"]
        pip += ["--no-input", "--require-hashes"]
        commands = [
            [run.base_python(), "-m", "venv", str(ENV)],
            [*pip, "--only-binary", ":all:", "--requirement", str(first)],
            # Built by the pinned tools of the step before, so that nothing else is fetched.
            [*pip, "--no-deps", "--no-build-isolation", "--requirement", str(second)],
        ]
        if not all(run.call(command) == 0 for command in commands):
            raise run.SetUpError(f"the packages of {LOCK.name} could not be installed")


def parts(lock: str) -> "tuple[str, str]":
    """Return the packages of a lock that come as wheels, and those that are built."""
    packages = re.split(r"\n(?=\S)", lock.strip())
    wheels = [one for one in packages if not one.startswith(SOURCE)]
    built = [one for one in packages if one.startswith(SOURCE)]
    return "\n".join(wheels) + "\n", "\n".join(built) + "\n"


def main(arguments: "list[str]") -> int:
    """Return the exit code of the tests."""
    try:
        need_java()
        ensure()
    except (run.SetUpError, OSError) as problem:
        run.say(f"could not set up: {problem}")
        return 1
    # Where the configuration of these tests is found, not the one of all others.
    os.chdir(Path(__file__).resolve().parent)
    return run.call([_python(), "-m", "pytest", *arguments])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(run.INTERRUPTED)
