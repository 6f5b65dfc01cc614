"""What ops deploy: the image, compose, the systemd service. No Docker engine is needed; `python -m tests.image`
carries out the whole Dockerfile by hand."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from autoack import __version__
from autoack.cli import COMMANDS, main
from autoack.letters.lint.variables import KNOWN
from autoack.letters.templates import Templates
from autoack.settings import load
from tests.image import dockerfile
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer

ROOT = Path(__file__).parents[1]
DOCKERFILE = ROOT / "Dockerfile"
SERVICE = ROOT / "config/autoack.service"
STAGES = dockerfile.stages(dockerfile.read(DOCKERFILE))
IMAGE = STAGES[""]


# --- the image -------------------------------------------------------------------------------------------------


def test_the_program_is_started_without_a_shell_so_that_sigterm_reaches_it() -> None:
    assert dockerfile.last(IMAGE, "ENTRYPOINT").exec_form() == ["autoack"]
    assert dockerfile.last(IMAGE, "CMD").exec_form() == ["run"]
    assert dockerfile.last(IMAGE, "STOPSIGNAL").rest == "SIGTERM"


def test_it_runs_as_a_user_who_is_not_root_given_by_number_and_is_so_until_the_end() -> None:
    user, group = dockerfile.last(IMAGE, "USER").rest.split(":")
    assert int(user) > 0
    assert int(group) > 0
    after_user = [i.name for i in IMAGE[IMAGE.index(dockerfile.last(IMAGE, "USER")) :]]
    assert not {"RUN", "COPY", "ADD"} & set(after_user)


def test_nothing_is_installed_that_the_locks_do_not_name_with_a_hash() -> None:
    runs = [i.rest for stage in STAGES.values() for i in stage if i.name == "RUN"]
    commands = [command for run in runs for command in run.split("&&")]
    installs = [command for command in commands if re.search(r"pip\b.* (install|wheel|download) ", command)]
    assert len(installs) == 4
    for command in installs:
        assert "--require-hashes" in command or "--no-deps" in command, command
    assert not [command for command in commands if re.search(r"\b(curl|wget|apt-get|npm)\b", command)]


def test_the_tools_that_build_the_wheel_are_in_the_lock_with_all_they_need(tmp_path: Path) -> None:
    extract = next(i.rest for i in STAGES["build"] if "build.lock" in i.rest).partition("&&")[0]
    shutil.copy(ROOT / "requirements-dev.lock", tmp_path)
    subprocess.run(["sh", "-c", extract], cwd=tmp_path, check=True)
    lines = (tmp_path / "build.lock").read_text().splitlines()
    named = {line.partition("==")[0] for line in lines if "==" in line}
    assert named == _needs_of("hatchling")
    assert all("--hash=sha256:" in line for line in lines if "==" not in line)


def _needs_of(package: str) -> set[str]:
    """The package and everything that it needs, here and now."""
    found, open_ = set(), [package]
    while open_:
        name = open_.pop()
        if name not in found:
            found.add(name)
            needs = [Requirement(text) for text in metadata.requires(name) or []]
            open_ += [r.name for r in needs if r.marker is None or r.marker.evaluate({"extra": ""})]
    return found


def test_the_build_sees_what_the_wheel_is_made_of_and_nothing_else() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    let_through = {line.removeprefix("!") for line in rules if line.startswith("!")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    wanted = {*wheel["packages"], *wheel["force-include"], "pyproject.toml"}
    wanted |= {project["project"]["readme"], *project["project"]["license-files"]}
    locks = {"requirements.lock", "requirements-dev.lock"}
    assert let_through == wanted | locks


@pytest.mark.parametrize(
    ("age", "healthy"), [(0, True), (20, True), (40, False), (100_000, False), (None, False)]
)
def test_healthy_is_who_has_given_a_sign_of_life_within_30_seconds(
    age: int | None, healthy: bool, tmp_path: Path
) -> None:
    file = tmp_path / "autoack.alive"
    if age is not None:
        file.touch()
        os.utime(file, (file.stat().st_mtime - age,) * 2)
    command = dockerfile.last(IMAGE, "HEALTHCHECK").rest.partition(" CMD ")[2]
    done = subprocess.run(
        ["sh", "-c", command],
        env={"PATH": os.environ["PATH"], "RUNTIME_DIRECTORY": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode == 0) is healthy
    assert done.returncode in (0, 1)  # the only ones that Docker knows


# --- compose ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "config/compose.yaml").read_text())
    return found


@pytest.mark.parametrize("name", ["autoack", "db"])
def test_a_container_has_no_more_rights_than_it_needs(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "/tmp" in service["tmpfs"]
    assert "ports" not in service


def test_secrets_reach_the_containers_as_files_and_stand_nowhere_else(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert {name for service in services.values() for name in service["secrets"]} == set(compose["secrets"])
    assert all(set(secret) == {"file"} for secret in compose["secrets"].values())
    for service in services.values():
        for name, value in service["environment"].items():
            assert not re.search(r"//[^/@]*:[^/@]*@", value), "a password in a URL"
            if re.search("PASSWORD|TOKEN|SECRET|PASSFILE", name):
                assert value.removeprefix("/run/secrets/") in service["secrets"]


def test_the_daemon_has_time_to_finish_what_is_in_hand(compose: dict[str, Any]) -> None:
    service = compose["services"]["autoack"]
    assert service["stop_grace_period"] == "15s"
    assert service["init"] is True
    assert service["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert service["image"] == f"autoack:{__version__}"


def test_the_database_is_healthy_once_it_answers_where_the_daemon_asks(compose: dict[str, Any]) -> None:
    check = compose["services"]["db"]["healthcheck"]["test"]
    assert check[:2] == ["CMD", "pg_isready"]
    assert "--host=127.0.0.1" in check
    assert set(compose["services"]["db"]["networks"]) < set(compose["services"]["autoack"]["networks"])
    assert compose["networks"]["inside"] == {"internal": True}


# --- the service -----------------------------------------------------------------------------------------------


@pytest.fixture
def systemd_analyze() -> str:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.fail("this test needs systemd-analyze: apt-get install systemd")
    return program


def test_systemd_finds_nothing_wrong_with_the_service(systemd_analyze: str, tmp_path: Path) -> None:
    unit = tmp_path / SERVICE.name
    # The program is not installed here; another one stands in for it.
    unit.write_text(SERVICE.read_text().replace("/opt/autoack/bin/autoack", sys.executable))
    done = subprocess.run([systemd_analyze, "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_service_is_well_confined(systemd_analyze: str) -> None:
    """systemd's own measure of exposure, 0 to 10: up to 2 is what it calls OK."""
    command = [systemd_analyze, "security", "--offline=true", "--threshold=20", "--no-pager", str(SERVICE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-300:]


def test_the_service_waits_for_mailboxes_for_ever_and_for_its_end_15_seconds() -> None:
    lines = SERVICE.read_text().splitlines()
    for line in (
        "Type=notify",
        "NotifyAccess=main",
        "TimeoutStartSec=infinity",
        "TimeoutStopSec=15",
        "WatchdogSec=60",
        "Restart=on-failure",
        "RestartPreventExitStatus=2",
        "DynamicUser=yes",
        "StateDirectory=autoack",
        "LoadCredential=imap-password:/etc/autoack/imap-password",
    ):
        assert line in lines


# --- the daemon as these start it ------------------------------------------------------------------------------


@pytest.fixture
def service_manager(tmp_path: Path) -> Iterator[socket.socket]:
    """Listens as systemd does."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(30)
        yield listener


def test_the_service_manager_hears_that_it_is_ready_alive_and_stopping(
    dovecot: DovecotServer, smtp: SmtpServer, service_manager: socket.socket, tmp_path: Path
) -> None:
    config = {
        "organisation": {"name": "Primjer d.o.o.", "timezone": "Europe/Zagreb"},
        "people": {"ana": {"name": "Ana Kovač", "address": "ana@primjer.example"}},
        "mailboxes": {"support": _mailbox(dovecot, smtp)},
    }
    (tmp_path / "autoack.yaml").write_text(json.dumps(config))
    environ = os.environ | {
        "NOTIFY_SOCKET": str(tmp_path / "notify"),
        "WATCHDOG_USEC": "60000000",
        "RUNTIME_DIRECTORY": str(tmp_path),
    }
    command = [sys.executable, "-m", "autoack", "run", "--config", str(tmp_path / "autoack.yaml")]
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True) as daemon:
        try:
            heard = _hear(service_manager, "READY=1")
            assert "WATCHDOG=1" in heard
            assert (tmp_path / "autoack.alive").exists()
            daemon.send_signal(signal.SIGTERM)
            assert _hear(service_manager, "STOPPING=1")
            log = daemon.communicate(timeout=10)[1]
        finally:
            daemon.kill()
    events = [json.loads(line)["event"] for line in log.splitlines() if line.startswith("{")]
    assert daemon.returncode == 0, log
    assert events[-1] == "stopped"
    assert [event for event in events if event in ("watching", "ready")] == ["watching", "ready"]


def _mailbox(dovecot: DovecotServer, smtp: SmtpServer) -> dict[str, Any]:
    account = dovecot.user()
    imap = {"host": dovecot.host, "port": dovecot.port, "security": "none"}
    return {
        "address": "podrska@primjer.example",
        "imap": imap | {"username": account.name, "password": account.password},
        "smtp": {"host": smtp.host, "port": smtp.port, "security": "none", "username": None},
    }


def _hear(service_manager: socket.socket, wanted: str) -> list[str]:
    """What was said up to that."""
    heard: list[str] = []
    while wanted not in heard:
        heard += service_manager.recv(4096).decode().split("\n")
    return heard


# --- the configuration to start from ---------------------------------------------------------------------------

CONFIG = ROOT / "config/autoack.yaml"


def test_lint_finds_nothing_in_the_texts_to_start_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--config", str(CONFIG)]) == 0
    told = capsys.readouterr()
    assert told.out.endswith(": nothing found\n")
    assert "warning" not in told.err


def test_a_copy_with_its_password_is_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = shutil.copytree(CONFIG.parent, tmp_path / "etc")
    (copy / "imap-password").write_text("a password\n")
    assert main(["check", "--offline", "--config", str(copy / CONFIG.name)]) == 0
    assert "good" in capsys.readouterr().out


def test_the_texts_lie_where_the_configuration_says_in_every_language_that_it_offers() -> None:
    settings = load(CONFIG, {}, secrets=False)
    answers = {path.name for path in settings.texts.answers.glob("*.md")}
    ids = {name.partition(".")[0] for name in answers}
    assert len(ids) >= 3
    languages = settings.desk.organisation.languages
    assert answers == {f"{one}.{language}.md" for one in ids for language in languages}
    assert {path.name for path in settings.texts.templates.glob("*.md")} == {"receipt.hr.md", "receipt.en.md"}


@pytest.mark.parametrize("language", ["hr", "en"])
def test_a_template_to_start_from_takes_the_built_in_ones_place(language: str) -> None:
    values = dict.fromkeys(KNOWN["receipt"], "")
    values |= {"salutation": "S,", "ref": "AA-1111-1111", "subject": "Jabuke", "from_name": "Primjer"}
    own = Templates(CONFIG.parent / "templates")
    text = own.render("receipt", language, values).text
    assert own.problems == []
    assert text != Templates().render("receipt", language, values).text


# --- the documents ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["README.md", "docs/operating.md", "docs/architecture.md"])
def test_every_command_that_the_documents_name_exists(name: str) -> None:
    known = {command for group in COMMANDS.values() for command, _, _ in group}
    named = re.findall(r"`(?:sudo )?autoack ([a-z]+)", (ROOT / name).read_text())
    assert set(named) <= known, set(named) - known
