"""Reads a Dockerfile: its instructions, in order, with continued lines joined and comments left out."""

import json
import shlex
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Instruction:
    """One instruction: `RUN`, and what follows it on its line."""

    name: str
    rest: str

    def options(self) -> dict[str, str]:
        """`--from=build` and the like."""
        words = [word for word in self.rest.split() if word.startswith("--")]
        return dict(word.removeprefix("--").split("=", 1) for word in words)

    def words(self) -> list[str]:
        """What follows the options, as a shell would cut it."""
        return [word for word in shlex.split(self.rest) if not word.startswith("--")]

    def exec_form(self) -> list[str] | None:
        """The command as a JSON array, without a shell; None where it is written for a shell."""
        return list(json.loads(self.rest)) if self.rest.startswith("[") else None


def read(path: Path) -> list[Instruction]:
    """The instructions of the file."""
    lines = [line for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
    whole = "\n".join(lines).replace("\\\n", " ")
    return [Instruction(*line.split(maxsplit=1)) for line in whole.splitlines()]


def stages(instructions: list[Instruction]) -> dict[str, list[Instruction]]:
    """The instructions of each stage by its name; the last, which has none, is ""."""
    found: dict[str, list[Instruction]] = {}
    for instruction in instructions:
        if instruction.name == "FROM":
            _, _, name = instruction.rest.partition(" AS ")
            found[name] = []
        elif found:
            found[list(found)[-1]].append(instruction)
    return found


def last(instructions: list[Instruction], name: str) -> Instruction:
    """The instruction of that name that holds."""
    return [instruction for instruction in instructions if instruction.name == name][-1]
