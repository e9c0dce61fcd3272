from __future__ import annotations

from dataclasses import asdict

import pytest

from compassion_cli.core.errors import UsageError
from compassion_cli.core.settings import Settings, is_folder, split_key
from compassion_cli.core.settings_model import SettingsModel


def test_what_holds_where_nothing_was_said_is_the_same_in_both_forms() -> None:
    assert SettingsModel().model_dump() == asdict(Settings())


@pytest.mark.parametrize(("key", "way"), [("plain", ("plain",)), ("journals.team", ("journals", "team"))])
def test_a_key_is_the_way_to_its_value(key: str, way: tuple[str, ...]) -> None:
    assert split_key(key) == way


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ("editr", "journal config editor"),
        ("journal.team", "journal config journals.NAME"),
        ("journals", "journal config journals.NAME"),
        ("journals.", "journal config journals.NAME"),
        ("zzzzzz", "journal config"),
    ],
)
def test_a_key_there_is_none_of_is_answered_with_the_nearest(key: str, remedy: str) -> None:
    with pytest.raises(UsageError) as error:
        split_key(key)
    assert error.value.remedy == remedy


def test_a_folder_is_told_from_a_name() -> None:
    assert [name for name in ("team", "~/team", "a/b", "C:\\team", "my-team") if is_folder(name)] == [
        "~/team",
        "a/b",
        "C:\\team",
    ]
