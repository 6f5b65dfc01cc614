"""A private Dovecot for the tests: the fixture `dovecot`, with a fresh mailbox for each `user()`.

    def test_it(dovecot: DovecotServer) -> None:
        account = dovecot.user()
        uid = account.append("INBOX", b"Subject: Pozdrav\r\n\r\nDobar dan\r\n")

All mailboxes have Sent, Drafts, Junk and Trash (RFC 6154). `account` speaks IMAP by a plain connection of
its own, so that what it tells of a folder does not come from the code under test.
"""

import base64
import contextlib
import grp
import hashlib
import hmac
import itertools
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from imapclient import IMAPClient, SocketTimeout

from tests.servers.certificates import Certificate, make_certificate
from tests.servers.memory import fast_place

START_WITHIN = 20.0  # seconds until Dovecot must answer

_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal_user}
default_internal_group = {internal_group}
default_login_user = {login_user}
first_valid_uid = 1
mail_uid = {uid}
mail_gid = {gid}
mail_home = {folder}/mail/%u
mail_location = maildir:~/mail
mail_fsync = never
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
ssl = yes
ssl_cert = <{cert_file}
ssl_key = <{key_file}
login_trusted_networks =
mail_plugins = acl
plugin {{
  acl = vfile
}}
protocol imap {{
  mail_max_userip_connections = 3000
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
userdb {{
  driver = static
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = create
    special_use = \\Sent
  }}
  mailbox Drafts {{
    auto = create
    special_use = \\Drafts
  }}
  mailbox Junk {{
    auto = create
    special_use = \\Junk
  }}
  mailbox Trash {{
    auto = create
    special_use = \\Trash
  }}
}}
service anvil {{
  client_limit = 7000
  # no growing pauses for an address whose logins failed: all tests come from one
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service auth {{
  client_limit = 7000
}}
service imap {{
  process_limit = 3000
  # a process serves one session after another: starting one costs more than what most tests say to it
  service_count = 1000
}}
service imap-login {{
  chroot =
  service_count = 0
  client_limit = 3000
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
"""

# Tokens are JSON Web Tokens signed with this key: Dovecot checks them by itself.
TOKEN_KEY = b"a key that signs the tests' tokens"
_OAUTH2_CONFIG = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = sub
"""


@dataclass
class Account:
    """A mailbox: `name` and `password` log in. Its helpers raise imapclient's errors."""

    host: str
    port: int
    name: str
    password: str
    _connection: Any = field(default=None, repr=False)

    def append(
        self,
        folder: str,
        octets: bytes,
        flags: Sequence[str] = (),
        received_at: datetime | None = None,
    ) -> int:
        """Lays a mail into `folder`, made if need be, as a delivery would; returns its UID.

        `received_at` (aware) becomes its INTERNALDATE; without it, now.
        """
        client = self.connection()
        if not client.folder_exists(folder):
            client.create_folder(folder)
        answer = client.append(folder, octets, flags, received_at)
        found = re.search(rb"APPENDUID \d+ (\d+)", answer)
        assert found is not None, answer
        return int(found[1])

    def snapshot(self, folder: str = "INBOX") -> dict[int, tuple[frozenset[str], bytes]]:
        """Every mail of `folder` by UID: its flags, without \\Recent (RFC 3501 §2.3.2), and its octets."""
        client = self.connection()
        client.select_folder(folder, readonly=True)
        uids = client.search()
        found = client.fetch(uids, ["FLAGS", "BODY.PEEK[]"]) if uids else {}
        client.unselect_folder()
        return {
            uid: (frozenset(flag.decode() for flag in items[b"FLAGS"]) - {"\\Recent"}, items[b"BODY[]"])
            for uid, items in found.items()
        }

    def messages(self, folder: str = "INBOX") -> list[bytes]:
        """The octets of every mail of `folder`, oldest UID first."""
        return [octets for _, (_, octets) in sorted(self.snapshot(folder).items())]

    def set_flags(self, folder: str, uid: int, flags: Sequence[str]) -> None:
        """Sets the flags of one mail to exactly these, as a mail client would."""
        client = self.connection()
        client.select_folder(folder)
        client.set_flags([uid], flags)
        client.unselect_folder()

    def delete(self, folder: str, uid: int) -> None:
        """Removes one mail for good."""
        client = self.connection()
        client.select_folder(folder)
        client.delete_messages([uid])
        client.expunge([uid])
        client.unselect_folder()

    def access_token(self, *, key: bytes = TOKEN_KEY) -> str:
        """A token that logs in by XOAUTH2; signed with another `key`, one that is refused."""
        claims = {"sub": self.name, "exp": 2**32, "iat": 0}
        head, body = (
            _base64url(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims)
        )
        signature = hmac.new(key, head + b"." + body, hashlib.sha256).digest()
        return b".".join((head, body, _base64url(signature))).decode()

    def connection(self) -> Any:
        """The account's own imapclient connection, opened when first needed."""
        if self._connection is None:
            client = IMAPClient(self.host, self.port, ssl=False, timeout=SocketTimeout(10, 30))
            client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.normalise_times = False
            client.login(self.name, self.password)
            self._connection = client
        return self._connection

    def disconnect(self) -> None:
        """Ends the account's own connection, if there is one."""
        if self._connection is not None:
            with contextlib.suppress(IMAPClient.Error, OSError):
                self._connection.logout()
            self._connection = None


class DovecotServer:
    """Dovecot on loopback. `port` speaks plain IMAP and STARTTLS, `tls_port` TLS; `ca_file` vouches for it as
    localhost and 127.0.0.1. `stop()` and `start()` play an outage on the same ports."""

    host = "127.0.0.1"
    password = "tajna-lozinka"

    def __init__(self, folder: Path) -> None:
        self.port, self.tls_port = _free_ports(2)
        self._folder = folder
        self._certificate = make_certificate(folder)
        self.ca_file = self._certificate.ca_file
        self._process: subprocess.Popen[bytes] | None = None
        self._accounts: list[Account] = []
        self._numbers = itertools.count(1)
        self._configuration = folder / "dovecot.conf"
        _write_configuration(self._configuration, folder, self)

    @property
    def certificate(self) -> Certificate:
        """The files of the server's certificate."""
        return self._certificate

    def user(self) -> Account:
        """A new account with an empty mailbox."""
        account = Account(self.host, self.port, f"user{next(self._numbers)}@primjer.example", self.password)
        self._accounts.append(account)
        return account

    def place(self, account: Account, folder: str = "INBOX") -> Path:
        """Where the folder (of ASCII name, at the top) lies as a Maildir."""
        home = self._folder / "mail" / account.name / "mail"
        return home if folder == "INBOX" else home / f".{folder}"

    def restrict(self, account: Account, folder: str, rights: str) -> None:
        """The account's owner has no other rights in the folder than these (RFC 4314 §2.1)."""
        (self.place(account, folder) / "dovecot-acl").write_text(f"owner {rights}\n")

    def back_up(self, account: Account, folder: str, to: Path) -> None:
        """Copies the folder as it is, to `to`."""
        self._copy(account, self.place(account, folder), to)

    def restore(self, account: Account, folder: str, backup: Path) -> None:
        """The folder is what it was when it was copied, and the server does not tell."""
        place = self.place(account, folder)
        shutil.rmtree(place)
        self._copy(account, backup, place)

    def _copy(self, account: Account, source: Path, target: Path) -> None:
        account.disconnect()  # a session of its own would know better
        subprocess.run(["cp", "--archive", "--no-target-directory", source, target], check=True)

    def start(self) -> None:
        """Starts the server and returns when it answers on both ports."""
        # pdeathsig: the server does not outlive the test run (its main thread), not even one that was killed.
        command = ["setpriv", "--pdeathsig", "TERM", "--", _dovecot(), "-F", "-c", str(self._configuration)]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
        deadline = time.monotonic() + START_WITHIN
        for port in (self.port, self.tls_port):
            while not _answers(self.host, port):
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"Dovecot did not start:\n{self.log()}")
                time.sleep(0.02)  # between two looks at a process that is starting

    def stop(self) -> None:
        """Stops the server with all its connections, and returns when it is gone."""
        for account in self._accounts:
            account.disconnect()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=20)
            with contextlib.suppress(
                ProcessLookupError
            ):  # processes of its own linger with clients that idle
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process = None

    def log(self) -> str:
        """What the server logged so far."""
        path = self._folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""


@pytest.fixture(scope="session")
def dovecot() -> Iterator[DovecotServer]:
    """The session's Dovecot (see DovecotServer)."""
    folder = Path(tempfile.mkdtemp(prefix="autoack-dovecot-", dir=fast_place()))
    try:
        folder.chmod(0o755)  # its login process runs as another user
        server = DovecotServer(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _dovecot() -> str:
    path = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if path is None:
        raise RuntimeError("these tests need Dovecot: apt-get install dovecot-imapd")
    return path


def _write_configuration(path: Path, folder: Path, server: DovecotServer) -> None:
    # Dovecot opens no mail as root: there mail belongs to nobody, and its other processes to its own users.
    root = os.geteuid() == 0
    me = pwd.getpwuid(os.geteuid())
    owner = pwd.getpwnam("nobody") if root else me
    mail = folder / "mail"
    mail.mkdir()
    os.chown(mail, owner.pw_uid, owner.pw_gid)
    (folder / "keys/default/HS256").mkdir(parents=True)
    (folder / "keys/default/HS256/default").write_bytes(base64.b64encode(TOKEN_KEY))
    (folder / "oauth2.conf").write_text(_OAUTH2_CONFIG.format(folder=folder))
    path.write_text(
        _CONFIG.format(
            folder=folder,
            internal_user="dovecot" if root else me.pw_name,
            internal_group="dovecot" if root else grp.getgrgid(me.pw_gid).gr_name,
            login_user="dovenull" if root else me.pw_name,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            cert_file=server.certificate.cert_file,
            key_file=server.certificate.key_file,
            password=server.password,
            port=server.port,
            tls_port=server.tls_port,
        )
    )


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [int(probe.getsockname()[1]) for probe in probes]


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def _base64url(octets: bytes) -> bytes:
    return base64.urlsafe_b64encode(octets).rstrip(b"=")
