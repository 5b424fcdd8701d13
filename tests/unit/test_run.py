"""The bootstrap: what it runs where, and that a half-made environment is made anew."""

import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

import run

POSIX_ENV = PurePosixPath("/checkout/.venv")
WINDOWS_ENV = PureWindowsPath("C:/checkout/.venv")


class Installer:
    """Stands in for venv, pip and uv: makes an interpreter's place and counts what it was asked."""

    def __init__(self, env: Path, *, codes: Sequence[int] = ()) -> None:
        self.env = env
        self.commands: list[list[str]] = []
        self.codes = list(codes)

    def __call__(self, command: Sequence[str]) -> int:
        assert (self.env / run.STAMP).read_text(encoding="utf-8") == "making\n"
        self.commands.append(list(command))
        python = Path(run.program(self.env, "python", os.name))
        python.parent.mkdir(parents=True, exist_ok=True)
        if not python.exists():
            python.symlink_to(sys.executable)
        return self.codes.pop(0) if self.codes else 0

    @property
    def locks(self) -> list[str]:
        """Return the names of the lock files that were installed."""
        return [Path(c[-1]).name for c in self.commands if "--require-hashes" in c]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkout with its two locks, on a machine without uv."""
    (tmp_path / run.CORE_LOCK).write_text("core", encoding="utf-8")
    (tmp_path / run.TEST_LOCK).write_text("test", encoding="utf-8")
    (tmp_path / "site").mkdir()
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(run, "_site_packages", lambda _env: tmp_path / "site")
    return tmp_path


@pytest.fixture
def env(root: Path) -> Path:
    return root / ".venv"


@pytest.mark.parametrize("version", [(3, 6), (3, 10), (2, 7)])
def test_an_old_python_is_told_what_is_needed(version: tuple[int, int]) -> None:
    expected = f"lawengine needs Python 3.11 or newer, this is {version[0]}.{version[1]}"

    assert run.refuse_python(version) == expected


@pytest.mark.parametrize("version", [(3, 11), (3, 14), (4, 0)])
def test_a_new_python_is_accepted(version: tuple[int, int]) -> None:
    assert run.refuse_python(version) is None


def test_the_first_lines_stop_an_old_python_before_the_rest_is_run(checkout: Path) -> None:
    source = (checkout / "run.py").read_text(encoding="utf-8")
    fake = textwrap.dedent(
        """
        import sys
        sys.version_info = (3, 6, 15, "final", 0)
        exec(compile(sys.stdin.read(), "run.py", "exec"), {"__name__": "__main__"})
        """
    )
    command = [sys.executable, "-c", fake, "demo"]

    result = subprocess.run(command, input=source, capture_output=True, text=True, check=False)

    assert result.returncode == 1
    assert result.stderr.strip() == "lawengine needs Python 3.11 or newer, this is 3.6"


def test_programs_lie_where_the_system_puts_them() -> None:
    assert run.program(POSIX_ENV, "python", "posix") == "/checkout/.venv/bin/python"
    assert run.program(WINDOWS_ENV, "python", "nt") == r"C:\checkout\.venv\Scripts\python.exe"


def test_windows_gets_utf8_unless_the_user_chose() -> None:
    assert run.child_variables({"A": "b"}, "nt") == {"A": "b", "PYTHONUTF8": "1"}
    assert run.child_variables({"PYTHONUTF8": "0"}, "nt") == {"PYTHONUTF8": "0"}
    assert run.child_variables({"A": "b"}, "posix") == {"A": "b"}


def test_pip_installs_pinned_wheels_only_on_windows() -> None:
    lock = PureWindowsPath("C:/checkout/requirements.lock")

    make, install = run.pip_commands("py.exe", WINDOWS_ENV, lock, "nt")

    assert make == ["py.exe", "-m", "venv", r"C:\checkout\.venv"]
    assert install[:3] == [r"C:\checkout\.venv\Scripts\python.exe", "-m", "pip"]
    assert install[-5:] == [
        "--only-binary",
        ":all:",
        "--require-hashes",
        "--requirement",
        r"C:\checkout\requirements.lock",
    ]


def test_uv_installs_pinned_wheels_only_and_compiles_them() -> None:
    lock = PurePosixPath("/checkout/requirements.lock")

    make, install = run.uv_commands("/bin/uv", "/bin/python3", POSIX_ENV, lock, "posix")

    assert make[:2] == ["/bin/uv", "venv"]
    assert make[-3:] == ["--python", "/bin/python3", "/checkout/.venv"]
    assert "--compile-bytecode" in install
    assert install[install.index("--python") + 1] == "/checkout/.venv/bin/python"
    assert install[install.index("--only-binary") + 1] == ":all:"
    assert "--require-hashes" in install


def test_the_source_folders_are_put_on_the_path_in_ascii() -> None:
    root = PurePosixPath("/案卷/checkout")
    site_packages = root / ".venv/lib/python3.11/site-packages"

    lines = run.path_lines(root, site_packages).splitlines()

    assert [PurePosixPath(line).as_posix() for line in lines] == [
        "../../../../src",
        "../../../../cli",
    ]


def test_a_first_run_makes_the_core_and_says_so_once(
    root: Path, env: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    installer = Installer(env)

    run.ensure(root, env, tests=False, run=installer)
    run.ensure(root, env, tests=False, run=installer)

    assert installer.locks == [run.CORE_LOCK]
    assert run.is_ready(root, env, tests=False)
    assert not run.is_ready(root, env, tests=True)
    assert (root / "site" / "lawengine.pth").read_text(encoding="ascii") == "../src\n../cli\n"
    said = capsys.readouterr()
    assert said.err == "making .venv (first run only) ...\n"
    assert said.out == ""


def test_the_tests_add_to_the_core_what_they_need(root: Path, env: Path) -> None:
    installer = Installer(env)
    run.ensure(root, env, tests=False, run=installer)
    (env / "kept").touch()

    run.ensure(root, env, tests=True, run=installer)

    assert installer.locks == [run.CORE_LOCK, run.TEST_LOCK]
    # Made once: a second `venv` by another Python of the same version would spoil it.
    assert ["venv" in command for command in installer.commands] == [True, False, False]
    assert (env / "kept").exists()
    assert run.is_ready(root, env, tests=False)
    assert run.is_ready(root, env, tests=True)


def test_the_core_is_there_once_the_tests_are(root: Path, env: Path) -> None:
    installer = Installer(env)

    run.ensure(root, env, tests=True, run=installer)
    run.ensure(root, env, tests=False, run=installer)

    assert installer.locks == [run.TEST_LOCK]


@pytest.mark.parametrize("lock", [run.CORE_LOCK, run.TEST_LOCK])
def test_a_changed_lock_brings_the_environment_up_to_date(root: Path, env: Path, lock: str) -> None:
    installer = Installer(env)
    run.ensure(root, env, tests=True, run=installer)
    (root / lock).write_text("newer", encoding="utf-8")

    run.ensure(root, env, tests=True, run=installer)

    assert installer.locks == [run.TEST_LOCK, run.TEST_LOCK]
    assert run.is_ready(root, env, tests=True)


def test_a_changed_core_lock_leaves_no_package_of_before(root: Path, env: Path) -> None:
    installer = Installer(env)
    run.ensure(root, env, tests=False, run=installer)
    (env / "left").touch()
    (root / run.CORE_LOCK).write_text("newer", encoding="utf-8")

    run.ensure(root, env, tests=False, run=installer)

    assert not (env / "left").exists()
    assert not list(root.glob(".venv-old-*"))


def test_a_run_killed_at_any_moment_is_made_good(root: Path, env: Path) -> None:
    class KilledError(Exception):
        pass

    def die(_command: Sequence[str]) -> int:
        (env / "half").touch()
        raise KilledError

    with pytest.raises(KilledError):
        run.ensure(root, env, tests=False, run=die)
    assert not run.is_ready(root, env, tests=False)
    (root / ".venv-old-1").mkdir()
    installer = Installer(env)

    run.ensure(root, env, tests=False, run=installer)

    assert installer.locks == [run.CORE_LOCK]
    assert not (env / "half").exists()
    assert not list(root.glob(".venv-old-*"))
    assert run.is_ready(root, env, tests=False)


@pytest.mark.parametrize("left", [[], [run.FRESH_STAMP], [run.STAMP, "bin"]])
def test_what_a_killed_run_left_is_known_as_ours(env: Path, left: list[str]) -> None:
    env.mkdir()
    for name in left:
        (env / name).touch()

    assert run.is_ours(env)


def test_an_environment_made_by_others_is_not_thrown_away(root: Path, env: Path) -> None:
    env.mkdir()
    (env / "pyvenv.cfg").touch()

    with pytest.raises(run.SetUpError, match=r"was not made by run\.py"):
        run.ensure(root, env, tests=False, run=Installer(env))

    assert (env / "pyvenv.cfg").exists()


def test_an_environment_that_was_moved_or_lost_its_python_is_not_ready(
    root: Path, env: Path
) -> None:
    run.ensure(root, env, tests=False, run=Installer(env))
    moved = env.rename(root / "moved")
    assert not run.is_ready(root, moved, tests=False)

    back = moved.rename(env)
    Path(run.program(back, "python", os.name)).unlink()

    assert not run.is_ready(root, back, tests=False)


def test_an_environment_of_another_python_is_not_ready(
    root: Path, env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.ensure(root, env, tests=False, run=Installer(env))
    monkeypatch.setattr(sys, "version_info", (3, 99, 0, "final", 0))

    assert not run.is_ready(root, env, tests=False)


def test_pip_follows_where_uv_fails(
    root: Path,
    env: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    installer = Installer(env, codes=[0, 2])

    run.ensure(root, env, tests=False, run=installer)

    assert [Path(command[0]).name for command in installer.commands[:2]] == ["uv", "uv"]
    assert [command[1:3] for command in installer.commands[2:]] == [["-m", "venv"], ["-m", "pip"]]
    assert "trying pip" in capsys.readouterr().err


def test_a_failed_installation_says_which_lock_and_is_tried_again(root: Path, env: Path) -> None:
    with pytest.raises(run.SetUpError, match=r"packages of requirements\.lock could not"):
        run.ensure(root, env, tests=False, run=Installer(env, codes=[0, 1]))
    assert not run.is_ready(root, env, tests=False)

    run.ensure(root, env, tests=False, run=Installer(env))

    assert run.is_ready(root, env, tests=False)


def test_a_python_that_cannot_make_environments_is_told_the_remedy(
    root: Path, env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = run.missing_module(lambda name: None if name == "ensurepip" else name)
    assert problem is not None
    assert "no `ensurepip`" in problem
    assert "apt install python3-venv" in problem
    assert run.missing_module() is None

    monkeypatch.setattr(run, "missing_module", lambda: problem)
    with pytest.raises(run.SetUpError, match="ensurepip"):
        run.ensure(root, env, tests=False, run=Installer(env))


def test_two_first_runs_at_once_make_one_environment(checkout: Path, root: Path) -> None:
    script = textwrap.dedent(
        """
        import os, sys, time
        from pathlib import Path
        sys.path.insert(0, sys.argv[1])
        import run
        root = Path(sys.argv[2])
        env = root / ".venv"
        def slow(command):
            with open(root / "installed", "a") as log:
                log.write(f"{os.getpid()}\\n")
            python = Path(run.program(env, "python", os.name))
            python.parent.mkdir(parents=True, exist_ok=True)
            time.sleep(0.5)
            python.symlink_to(sys.executable) if not python.exists() else None
            return 0
        run.shutil.which = lambda name: None
        run._site_packages = lambda env: root / "site"
        run.ensure(root, env, tests=False, run=slow)
        assert run.is_ready(root, env, tests=False)
        """
    )
    command = [sys.executable, "-c", script, str(checkout), str(root)]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60)[1] for process in both]

    assert [process.returncode for process in both] == [0, 0], said
    makers = (root / "installed").read_text(encoding="utf-8").split()
    assert len(makers) == 2
    assert len(set(makers)) == 1
    assert sorted(text.startswith("making .venv") for text in said) == [False, True]


def test_an_installer_that_outlives_its_run_still_keeps_others_out(
    checkout: Path, tmp_path: Path
) -> None:
    lock = tmp_path / "lock"
    script = textwrap.dedent(
        """
        import os, sys
        from pathlib import Path
        sys.path.insert(0, sys.argv[1])
        import run
        with run.only_one(Path(sys.argv[2])):
            run.call([sys.executable, "-c", "import os, signal, sys, time;"
                      "os.kill(os.getppid(), signal.SIGKILL); print('alone', flush=True);"
                      "sys.stdin.read()"])
        """
    )
    command = [sys.executable, "-c", script, str(checkout), str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == b"alone\n"
        handle = os.open(lock, os.O_RDWR)
        held = not run._lock(handle)
        process.stdin.close()
        assert process.stdout.read() == b""
        process.wait()

    assert held
    assert run._lock(handle)
    os.close(handle)
