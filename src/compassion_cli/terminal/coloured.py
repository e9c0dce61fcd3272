"""An entry in colour on a terminal, through the pager where it does not fit."""

from __future__ import annotations

from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from compassion_cli.core.form import Entry, FormSection
from compassion_cli.core.text import displayable
from compassion_cli.terminal import pager
from compassion_cli.terminal.entry_view import list_unanswered, say_extras, say_when_and_who


def print_coloured(entry: Entry, width: int, *, is_private: bool) -> None:
    """Print an entry, wrapped to ``width`` columns."""
    console = Console(width=width, highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        console.print(_build(entry, is_private=is_private))
    text = capture.get()
    fits = text.count("\n") < Console().height
    if fits or not pager.show(text):
        console.file.write(text)
        console.file.flush()


def _build(entry: Entry, *, is_private: bool) -> Group:
    parts = [_put(entry.title or entry.pack, "bold"), _put(say_when_and_who(entry, is_private=is_private), "dim")]
    parts += [_put(text, "dim") for text in filter(None, [say_extras(entry)])]
    parts += [_put(entry.loose, above=1)] if entry.loose.strip() else []
    for section in entry.sections:
        parts += _build_section(section)
    return Group(*parts)


def _build_section(section: FormSection) -> list[Padding]:
    parts = [_put(section.title or section.id, "bold magenta", above=1)]
    parts += [_put(line, "italic") for line in section.guidance]
    parts += [_put(section.loose, above=1)] if section.loose.strip() else []
    for question in section.questions:
        if question.text.strip():
            parts.append(_put(f"{question.number}. {question.wording}", "cyan", above=1))
            parts += [_put(line, "cyan", indent=3) for line in question.parts]
            parts.append(_put(question.text, indent=3, above=1))
    quiet = list_unanswered(section.questions)
    return parts + [_put(line, "dim", above=int(place == 0)) for place, line in enumerate(quiet)]


def _put(text: str, style: str = "", indent: int = 0, above: int = 0) -> Padding:
    # Text, never a string: a string would be read as markup.
    return Padding(Text(displayable(text), style=style), (above, 0, 0, indent))
