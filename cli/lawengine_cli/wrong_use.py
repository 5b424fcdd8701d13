"""Wrong use of the program, told in the language of the user.

Loaded only once something went wrong, so that no start pays for it.
"""

from __future__ import annotations

import re
from typing import Any

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.exits import Exit
from lawengine_cli.streams import complain


class WrongUseError(typer.BadParameter):
    """An option or argument that cannot be meant, told in both languages."""

    def __init__(self, words: Label) -> None:
        super().__init__(words.en)
        self.words = words


def or_nearest(hint: str) -> Label:
    """Return what ends a message: the name that may have been meant, nothing where there is none.

    >>> or_nearest("AUCL-2019").en
    ', did you mean `AUCL-2019`?'
    """
    return Label(f", did you mean `{hint}`?", f"，是否要写“{hint}”？") if hint else Label()


_VALUE = r"(?:'|\")(?P<{}>.*)(?:'|\")"
_WORDS = (
    (r"Missing argument '?(?P<a>[^'.]*)'?\.", "缺少参数“{a}”"),
    (r"Missing option '?(?P<a>.+?)'?\.", "缺少选项“{a}”"),
    (r"Missing command\.", "缺少命令"),
    (r"No such option: (?P<a>\S+?)\.?", "没有选项“{a}”"),
    (rf"No such command {_VALUE.format('a')}\.", "没有命令“{a}”"),
    (rf"Option {_VALUE.format('a')} requires an argument\.", "选项“{a}”后面须有值"),
    (rf"Option {_VALUE.format('a')} does not take a value\.", "选项“{a}”后面不能有值"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<a>.*)\)", "多余的参数：{a}"),
    (r"(?P<a>'.*') is not one of (?P<b>.*?)\.?", "{a}不在可选值之内：{b}"),
    (rf"{_VALUE.format('a')} is not a valid integer( range)?\.", "“{a}”不是整数"),
    (rf"{_VALUE.format('a')} is not a valid float( range)?\.", "“{a}”不是数"),
    (rf"{_VALUE.format('a')} is not a valid boolean.*", "“{a}”不是“是”或者“否”"),
    (r"(?P<a>-?[\d.]+) is not in the range (?P<b>.*?)\.?", "{a}超出范围：{b}"),
    (
        rf"(?:File|Directory|Path) {_VALUE.format('a')} does not exist\.",
        "文件或者文件夹“{a}”不存在",
    ),
    (rf"(?:File|Directory|Path) {_VALUE.format('a')} is a directory\.", "“{a}”是文件夹，不是文件"),
    (
        rf"(?:File|Directory|Path) {_VALUE.format('a')} is not (?:readable|writable)\.",
        "没有访问“{a}”的权限",
    ),
)
"""What the parser of the command line says, and how it is said in Chinese."""
_MEANT = (
    (r" ?Did you mean (?P<a>.+?)\?", "。是否要写{a}？"),
    (r" ?\(Possible options: (?P<a>.+)\)", "。相近的选项：{a}"),
    (r" ?\(Did you mean one of: (?P<a>.+)\)", "。相近的选项：{a}"),
)
_INVALID = re.compile(r"Invalid value(?: for (?P<hint>.*?))?: (?P<rest>.*)", re.DOTALL)


def show_wrong_use(error: Any, language: Language) -> int:  # noqa: ANN401 - the parser's own
    """Tell what is wrong with the command line, and return the exit code."""
    code = int(getattr(error, "exit_code", Exit.USAGE))
    context = getattr(error, "ctx", None)
    if language == "en" or type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return code
    if context is not None:
        from lawengine_cli.help_page import parser_words

        usage = parser_words(context.get_usage().partition(":")[2].strip())
        complain(f"用法：{usage}\n查看帮助：{context.command_path} -h\n")
    complain(f"错误：{in_chinese(error)}")
    return code


def in_chinese(error: Any) -> str:  # noqa: ANN401 - the parser's own
    """Return the message of an error of the command line in Chinese."""
    said = error.format_message()
    own = getattr(error, "words", None)
    found = _INVALID.fullmatch(said)
    if found is None:
        return own.zh if isinstance(own, Label) else _sentence(said)
    rest = own.zh if isinstance(own, Label) else _sentence(found["rest"])
    hint = found["hint"]
    return f"{hint}的值无效：{rest}" if hint else rest


def _sentence(said: str) -> str:
    text, meant = said.strip(), ""
    for known, chinese in _MEANT:
        found = re.search(rf"{known}\Z", text)
        if found:
            text, meant = text[: found.start()].rstrip(), chinese.format(**found.groupdict())
    for known, chinese in _WORDS:
        found = re.fullmatch(known, text, re.DOTALL)
        if found:
            return chinese.format(**found.groupdict()) + meant
    return f"{text}{meant}"
