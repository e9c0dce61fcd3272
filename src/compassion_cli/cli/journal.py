"""The ``journal`` app: reading what was written, and changing it."""

from __future__ import annotations

from typing import Annotated

import typer

from compassion_cli.cli.actions import app as actions_app
from compassion_cli.cli.group import FriendlyGroup
from compassion_cli.cli.options import (
    AnsweredOption,
    AuthorOption,
    BlankOption,
    EditorOption,
    EntryArgument,
    FromOption,
    JournalOption,
    JsonOption,
    LensOption,
    NumberOption,
    PackOption,
    PlainOption,
    PrivateOption,
    SinceOption,
    TagFilterOption,
    UnreviewedOption,
    UntilOption,
    VersionOption,
)

app = typer.Typer(
    name="journal",
    cls=FriendlyGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Read the reflections in your journal, and change them.",
    epilog="Write one with: reflect",
)


app.add_typer(actions_app)


@app.callback(invoke_without_command=True)
def show_help(ctx: typer.Context, *, _version: VersionOption = False) -> None:
    """Show what there is, where no command was named."""
    if ctx.invoked_subcommand is None:
        print(ctx.get_help())


@app.command("list")
def list_command(
    ctx: typer.Context,
    *,
    number: NumberOption = "20",
    since: SinceOption = "",
    until: UntilOption = "",
    pack: PackOption = "",
    lens: LensOption = "",
    tag: TagFilterOption = "",
    author: AuthorOption = "",
    unreviewed: UnreviewedOption = False,
    answered: AnsweredOption = False,
    private: PrivateOption = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """List entries, newest first."""
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.filtering import Filters, read_count, read_query  # noqa: PLC0415
    from compassion_cli.cli.listing import list_entries  # noqa: PLC0415
    from compassion_cli.cli.opening import find_me  # noqa: PLC0415

    filters = Filters(
        since=since, until=until, pack=pack, lens=lens, tag=tag, author=author, unreviewed=unreviewed, answered=answered
    )
    query = read_query(filters, find_environment(ctx).now, find_me)
    list_entries(journal, query, read_count(number), private=private, as_json=as_json, plain=plain)


@app.command("show")
def show_command(
    ctx: typer.Context,
    *,
    entry: EntryArgument = "latest",
    number: NumberOption = "",
    since: SinceOption = "",
    until: UntilOption = "",
    pack: PackOption = "",
    lens: LensOption = "",
    tag: TagFilterOption = "",
    author: AuthorOption = "",
    unreviewed: UnreviewedOption = False,
    answered: AnsweredOption = False,
    on_this_day: Annotated[
        bool, typer.Option("--on-this-day", help="What was written on this day in earlier years.")
    ] = False,
    private: PrivateOption = False,
    raw: Annotated[bool, typer.Option("--raw", help="The file as it is.")] = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Show an entry with the responses to it.

    The latest, unless you name another. With filters, all that match, oldest first.
    """
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.filtering import Filters, read_count, read_query  # noqa: PLC0415
    from compassion_cli.cli.opening import find_me  # noqa: PLC0415
    from compassion_cli.cli.showing import ShowRequest, show  # noqa: PLC0415

    filters = Filters(
        since=since, until=until, pack=pack, lens=lens, tag=tag, author=author, unreviewed=unreviewed, answered=answered
    )
    now = find_environment(ctx).now
    query = read_query(filters, now, find_me)._replace(anniversary=now().date() if on_this_day else None)
    limit = read_count(number, "journal show") if number else None
    show(ShowRequest(journal, entry, query, limit, private=private, raw=raw, as_json=as_json, plain=plain))


@app.command("search")
def search_command(
    ctx: typer.Context,
    *,
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS", help='What has to be there, all of it; "several words" are one phrase.'),
    ],
    regex: Annotated[bool, typer.Option("--regex", help="WORDS is a regular expression.")] = False,
    number: NumberOption = "20",
    since: SinceOption = "",
    until: UntilOption = "",
    pack: PackOption = "",
    lens: LensOption = "",
    tag: TagFilterOption = "",
    author: AuthorOption = "",
    unreviewed: UnreviewedOption = False,
    answered: AnsweredOption = False,
    private: PrivateOption = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Find words in what was written.

    Also in the responses; whatever the capitals and accents. Newest first.
    """
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.filtering import Filters, read_count, read_query  # noqa: PLC0415
    from compassion_cli.cli.opening import find_me  # noqa: PLC0415
    from compassion_cli.cli.searching import search_entries  # noqa: PLC0415
    from compassion_cli.core.search import parse_regex, parse_words  # noqa: PLC0415

    filters = Filters(
        since=since, until=until, pack=pack, lens=lens, tag=tag, author=author, unreviewed=unreviewed, answered=answered
    )
    query = read_query(filters, find_environment(ctx).now, find_me)
    search = parse_regex(words) if regex else parse_words(words)
    limit = read_count(number, "journal search WORDS")
    search_entries(journal, search, query, limit, private=private, as_json=as_json, plain=plain)


@app.command("edit")
def edit_command(
    ctx: typer.Context,
    *,
    entry: EntryArgument = "latest",
    kept: Annotated[str, typer.Option("--from", metavar="FILE", help="Go on with an edit that was kept.")] = "",
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Change an entry in your own editor.

    The latest, unless you name another.
    """
    from compassion_cli.cli.editing import edit  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415

    edit(journal, entry, kept, find_environment(ctx), plain=plain)


@app.command("review")
def review_command(
    ctx: typer.Context,
    *,
    entry: Annotated[
        str, typer.Argument(metavar="ENTRY", help="The entry, named as for show; all that wait where none is named.")
    ] = "",
    edit_own: Annotated[bool, typer.Option("--edit", help="Change your own response in your own editor.")] = False,
    blank: BlankOption = False,
    form: FromOption = None,
    editor: EditorOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Read an entry by somebody else, and respond. What they wrote stays as it is."""
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.reviewing import ReviewRequest, review  # noqa: PLC0415

    request = ReviewRequest(journal, entry, edit=edit_own, blank=blank, form=form, editor=editor, plain=plain)
    review(request, find_environment(ctx))


@app.command("agenda")
def agenda_command(
    ctx: typer.Context,
    *,
    person: Annotated[str, typer.Option("--for", metavar="NAME", help="Only what concerns this person.")] = "",
    since: Annotated[
        str, typer.Option(metavar="DATE", help="From this day on; left out, since the last meeting recorded.")
    ] = "",
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Put together the page for a supervision meeting.

    What was written since the last one, what waits for a response, what is to be done, what was flagged with the tag
    supervision, what has rested for a while, and a few questions to open with. Nothing private is on it. As Markdown,
    where it goes into a file.
    """
    from compassion_cli.cli.agenda import show_agenda  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415

    show_agenda(journal, person, since, find_environment(ctx), plain=plain)


@app.command("init")
def init_command(
    *,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Where it should be.")] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="What you will call it, as in --journal NAME.")] = "",
    remote: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to share it: a folder, or an address.")] = "",
    clone: Annotated[str, typer.Option(metavar="ADDRESS", help="Take a journal that is shared there.")] = "",
    plain: PlainOption = False,
) -> None:
    """Make a journal, give one a name, or say where it is shared."""
    from compassion_cli.cli.initialising import InitRequest, make_journal  # noqa: PLC0415 - help needs none of it

    make_journal(InitRequest(folder, name, remote, clone, plain=plain))


@app.command("sync")
def sync_command(
    *,
    join: Annotated[
        bool, typer.Option("--join", help="Make one journal of this and another that is there, by somebody else.")
    ] = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Fetch what others have shared, and send what is new here."""
    from compassion_cli.cli.syncing import sync_journals  # noqa: PLC0415 - help needs none of it

    sync_journals(journal, joins=join, plain=plain)


@app.command("share")
def share_command(
    ctx: typer.Context,
    *,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="A private entry, named as for show.")] = "latest",
    yes: Annotated[bool, typer.Option("--yes", help="Share it without being asked.")] = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Move a private entry into the shared journal. Shows it, and asks first."""
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.sharing import share  # noqa: PLC0415

    share(journal, entry, find_environment(ctx), yes=yes, plain=plain)


@app.command("resolve")
def resolve_command(
    ctx: typer.Context,
    *,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="The entry, named as for show.")],
    keep: Annotated[str, typer.Option(metavar="WHICH", help="this, other or both, without being asked.")] = "",
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Choose a version of an entry that two people changed."""
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.resolving import resolve  # noqa: PLC0415

    resolve(journal, entry, keep, find_environment(ctx), plain=plain)


@app.command("history")
def history_command(
    *,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="The entry, named as for show.")] = "latest",
    number: Annotated[str, typer.Option("--show", metavar="NUMBER", help="Print this version.")] = "",
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """List the versions of an entry, or show an older one."""
    from compassion_cli.cli.past import show_history  # noqa: PLC0415 - help needs none of it

    show_history(journal, entry, number, plain=plain)


@app.command("journals")
def journals_command(*, plain: PlainOption = False) -> None:
    """List your journals, with what waits to be sent."""
    from compassion_cli.cli.journals import list_journals  # noqa: PLC0415 - help needs none of it

    list_journals(plain=plain)


@app.command("config")
def config_command(
    ctx: typer.Context,
    *,
    key: Annotated[str, typer.Argument(metavar="KEY", help="One setting, such as name or journals.team.")] = "",
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help="What it should be from now on.")] = None,
    unset: Annotated[bool, typer.Option("--unset", help="Take the setting out of your file.")] = False,
    edit_file: Annotated[bool, typer.Option("--edit", help="Open your file of settings in your own editor.")] = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Show your settings, or change one."""
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.settings import SettingsRequest, carry_out  # noqa: PLC0415

    request = SettingsRequest(key, value, unset=unset, edit=edit_file, as_json=as_json, plain=plain)
    carry_out(request, find_environment(ctx))
