#!/usr/bin/env python3
"""Sets lawengine up on first use, then runs it; needs git's checkout and Python 3.11 or newer.

    python3 run.py demo             decide the Henan case of 2016 (needs the core packages only)
    python3 run.py test             every check of the project, then all tests
    python3 run.py test ARGS        only pytest, with these arguments
    python3 run.py python ARGS      Python with the packages of the tests (`-m mypy`)
    python3 run.py COMMAND ARGS     the lawengine command of that name (`--help` lists them)
    python3 run.py lawengine ARGS   the same, also for `test`: the scenarios of rules

The packages go into `.venv` beside this file, at the versions and hashes of `requirements.lock`
and, for the tests, `requirements-test.lock`; uv installs them where it is there, else pip.
Nothing is built: wheels only, and the checkout itself is put on the path by a `.pth` file.
"""

import sys

OLDEST_PYTHON = (3, 11)
# A process that is done takes over from one that has long tests left.
_SPREAD = ("--numprocesses=auto", "--dist=worksteal", "--durations=30", "--durations-min=5")
# These compare evaluators on many drawn cases: counting lines would take them nearly three times as
# long, and the lines are counted by all other tests already.
DRAWN = ("tests/agreement", "tests/properties")


def refuse_python(version: "tuple[int, ...]") -> "str | None":
    """Return why Python `version` will not do, or None where it will."""
    if tuple(version) >= OLDEST_PYTHON:
        return None
    oldest = ".".join(map(str, OLDEST_PYTHON))
    return f"lawengine needs Python {oldest} or newer, this is {version[0]}.{version[1]}"


# INVARIANT: what stands above runs on Python 3.6; what follows must still be read by it.
if refuse_python(sys.version_info[:2]):
    sys.exit(refuse_python(sys.version_info[:2]))

import contextlib
import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath

ROOT = Path(__file__).resolve().parent
DEMO_CASE = ROOT / "casebook" / "henan-brushing-2016.yaml"
SOURCE_ROOTS = ("src", "cli")
CORE_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
# A change of how the environment is made changes this number, so that old ones are made anew.
RECIPE = 1
STAMP = "lawengine-stamp"
FRESH_STAMP = STAMP + ".new"
MAKING = "making"
INTERRUPTED = 130

Command = list[str]
Run = Callable[[Sequence[str]], int]


class SetUpError(Exception):
    """The environment cannot be made; its text says why and what to do."""


def bin_folder(env: PurePath, os_name: str) -> PurePath:
    """Return the folder of an environment that holds its programs."""
    return env / ("Scripts" if os_name == "nt" else "bin")


def program(env: PurePath, name: str, os_name: str) -> str:
    """Return the path of a program in an environment."""
    return str(bin_folder(env, os_name) / (name + (".exe" if os_name == "nt" else "")))


def child_variables(variables: Mapping[str, str], os_name: str) -> dict[str, str]:
    """Return the variables that programs run with.

    Edges: Windows gets UTF-8 unless the user chose, since its code pages cannot print Chinese.
    """
    result = dict(variables)
    if os_name == "nt":
        result.setdefault("PYTHONUTF8", "1")
    return result


def uv_commands(uv: str, python: str, env: PurePath, lock: PurePath, os_name: str) -> list[Command]:
    """Return the commands by which uv makes an environment, then fills it from a lock."""
    inside = program(env, "python", os_name)
    make = [uv, "venv", "--quiet", "--allow-existing", "--python", python, str(env)]
    install = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", inside]
    return [make, [*install, *_install_options(lock)]]


def pip_commands(python: str, env: PurePath, lock: PurePath, os_name: str) -> list[Command]:
    """Return the commands by which venv makes an environment, then pip fills it from a lock."""
    inside = program(env, "python", os_name)
    # Quiet twice: errors only, no warnings about the user's own index settings.
    install = [inside, "-m", "pip", "--disable-pip-version-check", "install", "-q", "-q"]
    make = [python, "-m", "venv", str(env)]
    return [make, [*install, "--no-input", *_install_options(lock)]]


def _install_options(lock: PurePath) -> Command:
    # Wheels only: a source package would fetch its build tools at versions that nobody pinned.
    return ["--only-binary", ":all:", "--require-hashes", "--requirement", str(lock)]


def path_lines(root: PurePath, site_packages: PurePath) -> str:
    """Return the text of the `.pth` file that puts the source folders on Python's path.

    Edges: relative and so plain ASCII, because Python 3.11 reads the file in the machine's own
    encoding, which may not be that of the checkout's path.
    """
    lines = [os.path.relpath(root / folder, site_packages) for folder in SOURCE_ROOTS]
    return "".join(line + "\n" for line in lines)


def stamp_lines(root: Path, env: PurePath, *, tests: bool) -> set[str]:
    """Return what an environment that is ready says of itself, one fact a line.

    Args:
        root: The checkout with the lock files.
        env: The environment's place; one that was moved is not ready.
        tests: Whether it holds what the tests need too.
    """
    lines = {
        f"recipe {RECIPE}",
        f"python {sys.version_info[0]}.{sys.version_info[1]}",
        f"place {env}",
        f"core {_digest(root / CORE_LOCK)}",
    }
    return lines | {f"test {_digest(root / TEST_LOCK)}"} if tests else lines


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_stamp(env: Path) -> set[str]:
    """Return the facts of an environment's stamp; none where there is no stamp."""
    try:
        return set((env / STAMP).read_text("utf-8", "surrogateescape").splitlines())
    except OSError:
        return set()


def write_stamp(env: Path, lines: Iterable[str]) -> None:
    """Replace an environment's stamp in one step."""
    fresh = env / FRESH_STAMP
    text = "".join(f"{line}\n" for line in sorted(lines))
    fresh.write_text(text, "utf-8", "surrogateescape")
    fresh.replace(env / STAMP)


def is_ready(root: Path, env: Path, *, tests: bool) -> bool:
    """Tell whether an environment holds what the lock files ask for now."""
    there = Path(program(env, "python", os.name)).exists()
    return there and stamp_lines(root, env, tests=tests) <= read_stamp(env)


def is_ours(env: Path) -> bool:
    """Tell whether the environment may be thrown away: we made or began it, or it is empty."""
    if env.is_symlink() or not env.is_dir():
        return not os.path.lexists(env)
    begun = (env / STAMP).exists() or (env / FRESH_STAMP).exists()
    return begun or not any(env.iterdir())


@contextlib.contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold the lock file while the body runs; wait while another run holds it.

    Edges: the system drops the lock when its holder ends, however it ends, so that no stale lock
    can be left behind. Programs started in the body hold it too (not on Windows): an installer
    that outlives a killed run still keeps others out.
    """
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        os.set_inheritable(handle, True)
        waiting = False
        while not _lock(handle):
            if not waiting:
                say("another run is making .venv, waiting for it ...")
                waiting = True
            time.sleep(0.1)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def call(command: Sequence[str]) -> int:
    """Return the exit code of a program that is run to its end."""
    # The lock's handle is inherited on purpose, see `only_one`.
    code = subprocess.call(
        command, env=child_variables(os.environ, os.name), close_fds=os.name == "nt"
    )
    return code if code >= 0 else 128 - code


def hand_over(command: Sequence[str]) -> int:
    """Become another program; on Windows, which cannot, run it and return its exit code."""
    if os.name != "nt":
        sys.stdout.flush()
        sys.stderr.flush()
        os.execve(command[0], list(command), child_variables(os.environ, os.name))  # noqa: S606 - a command of our own
    return call(command)


def say(message: str) -> None:
    """Print a line for the user, apart from what programs print as their result."""
    print(message, file=sys.stderr, flush=True)


def install(env: Path, lock: Path, run: Run, *, complete: bool) -> None:
    """Make or complete an environment from a lock file, by uv or else by pip.

    Args:
        env: The environment's place.
        lock: The packages.
        run: Runs a command and returns its exit code.
        complete: Whether the environment is there and only lacks packages. It then keeps the
            Python that it was made from, which may be another of the same version.

    Raises:
        SetUpError: Neither could.
    """
    python = base_python()
    start = 1 if complete else 0
    uv = shutil.which("uv")
    if uv:
        if _run_all(uv_commands(uv, python, env, lock, os.name)[start:], run):
            return
        # uv does not read pip's settings: behind a company's own index, pip may still do.
        say("uv could not install the packages, trying pip ...")
    problem = None if complete else missing_module()
    if problem:
        raise SetUpError(problem)
    if not _run_all(pip_commands(python, env, lock, os.name)[start:], run):
        raise SetUpError(f"the packages of {lock.name} could not be installed")


def base_python() -> str:
    """Return the Python that environments are made from, also when called from inside one."""
    # Inside .venv, `sys.executable` would be thrown away with it.
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def _run_all(commands: Iterable[Sequence[str]], run: Run) -> bool:
    return all(run(command) == 0 for command in commands)


def missing_module(find: Callable[[str], object] | None = None) -> str | None:
    """Return what this Python lacks to make an environment and the remedy, or None.

    Args:
        find: Finds a module by its name; Python's own finder by default.
    """
    import importlib.util

    find = find or importlib.util.find_spec
    lacking = [name for name in ("venv", "ensurepip") if not find(name)]
    if not lacking:
        return None
    return (
        f"this Python has no `{lacking[0]}`, so it cannot make .venv: "
        "on Debian or Ubuntu run `apt install python3-venv`, elsewhere install uv; then try again"
    )


def ensure(root: Path, env: Path, *, tests: bool, run: Run = call) -> None:
    """Make the environment unless it is ready; one that was left half-made is made anew.

    Raises:
        SetUpError: It cannot be made.
    """
    if is_ready(root, env, tests=tests):
        return
    with only_one(env.with_name(env.name + ".lock")):
        # Another run may have made it while we waited.
        if not is_ready(root, env, tests=tests):
            _make(root, env, tests=tests, run=run)


def _make(root: Path, env: Path, *, tests: bool, run: Run) -> None:
    if not is_ours(env):
        raise SetUpError(f"{env} was not made by run.py: move it away, then try again")
    complete = is_ready(root, env, tests=False)
    if complete:
        say("adding to .venv what the tests need (first run only) ...")
    else:
        say("making .venv (first run only) ...")
        _clear(env)
    env.mkdir(exist_ok=True)
    # INVARIANT: the stamp says `ready` last, so whatever ends before that is made anew.
    write_stamp(env, [MAKING])
    # The lock of the tests holds all of the core's packages, at the same versions.
    install(env, root / (TEST_LOCK if tests else CORE_LOCK), run, complete=complete)
    site_packages = _site_packages(env)
    (site_packages / "lawengine.pth").write_text(path_lines(root, site_packages), encoding="ascii")
    write_stamp(env, stamp_lines(root, env, tests=tests))


def _clear(env: Path) -> None:
    # Renamed first: a removal that is cut short leaves nothing that looks like an environment.
    if env.exists():
        env.rename(env.with_name(f"{env.name}-old-{os.getpid()}"))
    for old in env.parent.glob(f"{env.name}-old-*"):
        shutil.rmtree(old)


def _site_packages(env: Path) -> Path:
    ask = "import sysconfig; print(ascii(sysconfig.get_path('purelib')))"
    answer = subprocess.check_output([program(env, "python", os.name), "-I", "-c", ask], text=True)
    # Asked in ASCII and read back as a literal: no code page can spoil the path.
    import ast

    return Path(ast.literal_eval(answer.strip()))


def gate_commands(env: PurePath, os_name: str) -> list[Command]:
    """Return the commands of the whole gate, in their order: static checks, then the tests."""
    python = [program(env, "python", os_name), "-m"]
    ignored = [f"--ignore={folder}" for folder in DRAWN]
    return [
        [*python, "ruff", "check", "."],
        [*python, "ruff", "format", "--check", "."],
        [*python, "mypy"],
        [program(env, "lint-imports", os_name), "--no-logo"],
        [*python, "pytest", "--cov", "--cov-report=term", *_SPREAD, *ignored],
        [*python, "pytest", *_SPREAD, *DRAWN],
    ]


def run_gate(commands: Iterable[Sequence[str]], run: Run = call) -> int:
    """Run every command of the gate, also after one failed; return the first bad exit code."""
    failed: list[tuple[str, int]] = []
    for command in commands:
        code = run(command)
        if code != 0:
            failed.append((" ".join([Path(command[0]).name, *command[1:4]]), code))
    for name, code in failed:
        say(f"failed with exit code {code}: {name}")
    return failed[0][1] if failed else 0


def command_line(arguments: Sequence[str], env: PurePath, os_name: str) -> Command:
    """Return the one command that `arguments` ask for (the whole gate is not one command)."""
    python = program(env, "python", os_name)
    if arguments[:1] == ["test"]:
        return [python, "-m", "pytest", *arguments[1:]]
    if arguments[:1] == ["python"]:
        return [python, *arguments[1:]]
    if arguments[:1] == ["demo"]:
        arguments = ["decide", str(DEMO_CASE), *arguments[1:]]
    elif arguments[:1] == ["lawengine"]:
        arguments = arguments[1:]
    # -P: a file in the user's folder must not stand in for a library's module.
    return [python, "-P", "-m", "lawengine_cli", *arguments]


def main(arguments: Sequence[str]) -> int:
    """Return the exit code of what `arguments` ask for."""
    arguments = list(arguments)
    testing = arguments[:1] in (["test"], ["python"])
    if arguments[:2] == ["test", "--"]:
        del arguments[1]
    env = ROOT / ".venv"
    try:
        ensure(ROOT, env, tests=testing)
    except (SetUpError, OSError, subprocess.CalledProcessError) as problem:
        say(f"could not set up: {problem}")
        return 1
    if arguments[:1] == ["test"]:
        os.chdir(ROOT)
        if len(arguments) == 1:
            return run_gate(gate_commands(env, os.name))
    if arguments[:1] == ["demo"]:
        code = call(command_line(arguments, env, os.name))
        if code != 0:
            return code
        arguments = ["decide", str(DEMO_CASE), "--compare-versions", *arguments[1:]]
    return hand_over(command_line(arguments, env, os.name))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
