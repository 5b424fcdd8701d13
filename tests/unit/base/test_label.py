import pytest

from lawengine.base.label import Label, Language


@pytest.mark.parametrize(
    ("label", "language", "expected"),
    [
        (Label("fine", "罚款"), "en", "fine"),
        (Label("fine", "罚款"), "zh", "罚款"),
        (Label("fine"), "zh", "fine"),
        (Label(zh="罚款"), "en", "罚款"),
        (Label(), "zh", ""),
    ],
)
def test_an_empty_side_falls_back_to_the_other(
    label: Label, language: Language, expected: str
) -> None:
    assert label.text(language) == expected


@pytest.mark.parametrize("label", [Label("fine"), Label(zh="罚款"), Label("fine", "罚款")])
def test_a_label_with_words_is_true(label: Label) -> None:
    assert label


def test_a_label_without_words_is_false() -> None:
    assert not Label()
