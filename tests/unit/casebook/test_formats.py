import pytest

from lawengine.casebook.formats import (
    FORMATS,
    check_character,
    is_masked_personal_id,
    is_unified_social_credit_code,
)
from lawengine.language.keywords import TEXT_FORMATS

# The one real code is that of a state-owned company, public in every register.
REAL = "91110000600037341L"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_a_real_code_is_well_formed() -> None:
    assert is_unified_social_credit_code(REAL)


@pytest.mark.parametrize("place", range(18))
def test_every_single_wrong_character_is_noticed(place: int) -> None:
    for char in ALPHABET.replace(REAL[place], ""):
        assert not is_unified_social_credit_code(REAL[:place] + char + REAL[place + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        "",
        REAL[:-1],
        REAL + "0",
        REAL.lower(),
        " " + REAL,
        "9111000060003734IL",
        "９１１１００００６０００３７３４１L",
    ],
)
def test_other_texts_are_no_codes(text: str) -> None:
    assert not is_unified_social_credit_code(text)


def test_the_division_is_written_in_digits() -> None:
    head = "91A10000600037341"
    assert not is_unified_social_credit_code(head + check_character(head))


def test_letters_may_stand_in_front() -> None:
    head = "N2110000600037341"
    assert is_unified_social_credit_code(head + check_character(head))


def test_the_check_character_closes_the_weighted_sum() -> None:
    total = sum(ALPHABET.index(char) * 3**place for place, char in enumerate(REAL[:-1]))
    assert (total + ALPHABET.index(REAL[-1])) % 31 == 0


@pytest.mark.parametrize("text", ["4101**********123X", "4101021990********", "*" * 18])
def test_a_masked_number_of_a_person(text: str) -> None:
    assert is_masked_personal_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "41010119900101123X",
        "41010119900*******",
        "4101**********123",
        "4101**********123x",
        "4101**********X231",
        " 4101**********123X",
        "4101**********123X0",
        "４101**********123X",
    ],
)
def test_a_number_that_can_be_read_or_is_none_is_refused(text: str) -> None:
    assert not is_masked_personal_id(text)


def test_every_format_that_a_vocabulary_can_name_has_its_check() -> None:
    assert set(TEXT_FORMATS) == set(FORMATS)
