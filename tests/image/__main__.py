# ruff: noqa: T201 - it prints what it does and sees
"""Builds and runs the image without Docker: `python -m tests.image FOLDER` (root, debootstrap, network; minutes).

Each instruction of the Dockerfile is carried out by hand in a Debian 12 folder, which stands for the base image;
`--python PREFIX` lays another Python than Debian's into its /usr/local. Then the entry point runs as the
Dockerfile's user, process 1 of its own PID namespace, without capabilities, its root read-only, against a
private Dovecot and SMTP server: a mail is answered, the health check is asked, SIGTERM ends it.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import Queue

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.image import dockerfile
from tests.image.dockerfile import Instruction
from tests.servers.dovecot import DovecotServer

HERE = Path(__file__).parents[2]
PACKAGES = "ca-certificates,libbz2-1.0,libffi8,liblzma5,libncursesw6,libreadline8,libsqlite3-0,libssl3,zlib1g"

CONFIG = """
organisation: {{name: Primjer d.o.o., timezone: Europe/Zagreb, languages: [hr, en]}}
database: {{url: "sqlite:////var/lib/autoack/autoack.db"}}
people: {{ana: {{name: Ana Kovač, address: ana@primjer.example}}}}
mailboxes:
  support:
    address: podrska@primjer.example
    imap: {{host: 127.0.0.1, port: {imap}, security: none, username: {user}, password_file: imap-password}}
    smtp: {{host: 127.0.0.1, port: {smtp}, security: none, username: null}}
"""

LETTER = b"""From: Ivan Horvat <ivan@kupac.example>\r
To: podrska@primjer.example\r
Subject: Ne mogu se prijaviti\r
Message-ID: <prva@kupac.example>\r
\r
Dobar dan, od jutros se ne mogu prijaviti u aplikaciju. Molim pomo\xc4\x87.\r
"""

# The container: its own mounts and processes; the root read-only, /tmp and /proc fresh, the volume writable.
CONTAINER = """
set -eu
mount --bind "$ROOT" "$ROOT"
mount -o remount,bind,ro "$ROOT"
mount -t proc proc "$ROOT/proc"
mount -t tmpfs -o mode=1777,nosuid,nodev,noexec tmpfs "$ROOT/tmp"
mount --bind "$ETC" "$ROOT/etc/autoack"
mount -o remount,bind,ro "$ROOT/etc/autoack"
exec chroot "$ROOT" setpriv --reuid="$USER_ID" --regid="$GROUP_ID" --clear-groups --no-new-privs \\
    --bounding-set=-all --inh-caps=-all -- env -i -C "$WORKDIR" "$@"
"""


def main() -> None:
    """Build, then run."""
    parser = argparse.ArgumentParser(prog="python -m tests.image", description=__doc__)
    parser.add_argument("folder", type=Path, help="is made anew, except for its subfolder `debian`")
    parser.add_argument("--run", action="store_true", help="run what was built before")
    parser.add_argument("--python", type=Path, metavar="PREFIX", help="of an installed Python")
    arguments = parser.parse_args()
    image = Image(arguments.folder)
    if not arguments.run:
        image.debian(arguments.python)
        image.build()
    image.run()


class Image:
    """The image in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._base = self._folder / "debian"
        self._stages = dockerfile.stages(dockerfile.read(HERE / "Dockerfile"))

    # --- building ------------------------------------------------------------------------------------------

    def debian(self, python: Path | None) -> None:
        """The folder that stands for the base image."""
        if not (self._base / "etc/debian_version").exists():
            packages = PACKAGES if python else f"{PACKAGES},python3,python3-venv"
            _run("debootstrap", "--variant=minbase", f"--include={packages}", "bookworm", str(self._base))
        local = self._base / "usr/local"
        if python:
            _run("cp", "-a", f"{python}/.", str(local))
            (local / "bin/python").unlink(missing_ok=True)
            (local / "bin/python").symlink_to("python3")
            _run("chroot", str(self._base), "ldconfig")
        elif not (local / "bin/python").is_symlink():
            (local / "bin/python").symlink_to("/usr/bin/python3")
        # What the machine needs to reach the package index, the image needs too.
        for name in ("/etc/resolv.conf", "/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt"):
            if Path(name).exists():
                shutil.copy(name, self._base / name.lstrip("/"))

    def build(self) -> None:
        """Carry out the instructions of each stage on a copy of the base."""
        for name, instructions in self._stages.items():
            root = self._root(name)
            if root.exists():
                _run("rm", "-rf", "--one-file-system", str(root))
            _run("cp", "-a", str(self._base), str(root))
            environment = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
            environment["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
            workdir = "/"
            for instruction in instructions:
                print(f"[{name or 'image'}] {instruction.name} {instruction.rest}", flush=True)
                if instruction.name == "WORKDIR":
                    workdir = instruction.rest
                    (root / workdir.lstrip("/")).mkdir(parents=True, exist_ok=True)
                elif instruction.name == "ENV":
                    environment |= _assignments(instruction, environment)
                elif instruction.name == "COPY":
                    self._copy(instruction, root, workdir)
                elif instruction.name == "RUN":
                    command = ["chroot", str(root), "env", "-i", "-C", workdir]
                    _run(*command, *_as_words(environment), "sh", "-c", instruction.rest)

    def _copy(self, instruction: Instruction, root: Path, workdir: str) -> None:
        *sources, target = instruction.words()
        stage = instruction.options().get("from")
        into = root / os.path.join(workdir, target).lstrip("/")  # noqa: PTH118 - an absolute target wins
        origin = self._root(stage) if stage else HERE
        for source in sources:
            if source == ".":
                for name in _context():
                    _lay(origin / name, into / name)
            else:
                at = into / Path(source).name if target.endswith("/") else into
                _lay(origin / source.lstrip("/"), at)

    def _root(self, stage: str) -> Path:
        return self._folder / (stage or "image")

    # --- running -------------------------------------------------------------------------------------------

    def run(self) -> None:
        """The story: ready, a mail, its receipt, healthy, SIGTERM, gone."""
        with ExitStack() as stack:
            servers = stack.enter_context(_dovecot())
            taken: Queue[Envelope] = Queue()
            smtp = stack.enter_context(_smtp(taken))
            account = servers.user()
            etc = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            etc.chmod(0o755)
            config = CONFIG.format(imap=servers.port, smtp=smtp, user=account.name)
            (etc / "autoack.yaml").write_text(config)
            secret = etc / "imap-password"
            secret.write_text(account.password)
            secret.chmod(0o400)
            user, group = self._user()
            os.chown(secret, user, group)
            container = stack.enter_context(self._container(etc))
            _wait_for_event(container, "ready")
            account.append("INBOX", LETTER)
            began = time.monotonic()
            receipt = taken.get(timeout=30)
            print(f"receipt to {receipt.rcpt_tos[0]} after {time.monotonic() - began:.2f} s")
            self._show_health(container)
            self._show_confinement(container)
            began = time.monotonic()
            os.kill(_inside(container), signal.SIGTERM)
            _wait_for_event(container, "stopped")
            code = container.wait(15)
            print(f"SIGTERM: exit {code} after {time.monotonic() - began:.2f} s")
            if code != 0 or time.monotonic() - began > 10:
                sys.exit("it did not leave well")

    def _final(self) -> list[Instruction]:
        return self._stages[""]

    def _user(self) -> tuple[int, int]:
        user, _, group = dockerfile.last(self._final(), "USER").rest.partition(":")
        return int(user), int(group)

    def _environment(self) -> dict[str, str]:
        environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
        for instruction in self._final():
            if instruction.name == "ENV":
                environment |= _assignments(instruction, environment)
        return environment

    @contextmanager
    def _container(self, etc: Path) -> Iterator[subprocess.Popen[str]]:
        entry = dockerfile.last(self._final(), "ENTRYPOINT").exec_form() or []
        entry += dockerfile.last(self._final(), "CMD").exec_form() or []
        volume = self._root("") / dockerfile.last(self._final(), "VOLUME").rest.lstrip("/")
        user, group = self._user()
        script = CONTAINER.replace("exec chroot", f'mount --bind "$VOLUME" "{volume}"\nexec chroot')
        places = {
            "ROOT": str(self._root("")),
            "ETC": str(etc),
            "USER_ID": str(user),
            "GROUP_ID": str(group),
            "WORKDIR": dockerfile.last(self._final(), "WORKDIR").rest,
            "PATH": os.environ["PATH"],
        }
        with tempfile.TemporaryDirectory() as data:
            os.chown(data, user, group)
            command = [
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--propagation",
                "private",
                "--",
                "sh",
                "-c",
                script,
                "sh",
                *_as_words(self._environment()),
                *entry,
            ]
            process = subprocess.Popen(
                command, env=places | {"VOLUME": data}, stderr=subprocess.PIPE, text=True
            )
            try:
                yield process
            finally:
                process.kill()
                process.wait()

    def _show_health(self, container: subprocess.Popen[str]) -> None:
        check = dockerfile.last(self._final(), "HEALTHCHECK").rest.partition(" CMD ")[2]
        done = self._enter(container, "sh", "-c", check)
        print(f"health check: exit {done.returncode}: {done.stdout.strip()}")
        if done.returncode != 0:
            sys.exit(f"it is not healthy: {done.stderr}")

    def _show_confinement(self, container: subprocess.Popen[str]) -> None:
        status = Path(f"/proc/{_inside(container)}/status").read_text().splitlines()
        wanted = ("Uid:", "Gid:", "NSpid:", "CapEff:", "CapBnd:", "NoNewPrivs:")
        print("; ".join(" ".join(line.split()) for line in status if line.startswith(wanted)))
        done = self._enter(container, "sh", "-c", "touch /opt/autoack/x || touch /etc/x || touch /x")
        print(f"writing to the root: exit {done.returncode}: {done.stderr.splitlines()[0]}")
        if done.returncode == 0:
            sys.exit("its root can be written")

    def _enter(self, container: subprocess.Popen[str], *command: str) -> subprocess.CompletedProcess[str]:
        """What `docker exec` does."""
        user, group = self._user()
        enter = [
            "nsenter",
            f"--target={_inside(container)}",
            "--mount",
            "--pid",
            "--root",
            f"--setuid={user}",
            f"--setgid={group}",
            "--",
            "env",
            "-i",
            "-C",
            "/",
            *_as_words(self._environment()),
        ]
        return subprocess.run([*enter, *command], capture_output=True, text=True, check=False)


@contextmanager
def _dovecot() -> Iterator[DovecotServer]:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        server = DovecotServer(Path(name))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def _smtp(taken: Queue[Envelope]) -> Iterator[int]:
    """A server on loopback; its port."""

    class Handler:
        async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
            taken.put(envelope)
            return "250 2.0.0 taken"

    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    controller = Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def _wait_for_event(container: subprocess.Popen[str], event: str) -> None:
    """Read the log to the event."""
    assert container.stderr is not None
    for line in container.stderr:
        print(f"  {line.rstrip()}")
        if line.startswith("{") and json.loads(line)["event"] == event:
            return
    sys.exit(f"it ended before it was {event}")


def _inside(container: subprocess.Popen[str]) -> int:
    """The number of the container's process 1, seen from here."""
    return int(Path(f"/proc/{container.pid}/task/{container.pid}/children").read_text())


def _context() -> list[str]:
    """What .dockerignore lets through: it forbids everything, then allows some."""
    lines = (HERE / ".dockerignore").read_text().splitlines()
    return [line.removeprefix("!") for line in lines if line.startswith("!")]


def _lay(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        ignored = shutil.ignore_patterns("__pycache__") if source.is_relative_to(HERE) else None
        shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True, ignore=ignored)
    else:
        shutil.copy(source, target)


def _assignments(instruction: Instruction, known: dict[str, str]) -> dict[str, str]:
    pairs = dict(word.split("=", 1) for word in instruction.words())
    return {name: value.replace("$PATH", known.get("PATH", "")) for name, value in pairs.items()}


def _as_words(environment: dict[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in environment.items()]


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
