"""Every step of an argument has a sentence in both languages."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lawengine.base.label import LANGUAGES, Label
from lawengine.base.truth import Truth
from lawengine.explanation.reason import Amount, Reason
from lawengine.explanation.sentences import phrases, sentence

BUILDERS = [
    "src/lawengine/deciding/reasoning.py",
    "src/lawengine/deciding/folding.py",
    "src/lawengine/deciding/recommending.py",
    "src/lawengine/deciding/statuses.py",
    "src/lawengine/deciding/ratings.py",
    "src/lawengine/explanation/argue.py",
    "src/lawengine/deciding/outcome.py",
]


def constructed_codes(source: str) -> set[str]:
    """Return every code that a source hands to `Reason`, whatever way it takes there."""
    return _Codes(ast.parse(source)).all()


class _Codes:
    def __init__(self, module: ast.Module) -> None:
        self.module = module
        self.functions = [n for n in ast.walk(module) if isinstance(n, ast.FunctionDef)]

    def all(self) -> set[str]:
        found: set[str] = set()
        for function in self.functions:
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and _called(call) == "Reason":
                    found |= self.of(call.args[0], function)
        return found

    def of(self, node: ast.expr, function: ast.FunctionDef) -> set[str]:
        match node:
            case ast.Constant(value=str(code)):
                return {code}
            case ast.IfExp(body=one, orelse=other):
                return self.of(one, function) | self.of(other, function)
            case ast.Dict(values=values):
                return set().union(*(self.of(value, function) for value in values))
            case ast.Subscript(value=table):
                return self.of(table, function)
            case ast.Name(id=name):
                return self.named(name, function)
        raise AssertionError(ast.dump(node))

    def named(self, name: str, function: ast.FunctionDef) -> set[str]:
        values = [*_assigned(function, name), *_assigned(self.module, name, deep=False)]
        found = set().union(*(self.of(value, function) for value in values))
        parameters = [argument.arg for argument in function.args.args]
        if name in parameters:
            place = parameters.index(name) - (parameters[0] == "self")
            for other in self.functions:
                for call in ast.walk(other):
                    if isinstance(call, ast.Call) and _called(call) == function.name:
                        found |= self.of(call.args[place], other)
        assert found, f"`{name}` in {function.name} has no value that can be read"
        return found


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _assigned(where: ast.AST, name: str, *, deep: bool = True) -> Iterator[ast.expr]:
    nodes = ast.walk(where) if deep else ast.iter_child_nodes(where)
    for node in nodes:
        if isinstance(node, ast.Assign):
            targets = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if name in targets:
                yield node.value


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def templates(code: str) -> Iterator[tuple[str, str]]:
    phrase: dict[str, Any] = dict(phrases()[code])
    yield phrase["en"], phrase["zh"]
    for key in ("yes", "no", "unknown"):
        if key in phrase:
            yield phrase[key]["en"], phrase[key]["zh"]


@pytest.fixture(scope="module")
def codes(checkout: Path) -> set[str]:
    return set().union(
        *(constructed_codes((checkout / name).read_text(encoding="utf-8")) for name in BUILDERS)
    )


def test_the_builders_are_all_files_that_build_reasons(checkout: Path) -> None:
    found = [
        path.relative_to(checkout).as_posix()
        for path in (checkout / "src").rglob("*.py")
        if any(
            isinstance(node, ast.Call) and _called(node) == "Reason"
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        )
    ]

    assert sorted(found) == sorted(BUILDERS)


def test_every_code_has_a_sentence_and_every_sentence_a_code(codes: set[str]) -> None:
    assert codes == set(phrases())


def test_a_code_without_a_sentence_is_noticed(checkout: Path) -> None:
    source = (checkout / BUILDERS[1]).read_text(encoding="utf-8")
    planted = source.replace('Reason("either_way"', 'Reason("planted"')

    assert "planted" in constructed_codes(planted) - set(phrases())


def test_codes_are_found_on_every_way_to_a_reason() -> None:
    source = """
TABLE = {1: "by_table", 2: "by_table_too"}
class Builder:
    def build(self, code, kind):
        here = "one" if kind else "two"
        Reason(here)
        Reason(TABLE[kind])
        Reason({1: "inline"}[kind])
        return Reason(code)
    def call(self):
        return self.build("by_argument", 1)
"""

    expected = {"by_table", "by_table_too", "one", "two", "inline", "by_argument"}
    assert constructed_codes(source) == expected


@pytest.mark.parametrize("code", sorted(phrases()))
def test_both_languages_have_the_same_places(code: str) -> None:
    for english, chinese in templates(code):
        assert english
        assert chinese
        assert places(english) == places(chinese)


def test_the_words_are_put_in_in_the_language_of_the_reader() -> None:
    reason = Reason("fact", {"what": Label("gain", "所得"), "value": Amount(100_000_00)})

    assert sentence(reason, "en") == "gain: 100,000 yuan"
    assert sentence(reason, "zh") == "所得：10万元"


def test_plain_words_stand_as_they_are() -> None:
    words: dict[str, Label | str] = {"day": "2016", "from": "1993-12-01", "to": Label("now", "今")}

    assert "1993-12-01 to now" in sentence(Reason("version_chosen", dict(words)), "en")


@pytest.mark.parametrize(
    ("truth", "expected"),
    [
        (Truth.TRUE, "An exception is met"),
        (Truth.FALSE, "No exception: its conditions are not met"),
        (Truth.UNKNOWN, "Whether an exception is met is not settled"),
        (None, "Exception weighed"),
    ],
)
def test_a_condition_may_have_a_sentence_for_each_answer(
    truth: Truth | None, expected: str
) -> None:
    assert sentence(Reason("unless", truth=truth), "en") == expected


def test_an_unknown_code_is_refused() -> None:
    for language in LANGUAGES:
        with pytest.raises(KeyError, match="no_such_step"):
            sentence(Reason("no_such_step"), language)


def test_a_malformed_phrase_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = {"broken": {"en": {"yes": "?"}, "zh": "?"}}
    monkeypatch.setattr("lawengine.explanation.sentences.phrases", lambda: bad)

    with pytest.raises(TypeError, match="broken"):
        sentence(Reason("broken"), "en")
