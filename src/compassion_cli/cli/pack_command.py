"""One subcommand for each pack, built from the top of its TOML file.

Annotations are evaluated where they stand here, not put off, because they depend on the pack.
"""

from typing import Annotated, Any

import typer

from compassion_cli.cli.environment import find_environment
from compassion_cli.cli.options import BlankOption, EditorOption, FromOption, JournalOption, PlainOption
from compassion_cli.core.pack_heading import PackHeading
from compassion_cli.core.text import enumerate_words
from compassion_cli.storage.packs import PackShelf

OnlyOption = Annotated[str, typer.Option(metavar="NUMBERS", help="Only these questions, as in 1,4.")]
SettingOption = Annotated[
    str, typer.Option(metavar="NAME", help="Who is there: individual, supervision or group. It is noted.")
]
PeopleOption = Annotated[
    str | None, typer.Option(metavar="NUMBER", help="With --setting group: how many take part; never who.")
]
TagOption = Annotated[list[str] | None, typer.Option(metavar="WORD", help="Note a tag. Can be given again.")]
PrivateOption = Annotated[bool, typer.Option("--private", help="Keep it in your private journal, never shared.")]


def build_command(heading: PackHeading, shelf: PackShelf) -> Any:
    """Return the Typer command that asks a pack, with the section option the pack calls for."""
    word = heading.section_name or "section"
    names = enumerate_words([*(section.id for section in heading.sections), "all"])
    section_option = typer.Option(
        f"--{word}",
        metavar="NAME",
        hidden=heading.section_name is None,
        help=f"Only this {word}: {names}. Can be given again.",
    )

    def ask_pack(
        ctx: typer.Context,
        *,
        section: Annotated[list[str] | None, section_option] = None,
        only: OnlyOption = "",
        setting: SettingOption = "",
        people: PeopleOption = None,
        tag: TagOption = None,
        blank: BlankOption = False,
        form: FromOption = None,
        private: PrivateOption = False,
        editor: EditorOption = False,
        plain: PlainOption = False,
        journal: JournalOption = None,
    ) -> None:
        from compassion_cli.cli.reflecting import Request, carry_out  # noqa: PLC0415 - help needs none of it

        request = Request(
            pack=heading.id,
            sections=section or (),
            only=[name.strip() for name in only.split(",") if name.strip()],
            setting=setting or None,
            people=people,
            tags=tag or (),
            blank=blank,
            form=form,
            private=private,
            editor=editor,
            plain=plain or bool(ctx.parent and ctx.parent.params.get("plain")),
            journal=journal,
        )
        carry_out(request, shelf, find_environment(ctx))

    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    help_text = f"{heading.summary}.\n\n{heading.title}, {heading.duration}."
    app.command(heading.id, help=help_text, short_help=f"{heading.summary} ({heading.duration})")(ask_pack)
    return typer.main.get_command(app)
