"""The whole catalogue of joint measures of a day, word for word, in both languages."""

import datetime

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from lawengine.base.label import LANGUAGES, Language
from lawengine.registers.catalogue import catalogue
from lawengine.reports import catalogue_lines
from lawengine.workspace import open_workspace

DAY = datetime.date(2026, 11, 1)


class TextExtension(SingleFileSnapshotExtension):
    """Keeps each page as a text file."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_by_department(snapshot: SnapshotAssertion, language: Language) -> None:
    workspace = open_workspace()
    found = catalogue(workspace.rulebook, DAY)
    lines = catalogue_lines(found, workspace.rulebook, language, library=workspace.library)

    page = "\n".join(line.plain for line in lines)
    assert page == snapshot.use_extension(TextExtension)
