#!/bin/sh
# Install what is missing on a Debian 12: apt packages, uv, the locked environment.
# Runs as root or with sudo, says what it does, and is quick when nothing is missing.
set -eu
cd "$(dirname "$0")/.."

PACKAGES="python3 python3-venv python3-dev build-essential pkg-config git ca-certificates
 pcscd libpcsclite-dev vsmartcard-vpcd iproute2 util-linux libsystemd-dev
 libegl1 libgl1 libglib2.0-0 libfontconfig1 libfreetype6 libxkbcommon0 libdbus-1-3
 libx11-6 libxcb1 libxcb-cursor0 libxkbcommon-x11-0 libx11-xcb1 libxcb-glx0 libxcb-icccm4
 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-render0
 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1
  swtpm libtss2-tcti-swtpm0 libtss2-esys-3.0.2-0 libtss2-rc0 libtss2-dev nftables
  fontconfig postgresql softhsm2 nginx-light chromium chromium-driver
  fonts-noto-core fonts-noto-cjk tesseract-ocr-eng tesseract-ocr-chi-tra unicode-data"
UV_VERSION=0.13.9

missing=""
for package in $PACKAGES; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
if [ -n "$missing" ]; then
    echo "== apt packages:$missing"
    root=""
    [ "$(id -u)" -eq 0 ] || root="sudo"
    $root apt-get update -qq
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

if [ ! -x .tools/bin/uv ]; then
    echo "== uv $UV_VERSION into .tools"
    python3 -m venv .tools
    .tools/bin/pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
fi

echo "== locked environment into .venv"
.tools/bin/uv sync --frozen --all-extras --quiet
