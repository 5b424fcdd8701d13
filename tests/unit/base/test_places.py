from pathlib import Path, PurePosixPath

import pytest

from lawengine.base.places import data_folder, folder_on

HOME = Path("/h")


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {}, "/h/.local/share/lawengine"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/lawengine"),
        ("linux", {"XDG_DATA_HOME": "data"}, "/h/.local/share/lawengine"),
        ("linux", {"XDG_DATA_HOME": ""}, "/h/.local/share/lawengine"),
        ("darwin", {}, "/h/Library/Application Support/lawengine"),
        ("darwin", {"XDG_DATA_HOME": "/data"}, "/data/lawengine"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/lawengine"),
        ("win32", {}, "/h/AppData/Local/lawengine"),
    ],
)
def test_the_data_folder_is_where_users_of_a_platform_look(
    platform: str, variables: dict[str, str], expected: str
) -> None:
    assert PurePosixPath(folder_on(platform, variables, HOME)) == PurePosixPath(expected)


def test_the_data_folder_of_this_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert data_folder() == tmp_path / "lawengine"
