"""The steps of a count in words, and what is open of it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from lawengine.base.counting import Deadline, Direction, Step, StepKind
from lawengine.base.label import Label

_STEPS = {
    StepKind.FIRST_NOT_COUNTED: Label("{first} itself is not counted", "{first}当日不计入"),
    StepKind.FIRST_COUNTED: Label("{first} itself is counted", "{first}当日计入"),
    StepKind.IN_WORKING_DAYS: Label(
        "{count} days are counted as working days", "“{count}日”按工作日计算"
    ),
    StepKind.COUNTED: Label("{span}: {days}, counted", "{span}：{count}个工作日，计入"),
    StepKind.WEEKEND: Label("{span}: weekend", "{span}：周末"),
    StepKind.HOLIDAY: Label("{span}: day off, {name}{source}", "{span}：放假，{name}{source}"),
    StepKind.MADE_UP: Label(
        "{span}: weekend day that is worked, {name}{source}",
        "{span}：调休上班，{name}{source}",
    ),
    StepKind.NO_CALENDAR: Label(
        "{span}: no published calendar for {year}", "{span}：{year}年没有已公布的放假安排"
    ),
    StepKind.SAME_DAY: Label("{first} is the same day of the month", "{first}为到期月的对应日"),
    StepKind.MONTH_END: Label(
        "the month has no such day: {first} is its last", "到期月没有对应日，以月末{first}为准"
    ),
    StepKind.ENDS: Label("the period ends on {first}", "期间于{first}届满"),
    StepKind.MOVED: Label(
        "{first} is no working day: the end moves to {last}",
        "{first}为休息日，届满日顺延至{last}",
    ),
}


def step_words(step: Step) -> Label:
    """Return one step in words, without its citations."""
    source = Label(f" ({step.source})", f"（{step.source}）") if step.source else Label()
    days = f"{step.count} working day{'' if step.count == 1 else 's'}"
    template = _STEPS[step.kind]
    places = {
        "first": step.first.isoformat(),
        "last": step.last.isoformat(),
        "count": step.count,
        "days": days,
        "year": step.first.year,
    }
    return Label(
        template.en.format(
            **places, span=_span(step, " to "), name=step.name.text("en"), source=source.en
        ),
        template.zh.format(
            **places, span=_span(step, "至"), name=step.name.text("zh"), source=source.zh
        ),
    )


def open_words(found: Deadline) -> Label:
    """Return why the day is open and which bounds hold; the empty label when it is not open."""
    if found.day is not None:
        return Label()
    years = _years(found.missing)
    low, high = found.earliest, found.latest
    return Label(
        f"no published calendar for {years}: {_between(low, high, 'en')}",
        f"{years}年没有已公布的放假安排：{_between(low, high, 'zh')}",
    )


def caveats(found: Deadline) -> tuple[Label, ...]:
    """Return what a reader of a known day must know: what may change, what is not in force."""
    notes = []
    rule = found.counting
    if not found.in_force:
        notes.append(
            Label(
                f"{rule.id} was not in force on {found.start.isoformat()}",
                f"{rule.zh_id}在{found.start.isoformat()}尚未施行或者已经失效",
            )
        )
    for year in found.may_change:
        high = found.latest.isoformat() if found.latest else ""
        notes.append(
            Label(
                f"the calendar for {year} is not published and may still change days of the last "
                f"week before it{f'; at the latest {high}' if high else ''}",
                f"{year}年的放假安排尚未公布，可能调整上一年末的休息日"
                f"{f'；最迟为{high}' if high else ''}",
            )
        )
    if found.direction is Direction.BEFORE:
        notes.append(
            Label(
                "counted back: this day is the first of the period; no text at hand says whether "
                "an act on it is in time; one on the working day before it is on either reading",
                "向前倒推计算：该日为期间的第一日；未见文本说明当日为之是否及时，"
                "在其前一工作日为之则无论如何均属及时",
            )
        )
    return tuple(notes)


def _span(step: Step, joint: str) -> str:
    first, last = step.first.isoformat(), step.last.isoformat()
    return first if first == last else f"{first}{joint}{last}"


def _years(years: Sequence[int]) -> str:
    if len(years) > 3 and years[-1] - years[0] == len(years) - 1:  # noqa: PLR2004 - reads as a list
        return f"{years[0]}-{years[-1]}"
    return ", ".join(map(str, years))


def _between(low: datetime.date | None, high: datetime.date | None, language: str) -> str:
    english = language == "en"
    if low and high:
        return f"from {low} to {high}" if english else f"在{low}至{high}之间"
    if low:
        return f"not before {low}" if english else f"不早于{low}"
    return f"not after {high}" if english else f"不晚于{high}"
