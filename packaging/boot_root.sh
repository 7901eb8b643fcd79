#!/bin/sh
# Make dist/boot-root: a Debian with the terminal's package installed, for the container boot test.
# Needs root, mmdebstrap and the package (`make deb`); about five minutes.
set -eu
cd "$(dirname "$0")/.."
out=${1:-dist}
package=$(ls "$out"/kiosk-terminal_*.deb 2>/dev/null | tail -1)
missing=""
[ "$(id -u)" -eq 0 ] || missing="$missing root"
command -v mmdebstrap >/dev/null || missing="$missing mmdebstrap"
[ -n "$package" ] || missing="$missing $out/kiosk-terminal_*.deb(make-deb)"
if [ -n "$missing" ]; then
    echo "cannot make a root to boot; missing:$missing" >&2
    exit 3
fi
. /etc/os-release
rm -rf "$out/boot-root"
mmdebstrap --variant=minbase --mode=root --include=systemd,systemd-sysv,dbus,polkitd,ca-certificates \
    --customize-hook="copy-in $package /tmp" \
    --customize-hook='chroot "$1" sh -c "DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends /tmp/kiosk-terminal_*.deb && rm /tmp/*.deb"' \
    "$VERSION_CODENAME" "$out/boot-root" /etc/apt/sources.list.d/debian.sources
echo "$out/boot-root: $(du -sh "$out/boot-root" | cut -f1)"
