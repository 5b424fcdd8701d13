"""`write_report`: a folder with pages, plots, workbooks and figures, there whole or not at all."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lawengine.analysis.refusal import RefusedError
from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.label import LANGUAGES, Language
from lawengine.base.writing import umask
from lawengine.columns.plain import write_plain
from lawengine.presentation.document import Material, Page
from lawengine.presentation.drawing import WIDE, draw
from lawengine.presentation.fonts import folders
from lawengine.presentation.leaves import Leaf, leaves, literal
from lawengine.presentation.pages import page
from lawengine.presentation.pixels import as_png
from lawengine.presentation.rendering import as_html, as_svg
from lawengine.presentation.workbook import as_workbook


def free(folder: Path) -> None:
    """Check that a report can go there, before anything long is done for it.

    Raises:
        RefusedError: something stands there, nothing can be written beside it, or a library that
            reports need is not installed.
    """
    try:
        import PIL  # noqa: F401, PLC0415 - asked for only
        import xlsxwriter  # noqa: F401, PLC0415 - as above
    except ModuleNotFoundError:
        raise RefusedError("LAW792") from None
    try:
        if folder.is_symlink() or folder.exists():
            raise RefusedError("LAW790", path=str(folder))
        with tempfile.TemporaryDirectory(dir=folder.resolve().parent, prefix=".lawengine-"):
            pass
    except OSError as error:
        raise _unwritten(folder, error) from None


def write_report(
    material: Material, folder: Path, fonts: tuple[Path, ...] | None = None
) -> tuple[Diagnostic, ...]:
    """Write the report; return what is to be said of it.

    Raises:
        RefusedError: there is nothing to report, or the folder cannot be written.
    """
    analysis = material.analysis
    told = analysis.deterrence is not None and bool(analysis.deterrence.cases)
    if not told and not ((analysis.counts or analysis.sweep) and analysis.data.rows):
        raise RefusedError("LAW794")
    free(folder)
    target = folder.resolve()
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".lawengine-") as beside:
            whole = Path(beside) / "whole"
            whole.mkdir()
            left_out = _fill(whole, material, folders() if fonts is None else fonts)
            for path in (whole, *whole.rglob("*")):
                path.chmod((0o777 if path.is_dir() else 0o666) & ~umask())
            whole.rename(target)
    except OSError as error:
        raise _unwritten(folder, error) from None
    if left_out:
        words = {"plots": len(left_out), "first": left_out[0]}
        return (Diagnostic("LAW793", words=words, severity=Severity.WARNING),)
    return ()


def _unwritten(folder: Path, error: OSError) -> RefusedError:
    return RefusedError("LAW791", path=str(folder), why=error.strerror or str(error))


def _fill(place: Path, material: Material, fonts: tuple[Path, ...]) -> tuple[str, ...]:
    """Write all files; return the names of the pictures that no font could write."""
    data = material.analysis.as_data()
    every = tuple(leaves(data))
    _write(place / "analysis.json", _json(data))
    write_plain(place / "figures.parquet", _columns(every))
    files = ["analysis.json", "figures.parquet"]
    if material.diff_data:
        _write(place / "legal-diff.json", _json(list(material.diff_data)))
        files.append("legal-diff.json")
    files += [*(f"tables.{language}.xlsx" for language in LANGUAGES), "plots/"]
    plots = place / "plots"
    plots.mkdir()
    left_out: list[str] = []
    for language in LANGUAGES:
        told = page(material, language)
        other = f"report.{'en' if language == 'zh' else 'zh'}.html"
        _write(place / f"report.{language}.html", as_html(told, language, every, other, files))
        (place / f"tables.{language}.xlsx").write_bytes(as_workbook(told, language, every))
        left_out += _pictures(plots, told, language, fonts)
    return tuple(left_out)


def _pictures(
    place: Path, told: Page, language: Language, fonts: tuple[Path, ...]
) -> Iterator[str]:
    for plot in {plot.name: plot for plot in told.plots()}.values():
        scene = draw(plot, WIDE, language)
        name = f"{plot.name}.{language}"
        _write(place / f"{name}.svg", as_svg(scene, language))
        picture = as_png(scene, fonts)
        if picture is None:
            yield f"{name}.png"
        else:
            (place / f"{name}.png").write_bytes(picture)


def _columns(every: Sequence[Leaf]) -> dict[str, tuple[str, list[object]]]:
    numbers: list[object] = [
        leaf.value
        if isinstance(leaf.value, int | float) and not isinstance(leaf.value, bool)
        else None
        for leaf in every
    ]
    return {
        "path": ("VARCHAR", [leaf.path for leaf in every]),
        "value": ("VARCHAR", [literal(leaf.value) for leaf in every]),
        "number": ("DOUBLE", numbers),
    }


def _json(data: object) -> str:
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
