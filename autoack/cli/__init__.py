"""The commands: thin; each calls the app, a flow or the core, and prints.

A command's module is imported when it is used, so that `autoack --help` costs nothing.
"""

import importlib
from collections.abc import Sequence

import click

from autoack import __version__
from autoack.errors import AutoackError, ConfigError

# group → (command, module, one line of help)
COMMANDS: dict[str, list[tuple[str, str, str]]] = {
    "To begin": [
        ("demo", "autoack.cli.demo", "Show the whole product: a support week on a fast clock."),
        ("init", "autoack.cli.configure", "Write a commented autoack.yaml."),
        ("check", "autoack.cli.check", "Check the configuration, then every server that it names."),
        ("lint", "autoack.cli.lint", "Check templates and answers: wording, form, spelling."),
        ("schema", "autoack.cli.configure", "Print the configuration's JSON Schema, for editors."),
    ],
    "To run": [
        ("run", "autoack.cli.run", "Run the daemon."),
        ("pause", "autoack.cli.hold", "Hold back what goes to customers."),
        ("resume", "autoack.cli.hold", "Let go what was held back."),
        ("db", "autoack.cli.database", "Upgrade or check the database."),
    ],
    "To understand": [
        ("explain", "autoack.cli.explain", "What would happen to these mails, and why."),
        ("preview", "autoack.cli.explain", "The receipt that a mail would get."),
        ("deadline", "autoack.cli.deadline", "A policy's promises and steps, and how they are counted."),
    ],
    "Threads": [
        ("threads", "autoack.cli.threads", "List the open threads."),
        ("show", "autoack.cli.threads", "Show one thread with its timeline."),
        ("close", "autoack.cli.acts", "Close a thread."),
        ("reopen", "autoack.cli.acts", "Open a closed thread again."),
        ("snooze", "autoack.cli.acts", "Put a thread aside until a time."),
        ("assign", "autoack.cli.acts", "Give a thread to a person."),
        ("ignore", "autoack.cli.acts", "Mark a thread as no customer's matter."),
    ],
    "What goes out, what could not come in": [
        ("outbox", "autoack.cli.outbox", "What is waiting, failed or in doubt."),
        ("quarantine", "autoack.cli.quarantine", "Mails that could not be taken in."),
        ("digest", "autoack.cli.digest", "The nightly digest."),
    ],
}


class Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for group in COMMANDS.values() for name, _, _ in group]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for group in COMMANDS.values():
            for name, module, _ in group:
                if name == cmd_name:
                    command: click.Command = getattr(importlib.import_module(module), name)
                    return command
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, group in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name, text) for name, _, text in group])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="autoack")
def autoack() -> None:
    """Receipts, reminders and a nightly digest for teams that answer customers from ordinary mail clients."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code: 0 done, 1 what was checked does not hold, 2 wrong use or config."""
    try:
        code = autoack.main(arguments, prog_name="autoack", standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        return _refused(error)
    except ConfigError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        return 2
    except AutoackError as error:
        click.echo(f"autoack: {error}", err=True)
        return 1
    except SystemExit:
        return 0  # click's way to say that the reader of our output has gone: nobody is left to be told
    return code if isinstance(code, int) else 0


def _refused(error: click.ClickException) -> int:
    """Wrong use, in one line."""
    hint = ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        hint = f" (see {error.ctx.command_path} --help)"
    click.echo(f"autoack: {error.format_message()}{hint}", err=True)
    return error.exit_code
