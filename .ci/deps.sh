#!/bin/sh
# deps.sh PACKAGE ... — installs the Debian packages that are missing; does nothing, and asks nothing, when all are there.
set -eu
if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "zhibiao: this is not a Debian system; install these packages' equivalents, then run make again:" >&2
    echo "  $*" >&2
    # the tools may be there all the same: let the compiler decide
    command -v cc >/dev/null 2>&1 && command -v pkg-config >/dev/null 2>&1 && pkg-config --exists gsl sqlite3 libcjson && exit 0
    exit 1
fi
missing=
for package in "$@"; do
    case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
        "install ok installed") ;;
        *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0
echo "zhibiao: installing$missing" >&2
sudo=
if [ "$(id -u)" != 0 ]; then
    sudo=$(command -v sudo) || {
        echo "zhibiao: not root and no sudo: ask an administrator to run: apt-get install$missing" >&2
        exit 1
    }
fi
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
$sudo apt-get install -y --no-install-recommends $missing >/dev/null 2>&1 && exit 0
$sudo apt-get update -q >/dev/null
# shellcheck disable=SC2086
$sudo apt-get install -y --no-install-recommends $missing >/dev/null
