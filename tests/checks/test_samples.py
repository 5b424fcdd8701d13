"""Every check proves itself on its own samples: some must pass, some must be flagged."""

import pytest

from lawengine.base.diagnostic import catalogue
from lawengine.base.label import LANGUAGES
from lawengine.checks import ALL, Check, Sample
from tests.checks.reading import run_sample

SAMPLES = [
    pytest.param(check, sample, id=f"{check.id}-{number}-{sample.code or 'passes'}")
    for check in ALL
    for number, sample in enumerate(check.samples, 1)
]


@pytest.mark.parametrize(("check", "sample"), SAMPLES)
def test_a_sample_is_flagged_with_exactly_its_code(check: Check, sample: Sample) -> None:
    found = run_sample(check, sample)

    shown = [(d.code, d.message("en")) for d in found]
    assert {d.code for d in found} == ({sample.code} if sample.code else set()), shown


@pytest.mark.parametrize(("check", "sample"), SAMPLES)
def test_a_finding_reads_in_both_languages(check: Check, sample: Sample) -> None:
    for found in run_sample(check, sample):
        for language in LANGUAGES:
            message = found.message(language)
            assert message
            assert "\n" not in message
            assert "{" not in message + found.help(language)
        assert found.message("en") != found.message("zh")
        assert found.span.path == "sample.law"
        assert found.span.line > 0


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.id)
def test_a_check_has_samples_on_both_sides(check: Check) -> None:
    codes = {sample.code for sample in check.samples}

    assert codes == {"", *check.codes}


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.id)
def test_a_check_says_what_and_why_in_both_languages(check: Check) -> None:
    for language in LANGUAGES:
        assert check.label.text(language) != check.why.text(language)
    assert check.label.en
    assert check.label.zh
    assert check.why.en
    assert check.why.zh
    assert set(check.codes) <= set(catalogue())


def test_no_two_checks_share_a_name_or_a_code() -> None:
    names = [check.id for check in ALL]
    codes = [code for check in ALL for code in check.codes]

    assert len(set(names)) == len(names)
    assert len(set(codes)) == len(codes)
