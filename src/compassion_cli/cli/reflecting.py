"""What ``reflect PACK`` does, once its options are read. Imported only then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from compassion_cli.cli.counting import ask_people, read_people
from compassion_cli.cli.desks import open_desk, say_saved, say_waiting
from compassion_cli.cli.environment import Environment
from compassion_cli.cli.opening import open_own_screen
from compassion_cli.cli.taking import hold, keeping_a_form, open_form_reader, read_form
from compassion_cli.core.errors import FormFaultError, UsageError
from compassion_cli.core.form import Setting
from compassion_cli.core.pack import Pack, Section
from compassion_cli.core.pack_heading import ALL
from compassion_cli.core.session import Session, begin, is_named, list_items
from compassion_cli.core.text import clean_line, enumerate_words, nearest
from compassion_cli.flows.ask_session import begin_draft, reflect
from compassion_cli.flows.fill_in_editor import reflect_in_editor
from compassion_cli.flows.take_form import reflect_from_form
from compassion_cli.formats.form_markdown import parse_form, render_form
from compassion_cli.storage.packs import PackShelf
from compassion_cli.terminal.frames import add_frame
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.menu import choose
from compassion_cli.terminal.screen import Screen


@dataclass(frozen=True)
class Request:
    """What somebody asked for on the command line."""

    pack: str
    sections: Sequence[str] = ()
    only: Sequence[str] = ()
    setting: str | None = None
    people: str | None = None
    tags: Sequence[str] = ()
    blank: bool = False
    form: str | None = None
    private: bool = False
    editor: bool = False
    plain: bool = False
    journal: str | None = None


def carry_out(request: Request, shelf: PackShelf, environment: Environment, reader: LineReader | None = None) -> None:
    """Ask the questions of a pack, print its form, or take a filled one.

    Args:
        request: What was asked for.
        shelf: The packs.
        environment: The world outside.
        reader: Who has been read from so far, if anybody: it may hold what was typed ahead.
    """
    pack = shelf.load(request.pack)
    screen = open_own_screen(plain=request.plain)
    is_first = reader is None
    reader = reader or open_form_reader(request.form, screen)
    if request.blank and request.form is None:
        _print_blank(_open_session(request, pack, screen, reader), screen)
        return
    with hold(reader, request.form):
        if request.form is not None:
            with keeping_a_form(pack, request.form, request.journal, reader, screen):
                _refuse_beside_form(request)
            desk = open_desk(request.journal, screen, reader, environment, private=request.private, asks_name=False)
            text, source = read_form(pack, request.form, desk, reader)
            if not (request.journal or request.private) and (begun_for := _find_journal_of(text)):
                desk = open_desk(begun_for, screen, reader, environment, asks_name=False)
            say_saved(reflect_from_form(pack, text, source, desk), desk, screen)
        else:
            if is_first:
                say_waiting(screen, environment.now())
            _ask(request, pack, environment, screen, reader)


def _ask(request: Request, pack: Pack, environment: Environment, screen: Screen, reader: LineReader) -> None:
    session = _open_session(request, pack, screen, reader)
    if session is None:
        return
    if session.setting is Setting.GROUP and session.people is None and screen.is_interactive:
        session = replace(session, people=ask_people(screen, reader))
    desk = open_desk(request.journal, screen, reader, environment, private=request.private)
    session = replace(session, read_date=desk.read_due)
    draft = begin_draft(session, desk)
    if request.editor:
        say_saved(reflect_in_editor(session, desk, draft), desk, screen)
    else:
        say_saved(reflect(session, environment.make_asker(screen, reader), desk, draft), desk, screen)


def _open_session(request: Request, pack: Pack, screen: Screen, reader: LineReader) -> Session | None:
    setting = _find_setting(pack, request.setting)
    people = read_people(request.people, setting, pack)
    sections = _choose_sections(request, pack, screen, reader)
    session = begin(pack, sections, request.only) if sections else None
    tags = tuple(filter(None, map(clean_line, request.tags)))
    return replace(session, setting=setting, people=people, tags=tags) if session else None


def _choose_sections(request: Request, pack: Pack, screen: Screen, reader: LineReader) -> Sequence[Section]:
    if ALL in request.sections or len(pack.sections) == 1 or not pack.section_name:
        return pack.sections
    if request.sections:
        return [pack.find_section(name) for name in request.sections]
    if request.blank:
        return pack.sections
    named = [[item.section for item in list_items(pack) if is_named(item, name)] for name in request.only]
    if named and all(len(sections) == 1 for sections in named):
        return [sections[0] for sections in named]
    if not all(named):
        return pack.sections
    if screen.is_interactive:
        return _ask_section(pack, screen, reader)
    names = [*(section.id for section in pack.sections), ALL]
    raise UsageError(
        f"{pack.id} needs to know which {pack.section_name}: {enumerate_words(names)}",
        f"reflect {pack.id} --{pack.section_name} {names[0]}",
    )


def _ask_section(pack: Pack, screen: Screen, reader: LineReader) -> Sequence[Section]:
    titles = [
        *(section.title for section in pack.sections),
        f"All of them, about {_total_minutes(pack)} minutes",
    ]
    place = choose(screen, reader, f"{pack.title}. Which {pack.section_name}?", titles)
    if place is None:
        return ()
    return pack.sections if place == len(pack.sections) else pack.sections[place : place + 1]


def _total_minutes(pack: Pack) -> int:
    return pack.minutes * len(pack.sections)


def _find_setting(pack: Pack, name: str | None) -> Setting | None:
    if name is None:
        return None
    if name.lower() in {setting.value for setting in pack.settings}:
        return Setting(name.lower())
    names = [setting.value for setting in pack.settings]
    raise UsageError(
        f'{pack.id} has no setting called "{name}"',
        f"--setting {nearest(name, names) or enumerate_words(names)}",
    )


def _print_blank(session: Session | None, screen: Screen) -> None:
    if session:
        hint = f"Write under each question, then: reflect {session.pack.id} --from FILE"
        comment = add_frame(hint, session.setting)
        screen.result(render_form(session.to_form(), comment=comment).rstrip("\n"))


def _find_journal_of(text: str) -> str | None:
    # A draft goes to the journal it was begun for, by whatever way.
    try:
        progress = parse_form(text).progress
    except FormFaultError:
        return None
    return progress.journal if progress else None


def _refuse_beside_form(request: Request) -> None:
    given = {
        "--only": request.only,
        "--setting": request.setting,
        "--people": request.people is not None,
        "--tag": request.tags,
        "--blank": request.blank,
        "--editor": request.editor,
        "the choice of a section": request.sections,
    }
    for name, value in given.items():
        if value:
            raise UsageError(f"--from takes everything from the form, so {name} has no place beside it", "leave it out")
    if not request.form:
        raise UsageError("--from was given no file", "--from FILE, or --from - for a pipe")
