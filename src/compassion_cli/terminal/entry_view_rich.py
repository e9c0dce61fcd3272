"""An entry in colour on a terminal, through the pager where it does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from compassion_cli.core.form import FormSection
from compassion_cli.core.review import Response
from compassion_cli.core.text import displayable
from compassion_cli.terminal import pager
from compassion_cli.terminal.entry_view import Shown, list_unanswered, say_extras, say_response, say_when_and_who


def print_coloured(entries: Sequence[Shown], width: int) -> None:
    """Print entries, wrapped to ``width`` columns."""
    console = Console(width=width, highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        for place, shown in enumerate(entries):
            if place:
                console.print(Rule(style="dim"))
            console.print(_build(shown))
    text = capture.get()
    fits = text.count("\n") < Console().height
    if fits or not pager.show(text):
        console.file.write(text)
        console.file.flush()


def _build(shown: Shown) -> Group:
    entry = shown.entry
    parts = [_put(entry.title or entry.pack, "bold"), _put(say_when_and_who(entry, is_private=shown.is_private), "dim")]
    parts += [_put(text, "dim") for text in filter(None, [say_extras(entry)])]
    parts += [_put(entry.loose, above=1)] if entry.loose.strip() else []
    for section in entry.sections:
        parts += _build_section(section)
    for response in shown.responses:
        parts += _build_response(response)
    return Group(*parts)


def _build_response(response: Response) -> list[Padding]:
    head, *more = say_response(response)
    parts = [_put(head, "bold green", above=1), *(_put(line, "yellow") for line in more)]
    loose = (response.review.loose, *(section.loose for section in response.review.sections))
    parts += [_put(text, indent=3, above=1) for text in loose if text.strip()]
    for question in response.review.questions:
        if question.text.strip():
            parts.append(_put(question.wording or f"Question {question.number}", "cyan", above=1))
            parts.append(_put(question.text, indent=3, above=1))
    return parts


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
