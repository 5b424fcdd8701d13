import json
from pathlib import Path

import jsonschema
import pytest

from lawengine.casebook import read_case
from lawengine.casebook.formats import (
    FORMATS,
    check_character,
    is_masked_personal_id,
    is_unified_social_credit_code,
)
from lawengine.casebook.schema import case_schema
from lawengine.language.keywords import TEXT_FORMATS
from tests import small

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


CASE = """
case: record
title: record
decided_on: 2026-07-01
respondents:
  - name: 张某
    credit_records:
      - masked_id: "{text}"
"""
FULL = "41010119900101123X"


def test_a_number_in_full_does_not_come_into_a_case_file(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE.format(text=FULL))

    (found,) = read_case(path, small.shipped()).diagnostics

    assert found.code == "LAW546"
    assert FULL not in found.message("en") + found.message("zh")
    assert FULL not in found.help("en") + found.help("zh")


def test_a_masked_number_does(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE.format(text="4101**********123X"))

    assert read_case(path, small.shipped()).diagnostics == ()


@pytest.mark.parametrize(
    ("text", "taken"), [("4101**********123X", True), (FULL, False), ("4101019900*******X", False)]
)
def test_editors_know_the_form(text: str, *, taken: bool) -> None:
    record = {"masked_id": text}
    party = {"name": "张某", "credit_records": [record]}
    case = {"case": "a", "title": "a", "decided_on": "2026-07-01", "respondents": [party]}
    schema = json.loads(json.dumps(case_schema(small.shipped())))

    assert jsonschema.Draft202012Validator(schema).is_valid(case) is taken
