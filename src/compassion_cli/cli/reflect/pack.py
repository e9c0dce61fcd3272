"""``reflect PACK``: one command for each pack, with the section option that the pack calls for.

Annotations are evaluated where they stand here, not put off, because they depend on the pack.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

import typer

from compassion_cli.cli.asking import open_asker, open_destination, open_keeper
from compassion_cli.cli.context import Context, find_context
from compassion_cli.cli.form_input import hold_input, keeping_a_form, open_form_reader, read_form_input
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import BlankOption, EditorOption, FromOption, JournalOption, PlainOption
from compassion_cli.cli.questions import ask_people, read_people
from compassion_cli.cli.reflect.waiting import say_waiting
from compassion_cli.cli.saved import say_saved
from compassion_cli.core.errors import FormFaultError, UsageError
from compassion_cli.core.form import Setting
from compassion_cli.core.pack import Pack, Section
from compassion_cli.core.pack_heading import ALL_SECTIONS, PackHeading
from compassion_cli.core.session import Session, begin_session, is_named, list_items
from compassion_cli.core.text import clean_line, enumerate_words, nearest
from compassion_cli.flows.ask_session import ask_session, begin_draft
from compassion_cli.flows.fill_in_editor import fill_in_editor
from compassion_cli.flows.take_form import take_form
from compassion_cli.formats.form_markdown import parse_form, render_form
from compassion_cli.terminal.frames import add_frame
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.menu import choose
from compassion_cli.terminal.screen import spell_commands

OnlyOption = Annotated[str, typer.Option(metavar="NUMBERS", help="Ask only these questions, as in 1,4.")]
SettingOption = Annotated[
    str, typer.Option(metavar="NAME", help="Who is taking part: individual, supervision or group.")
]
PeopleOption = Annotated[
    str | None,
    typer.Option(metavar="NUMBER", help="With --setting group: how many people take part (names are not kept)."),
]
TagOption = Annotated[
    list[str] | None, typer.Option(metavar="WORD", help="Add a tag. You can use this more than once.")
]
KeepPrivateOption = Annotated[
    bool, typer.Option("--private", help="Keep it in your private journal, which is never shared.")
]


def build_pack_command(heading: PackHeading) -> Any:
    """Return the Typer command that asks a pack."""
    word = heading.section_name or "section"
    names = enumerate_words([*(section.id for section in heading.sections), "all"])
    section_option = typer.Option(
        f"--{word}",
        metavar="NAME",
        hidden=heading.section_name is None,
        help=f"Use only this {word}: {names}. You can use this more than once.",
    )

    def run(
        ctx: typer.Context,
        *,
        section: Annotated[list[str] | None, section_option] = None,
        only: OnlyOption = "",
        setting: SettingOption = "",
        people: PeopleOption = None,
        tag: TagOption = None,
        blank: BlankOption = False,
        form: FromOption = None,
        private: KeepPrivateOption = False,
        editor: EditorOption = False,
        plain: PlainOption = False,
        journal: JournalOption = None,
    ) -> None:
        _refuse_loose_words(heading, ctx.args)
        context = find_context(ctx, plain=plain)
        choice = JournalChoice(context, journal)
        asked: dict[str, Any] = {
            "sections": section or (),
            "only": [name.strip() for name in only.split(",") if name.strip()],
            "setting": setting,
            "people": people,
            "tags": tag or (),
            "blank": blank,
        }
        if form is None:
            ask_pack(heading.id, context, choice, private=private, editor=editor, **asked)
        else:
            _take_filled_form(heading.id, form, choice, private=private, beside=asked | {"editor": editor})

    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    summary = f"{heading.summary}.\n\n{heading.title}, {heading.duration}."
    app.command(heading.id, help=summary, context_settings={"allow_extra_args": True})(run)
    return typer.main.get_command(app)


def _refuse_loose_words(heading: PackHeading, words: Sequence[str]) -> None:
    if not words:
        return
    names = {name: section.id for section in heading.sections for name in section.names}
    known = [names.get(nearest(word, names, likeness=0.65) or "") for word in words] if heading.section_name else [None]
    if all(known):
        options = " ".join(f"--{heading.section_name} {name}" for name in known)
        raise UsageError(f"the name of a {heading.section_name} comes after --{heading.section_name}", options)
    raise UsageError(f'"{" ".join(words)}" was not expected here', f"reflect {heading.id} --help")


def ask_pack(
    pack_id: str,
    context: Context,
    choice: JournalChoice,
    *,
    reader: LineReader | None = None,
    sections: Sequence[str] = (),
    only: Sequence[str] = (),
    setting: str = "",
    people: str | None = None,
    tags: Sequence[str] = (),
    blank: bool = False,
    private: bool = False,
    editor: bool = False,
) -> None:
    """Ask the questions of a pack and save the entry, or print its form.

    Args:
        pack_id: The pack.
        context: The run.
        choice: The journal it goes to.
        reader: Who has been read from so far, if anybody: it may hold what was typed ahead.
        sections: The names of the sections wanted; all, or those that are asked for, where there are none.
        only: Numbers, ids or keys of the questions wanted; all where there are none.
        setting: Who is there; empty where nobody said so.
        people: How many take part; None where nobody said so.
        tags: Words to find it by.
        blank: Only its form is wanted.
        private: It goes to the private journal.
        editor: The whole form is given to someone's own editor.
    """
    pack, screen = context.shelf.load(pack_id), context.screen
    reader, is_first = reader or context.reader, reader is None

    def open_session() -> Session | None:
        known_setting = _find_setting(pack, setting)
        count = read_people(people, known_setting, pack)
        chosen = _choose_sections(pack, context, reader, sections, only, blank=blank)
        if not chosen:
            return None
        words = tuple(filter(None, map(clean_line, tags)))
        return replace(begin_session(pack, chosen, only), setting=known_setting, people=count, tags=words)

    if blank:
        if session := open_session():
            _print_blank(session, context)
        return
    with reader.held():
        if is_first:
            say_waiting(context)
        session = open_session()
        if session is None:
            return
        if session.setting is Setting.GROUP and session.people is None and screen.is_interactive:
            session = replace(session, people=ask_people(screen, reader))
        destination = open_destination(choice, reader, private=private)
        session = replace(session, read_date=destination.read_due)
        keeper = open_keeper(begin_draft(session, context.now()), destination, context, reader)
        if editor:
            say_saved(fill_in_editor(session, keeper), keeper.destination, context)
        else:
            say_saved(ask_session(session, open_asker(context, reader), keeper), keeper.destination, context)


def _choose_sections(
    pack: Pack, context: Context, reader: LineReader, wanted: Sequence[str], only: Sequence[str], *, blank: bool
) -> Sequence[Section]:
    if ALL_SECTIONS in wanted or len(pack.sections) == 1 or not pack.section_name:
        return pack.sections
    if wanted:
        return [pack.find_section(name) for name in wanted]
    if blank:
        return pack.sections
    named = [[item.section for item in list_items(pack) if is_named(item, name)] for name in only]
    if named and all(len(sections) == 1 for sections in named):
        return [sections[0] for sections in named]
    if not all(named):
        return pack.sections
    if context.screen.is_interactive:
        return _ask_section(pack, context, reader)
    names = [*(section.id for section in pack.sections), ALL_SECTIONS]
    raise UsageError(
        f"{pack.id} needs to know which {pack.section_name}: {enumerate_words(names)}",
        f"reflect {pack.id} --{pack.section_name} {names[0]}",
    )


def _ask_section(pack: Pack, context: Context, reader: LineReader) -> Sequence[Section]:
    each = {section: pack.minutes_of(section) for section in pack.sections}
    titles = [f"{section.title}, about {minutes} minutes" for section, minutes in each.items()]
    everything = "Both" if len(each) == len(("one", "other")) else "All of them"
    titles += [f"{everything}, about {sum(each.values())} minutes"]
    place = choose(context.screen, reader, f"{pack.title}. Which {pack.section_name}?", titles)
    if place is None:
        return ()
    return pack.sections if place == len(pack.sections) else pack.sections[place : place + 1]


def _find_setting(pack: Pack, name: str) -> Setting | None:
    if not name:
        return None
    names = [setting.value for setting in pack.settings]
    if name.lower() in names:
        return Setting(name.lower())
    near = nearest(name, names)
    raise UsageError(
        f'{pack.id} has no setting called "{name}"',
        f"--setting {near}" if near else f"one of these: {enumerate_words(names)}",
    )


def _print_blank(session: Session, context: Context) -> None:
    hint = f"Write under each question, then: reflect {session.pack.id} --from FILE"
    comment = add_frame(spell_commands(hint), session.setting)
    context.screen.result(render_form(session.to_form(), comment=comment).rstrip("\n"))


def _take_filled_form(pack_id: str, form: str, choice: JournalChoice, *, private: bool, beside: dict[str, Any]) -> None:
    """Save a filled form as an entry.

    Args:
        pack_id: The pack it must be a form of.
        form: The file, as it was named.
        choice: The journal it goes to.
        private: It goes to the private journal.
        beside: What was given besides, and cannot be used with a form, which says it itself.
    """
    context = choice.context
    pack, screen = context.shelf.load(pack_id), context.screen
    reader = open_form_reader(form, screen)
    with hold_input(reader, form):
        with keeping_a_form(pack, form, choice, reader):
            _refuse_beside_form(form, beside)
        destination = open_destination(choice, reader, private=private, asks_name=False)
        text, source = read_form_input(pack, form, destination, reader, screen)
        if not (choice.given or private) and (begun_for := _find_journal_of(text)):
            destination = open_destination(JournalChoice(context, begun_for), reader, asks_name=False)
        find_earlier = context.shelf.find_earlier
        saved = take_form(pack, text, source, destination, screen, find_earlier=find_earlier)
        say_saved(saved, destination, context)


def _find_journal_of(text: str) -> str | None:
    # A draft goes to the journal it was begun for, by whatever way.
    try:
        progress = parse_form(text).progress
    except FormFaultError:
        return None
    return progress.journal if progress else None


#: What is said of options that cannot be used with a form, in the order in which they are looked at.
_BESIDE = {
    "only": "--only",
    "setting": "--setting",
    "people": "--people",
    "tags": "--tag",
    "blank": "--blank",
    "editor": "--editor",
    "sections": "the choice of a section",
}


def _refuse_beside_form(form: str, beside: dict[str, Any]) -> None:
    for key, name in _BESIDE.items():
        if beside[key] or (key == "people" and beside[key] is not None):
            raise UsageError(f"--from takes everything from the form, so {name} cannot be used with it", "leave it out")
    if not form:
        raise UsageError("--from needs a file", "--from FILE\nto read from a pipe: --from -")
