from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.settings import Settings
from compassion_cli.formats.settings_toml import SettingsFaultError
from compassion_cli.storage.places import find_employers_file, find_settings_file
from compassion_cli.storage.settings import change_setting, load_settings, unset_setting


@pytest.fixture
def own() -> Path:
    path = find_settings_file()
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def employers() -> Path:
    path = find_employers_file()
    path.parent.mkdir(parents=True)
    return path


def test_without_files_the_built_in_settings_hold_and_none_is_made() -> None:
    assert load_settings() == Settings()
    assert not find_settings_file().exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other places")
def test_the_files_are_where_the_system_keeps_settings(home: Path, tmp_path: Path) -> None:
    assert find_settings_file() == home / ".config/compassion-cli/config.toml"
    assert find_employers_file() == tmp_path / "employer/compassion-cli/config.toml"


def test_the_employers_hold_where_the_persons_own_say_nothing(own: Path, employers: Path) -> None:
    employers.write_text('plain = true\neditor = "notepad"\n')
    own.write_text('editor = "nano"\n')
    assert load_settings() == Settings(plain=True, editor="nano")


def test_a_fault_names_whose_file_which_line_and_what_to_do(own: Path, employers: Path) -> None:
    own.write_text("\nplain = 1\n")
    with pytest.raises(SettingsFaultError) as error:
        load_settings()
    assert f'your settings cannot be used ({own}, line 2): "plain"' in error.value.what
    assert error.value.remedy == "journal config --edit"
    employers.write_text("plan = true\n")
    with pytest.raises(SettingsFaultError) as error:
        load_settings()
    assert f'your employer\'s settings cannot be used ({employers}, line 1): "plan"' in error.value.what
    assert error.value.remedy == "tell whoever looks after this computer"


def test_what_is_no_text_or_no_file_is_said_in_a_sentence(own: Path) -> None:
    own.write_bytes(b'name = "Zo\xeb"\n')
    with pytest.raises(SettingsFaultError, match="it is not UTF-8 text"):
        load_settings()
    own.unlink()
    own.mkdir()
    with pytest.raises(SettingsFaultError, match="cannot be used"):
        load_settings()
    with pytest.raises(SettingsFaultError, match="cannot be used"):
        change_setting("plain", "yes")
    assert own.is_dir()


def test_a_file_that_may_not_be_opened_is_said_in_a_sentence(own: Path, nobody: None) -> None:
    own.write_text("plain = true")
    own.chmod(0)
    with pytest.raises(SettingsFaultError, match="you do not have permission"):
        load_settings()


def test_a_change_is_kept_for_its_owner_alone_and_leaves_nothing_else_behind() -> None:
    change_setting("name", "  Sam   Ex\udcebmple ")
    change_setting("journals.team", "~/team")
    assert load_settings() == Settings(name="Sam Exëmple", journals={"team": "~/team"})
    path = find_settings_file()
    assert [file.name for file in path.parent.iterdir()] == ["config.toml"]
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    unset_setting("name")
    assert load_settings().name == ""


def test_a_change_to_a_file_with_a_mark_at_its_beginning_keeps_what_is_in_it(own: Path) -> None:
    own.write_bytes(b"\xef\xbb\xbfplain = true\r\n# mine\r\n")
    change_setting("git", "no")
    assert load_settings() == Settings(plain=True, git=False)
    assert b"# mine\r\n" in own.read_bytes()


@pytest.mark.parametrize(
    ("key", "words", "remedy"),
    [
        ("journals.Team", "x", "small letters, digits and single hyphens"),
        ("journals.team", " ", "one line of text"),
        ("default_journal", "nowhere", ""),
    ],
)
def test_what_could_not_be_used_is_refused_before_it_is_written(own: Path, key: str, words: str, remedy: str) -> None:
    own.write_text("# mine\n")
    with pytest.raises(SettingsFaultError) as error:
        change_setting(key, words)
    assert (error.value.remedy, error.value.safe) == (remedy, "Your settings have not changed.")
    assert own.read_text() == "# mine\n"


def test_a_fault_is_mended_by_setting_its_key_and_named_when_another_is_set(own: Path) -> None:
    own.write_text('plain = "yes"\n')
    with pytest.raises(SettingsFaultError, match=r"config\.toml, line 1"):
        change_setting("name", "Sam")
    assert own.read_text() == 'plain = "yes"\n'
    change_setting("plain", "yes")
    assert load_settings() == Settings(plain=True)


def test_journals_that_are_no_table_are_named_and_stay_as_they_are(own: Path) -> None:
    own.write_text("journals = 3\n")
    with pytest.raises(SettingsFaultError, match=r"config\.toml, line 1\): \"journals\" has a value"):
        change_setting("journals.team", "~/team")
    with pytest.raises(SettingsFaultError, match=r"config\.toml, line 1\): \"journals\" has a value"):
        unset_setting("journals.team")
    assert own.read_text() == "journals = 3\n"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_file_kept_elsewhere_with_a_link_to_it_is_changed_where_it_is(own: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("plain = true\n")
    own.symlink_to(tmp_path / "mine.toml")
    change_setting("git", "no")
    assert own.is_symlink()
    assert (tmp_path / "mine.toml").read_text() == "plain = true\ngit = false\n"


def test_a_folder_that_may_not_be_written_to_is_said(own: Path, nobody: None) -> None:
    own.parent.chmod(0o555)
    with pytest.raises(ReflectError, match="you do not have permission"):
        change_setting("plain", "yes")
    own.parent.chmod(0o755)
