#!/usr/bin/env bash
# The servers that the tests start for themselves: Debian's Dovecot and PostgreSQL; and systemd-analyze, which reads
# the service. Installs what is missing where
# it may, and says in one line what to install where it may not.
set -euo pipefail

missing=()
[ -x /usr/sbin/dovecot ] && [ -e /usr/lib/dovecot/imap ] || missing+=(dovecot-imapd)
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
command -v openssl >/dev/null || missing+=(openssl)
command -v systemd-analyze >/dev/null || missing+=(systemd)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "the tests need ${missing[*]}: run apt-get install ${missing[*]} as root" >&2
  exit 1
fi
