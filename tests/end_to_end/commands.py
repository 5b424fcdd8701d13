"""What the tests of commands share: the program in this process, a rule and a case."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner, Result

from lawengine_cli.app import app

RULE = """rule AUCL.brushing also 反不正当竞争法.刷单 "Brushing" / "刷单"

  version from 2019-04-23 to 2025-10-14
    law AUCL-2019 art 20(1)
    when act.kind is brushing
    then fine 200_000 to 1_000_000 yuan
    if act.serious
      fine 1_000_000 to 2_000_000 yuan
    if act.repeated
      fine 1_500_000 to 2_000_000 yuan
"""


def case_text(facts: str) -> str:
    return (
        "case: a-shop\ndecided_on: 2020-05-06\nrespondents:\n  - name: 某店\n    acts:\n"
        f"      - {{name: brushing, ended_on: 2020-02-03, {facts}}}\n"
    )


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in arguments], prog_name="lawengine")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
