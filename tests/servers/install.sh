#!/usr/bin/env bash
# The servers that the tests start for themselves: Debian's Dovecot and PostgreSQL; systemd-analyze, which reads the
# service. Installs what is missing where it may, and says in one line what to install where it may not. Along with
# them come hunspell and its dictionaries; the tests of spelling are skipped without them.
set -euo pipefail

missing=()
[ -x /usr/sbin/dovecot ] && [ -e /usr/lib/dovecot/imap ] || missing+=(dovecot-imapd)
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
command -v openssl >/dev/null || missing+=(openssl)
command -v systemd-analyze >/dev/null || missing+=(systemd)
[ ${#missing[@]} -eq 0 ] && exit 0
command -v hunspell >/dev/null || missing+=(hunspell hunspell-hr hunspell-sr hunspell-hu hunspell-en-gb)

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "the tests need ${missing[*]}: run apt-get install ${missing[*]} as root" >&2
  exit 1
fi
