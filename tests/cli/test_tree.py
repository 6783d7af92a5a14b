# SPDX-License-Identifier: Apache-2.0
import click

from optout_desktop.cli.commands import optout
from optout_desktop.cli.tree import Command, Group, shared_options


def every(command):
    yield command
    if isinstance(command, click.Group):
        for one in command.commands.values():
            yield from every(one)


def test_every_command_knows_the_shared_options_once():
    shared = {name for option in shared_options() for name in option.opts}

    for command in every(optout):
        names = [name for option in command.params for name in option.opts]
        assert shared <= set(names), command.name
        assert len(names) == len(set(names)), command.name


def test_every_command_says_what_it_does():
    assert [command.name for command in every(optout) if not command.help] == []


def test_a_group_makes_groups_and_commands_of_its_own_kind():
    group = Group("outer")
    inner = group.group("inner")(lambda: None)
    leaf = inner.command("leaf")(lambda: None)

    assert isinstance(inner, Group)
    assert isinstance(leaf, Command)
