"""What people call our commands who know them from elsewhere: a shell, git, jrnl, nb, an office suite."""

from __future__ import annotations

from types import MappingProxyType

#: By command; its own last word leads to it as well, wherever it is typed.
_OTHER_WORDS = MappingProxyType(
    {
        "reflect": "new add write create compose begin start entry note today now reflection",
        "reflect --help": "pack packs question questions prompts tools topics templates",
        "reflect resume": "continue draft drafts unfinished paused pending fg",
        "reflect support": "helpline crisis wellbeing care",
        "journal list": "ls ll dir log all index timeline entries recent browse",
        "journal show": "open view read cat print display export less more last latest",
        "journal search": "find grep rg query filter lookup",
        "journal edit": "change modify amend correct rewrite vi vim nano",
        "journal review": "answer respond reply comment feedback response",
        "journal agenda": "supervision meeting prepare",
        "journal init": "setup make mkdir clone register",
        "journal sync": "push pull fetch send receive upload download",
        "journal share": "publish",
        "journal unshare": "unpublish hide private withdraw",
        "journal resolve": "merge conflict conflicts",
        "journal history": "versions version diff revisions commits changes blame",
        "journal delete": "erase remove rm del trash unlink bin",
        "journal restore": "undelete undo recover revert checkout rollback back",
        "journal journals": "status st remote remotes notebooks folders",
        "journal config": "settings setting preferences options set configure",
        "journal actions": "action todo todos task tasks",
        "journal actions done": "finish finished complete completed tick close check",
        "journal actions drop": "cancel remove delete rm skip",
        "journal actions carry": "move postpone defer delay snooze reschedule",
    }
)


def find_meant(word: str, group: str) -> str | None:
    """Return the command that someone means by a word from another program, if it is one.

    Args:
        word: What was typed.
        group: The group it was typed after, as ``actions``: of several meanings, one in there comes first.
    """
    found = [
        command for command, others in _OTHER_WORDS.items() if word.casefold() in (command.split()[-1], *others.split())
    ]
    return next((command for command in found if group in command.split()[:-1]), found[0] if found else None)
