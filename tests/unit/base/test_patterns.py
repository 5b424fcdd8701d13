import re

import pytest

from lawengine.base.patterns import pattern


def test_a_pattern_is_compiled_on_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    compiled = re.compile

    def counted(text: str, flags: int = 0) -> re.Pattern[str]:
        made.append(text)
        return compiled(text, flags)

    monkeypatch.setattr(re, "compile", counted)
    found = pattern("A+b", re.IGNORECASE)

    assert made == []
    assert found.fullmatch("aaB") is not None
    assert found.fullmatch("b") is None
    assert found.sub("x", "AB ab") == "x x"
    assert made == ["A+b", "A+b"]


def test_a_wrong_pattern_is_an_error_of_the_library() -> None:
    with pytest.raises(re.error):
        pattern("(").match("x")
