#!/usr/bin/env bash
# Installs what the tests meet for real: databases, a browser, packet filters, programs that take files. Only what is missing, only as root on
# Debian; anywhere else it says what is missing, and the suites that need it are skipped by name. It never fails the run.
# With `long`, also what only the long tests meet.
set -u

has() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]; }
has_initdb() { has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_requests() { /usr/bin/python3 -c 'import requests' 2>/dev/null; }
has_packaging() { /usr/bin/python3 -c 'import packaging' 2>/dev/null; }
has_django() { /usr/bin/python3 -c 'import django' 2>/dev/null; }
has_chromium() { [ -x "${BULWARK_CHROMIUM:-/usr/bin/chromium}" ]; }

missing=()
need() { # package, then the test for it
  local package=$1
  shift
  "$@" || missing+=("$package")
}

find_missing() {
  missing=()
  need postgresql has_initdb
  need pgbouncer has pgbouncer
  need mariadb-server has mariadbd
  need redis-server has redis-server
  need chromium has_chromium
  need iproute2 has ip
  need util-linux has unshare
  need openssl has openssl
  need time has time
  need python3-requests has_requests
  need nftables has nft
  need iptables has iptables-restore
  need sqlmap has sqlmap
  need git has git
  need curl has curl
  need openssh-client has ssh
  need python3 has python3
  need python3-django has_django
  need python3-packaging has_packaging
  need rsync has rsync
  need zip has zip
  need unzip has unzip
  need imagemagick has magick
  need clamav-daemon has clamd
  need nginx has nginx
  [ "${1:-}" = long ] || return 0
  need pre-commit has pre-commit
  need ffmpeg has ffmpeg
  need ghostscript has gs
}

install_missing() {
  # The packages would start their services, on the ports of real ones; the tests start their own.
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
  fi
  local options=(-y -q -o Acquire::Retries=2 -o Acquire::http::Timeout=30 -o DPkg::Lock::Timeout=120)
  export DEBIAN_FRONTEND=noninteractive
  apt-get update "${options[@]}" </dev/null >/dev/null
  # All at once is quicker; one by one saves the others when one cannot be had.
  if ! apt-get install "${options[@]}" --no-install-recommends "${missing[@]}" </dev/null >/dev/null; then
    local package
    for package in "${missing[@]}"; do
      apt-get install "${options[@]}" --no-install-recommends "$package" </dev/null >/dev/null
    done
  fi
}

find_missing "$@"
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && has apt-get; then
  echo "Installing ${missing[*]} for the tests." >&2
  install_missing
  find_missing "$@"
fi
for package in "${missing[@]+"${missing[@]}"}"; do
  echo "Not installed: $package. The suites that need it are skipped." >&2
done
# The tests alone need better-sqlite3, and it is compiled for a minute: `npm ci` does without.
if [ -d node_modules/better-sqlite3 ] && ! node -e "new (require('better-sqlite3'))(':memory:')" 2>/dev/null; then
  echo 'Compiling better-sqlite3 for the tests.' >&2
  npm explore better-sqlite3 -- npm run install </dev/null >/dev/null 2>&1 ||
    echo 'Not compiled: better-sqlite3. The suites that need it are skipped.' >&2
fi
# What is too large for the project's own packages has a folder with a lock of its own.
install_folder() {
  # The tests look at the same mark.
  cmp -s "$1/package-lock.json" "$1/node_modules/.bulwark-lock" && return
  echo "Installing the packages of $1 for the tests." >&2
  (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund </dev/null >/dev/null 2>&1 && cp package-lock.json node_modules/.bulwark-lock) ||
    echo "Not installed: the packages of $1. The suites that need them are skipped." >&2
}
install_folder checks/next
[ "${1:-}" = long ] && install_folder checks/workerd
exit 0
