from __future__ import annotations

import pytest

from compassion_cli.core.errors import UsageError
from compassion_cli.core.settings import is_folder, split_key


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
