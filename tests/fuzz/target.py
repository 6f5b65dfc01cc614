"""What the fuzzer runs, in a process of its own: its instruments go into the modules as they are imported."""

import sys

import atheris

with atheris.instrument_imports(include=["autoack.core", "autoack.letters", "email", "html"]):
    from tests.fuzz.judge import path


def main() -> None:
    """Hand over to libFuzzer: the arguments are the command that starts this anew, then its own options."""
    judge = path()
    atheris.Setup(sys.argv[1:], judge)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
