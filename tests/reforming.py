"""Reforms for tests: proposals as texts against a small law."""

from __future__ import annotations

from functools import cache

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.source import Source
from lawengine.language.lower_reforms import circles, lower_reforms
from lawengine.language.parse import parse
from lawengine.model.reforms import Reform
from lawengine.model.rulebook import Rulebook
from lawengine.reforms import apply
from tests import small

LAW = """
parameter cap "Cap" / "上限" : money
  is 100 yuan from 2000-01-01 to 2009-12-31 law GEN-2000 art 1
  is 200 yuan from 2010-01-01 law GEN-2000 art 1

rule GEN.red also 总则.红 "Red" / "红"
  version from 2000-01-01 to 2009-12-31
    law GEN-2000 art 2
    when act.kind is red
    then fine 10 to 50 yuan
  version from 2010-01-01
    law GEN-2000 art 2
    when act.kind is red
    unless act.excused
    then warn
         fine 20 to 100 yuan
    if act.grave
      fine 100 to 300 yuan
      may revoke licence

rule GEN.chosen "Chosen" / "择"
  version from 2000-01-01
    law GEN-2000 art 3
    when act.kind is blue
    then either of warn, fine up to cap

rule GEN.gone "Gone" / "已废"
  version from 2000-01-01 to 2014-12-31
    law GEN-2000 art 4
    when act.a
    then warn
  repealed from 2015-01-01 law GEN-2000 art 9

list GEN.bad also 总则.名单 of penalty "Bad" / "名单"
  dated by penalty.decided
  version from 2000-01-01
    law GEN-2000 art 5
    when penalty.heavy
    lasts 3 years from penalty.decided
    measure guarded "Guarded" / "重点监管"
    removed after 1 year where penalty.mended

benefit GEN.good of application "Good" / "激励"
  dated by application.applied
  version from 2000-01-01
    law GEN-2000 art 6
    when party.rich
    lasts 1 year from application.applied
    lost where listed anywhere

duty GEN.pay of penalty "Pay" / "缴纳"
  dated by penalty.decided
  version from 2000-01-01
    law GEN-2000 art 7
    when penalty.heavy
    due 15 days from penalty.served
    discharged on penalty.paid_on where penalty.paid
"""


@cache
def law() -> Rulebook:
    """Return the small law."""
    return small.rulebook(LAW)


def read(*texts: str, book: Rulebook | None = None) -> tuple[tuple[Reform, ...], list[Diagnostic]]:
    """Return the reforms of texts, one file each, and what is wrong with them."""
    parsed = [parse(Source(f"reform-{n}.law", text)) for n, text in enumerate(texts, 1)]
    found = lower_reforms([one.tree for one in parsed], book or law(), {})
    reading = [d for one in parsed for d in one.diagnostics]
    return found.reforms, [*reading, *found.diagnostics]


def under(*texts: str, book: Rulebook | None = None) -> Rulebook:
    """Return the law under reforms that must be free of mistakes."""
    base = book or law()
    reforms, wrong = read(*texts, book=base)
    assert [d.message("en") for d in wrong] == []
    applied = apply(base, reforms)
    assert [d.message("en") for d in applied.diagnostics] == []
    assert circles(applied.rulebook) == ()
    return applied.rulebook


def mistakes(*texts: str, book: Rulebook | None = None) -> list[Diagnostic]:
    """Return what is wrong with reforms, while reading or when they are applied."""
    base = book or law()
    reforms, wrong = read(*texts, book=base)
    return [*wrong, *apply(base, reforms).diagnostics]
