#!/usr/bin/env bash
# Takes the pictures of the README: a receipt and a digest, as the demo sent them, in a phone's width.
set -euo pipefail
python=$1
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -r "$tmp"' EXIT

"$python" -m autoack demo --once --out "$tmp/mails" >/dev/null
take() { # NAME WIDTH,HEIGHT GLOB
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run --disable-sync \
    --disable-background-networking --disable-component-update --force-device-scale-factor=2 \
    --user-data-dir="$tmp/chromium" --window-size="$2" --screenshot="$here/$1.png" "file://$(echo "$tmp"/mails/$3)" \
    2>/dev/null
}
take receipt 420,548 '*-receipt-ivan-horvat.html'
take digest 420,604 '*-tue-*-digest-*.html'
