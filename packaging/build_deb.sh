#!/bin/sh
# Build the Debian package of a role: terminal, fleet or register. `make deb` calls this.
#
#   sh packaging/build_deb.sh ROLE [FOLDER]
#
# The environment is a relocatable one on Debian's own Python: an interpreter of uv's would have an
# OpenSSL that no TPM provider can be loaded into. So the package fits the Debian it is built on
# (3.11 on 12, 3.13 on 13). What comes from the index is held against the hashes of uv.lock.
set -eu
cd "$(dirname "$0")/.."
role=$1
out=${2:-dist}
python=/usr/bin/python3
uv=${UV:-.tools/bin/uv}
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)}"
export SOURCE_DATE_EPOCH
version=$("$python" -c 'import re; print(re.search(r"^version = \"(.*)\"", open("pyproject.toml").read(), re.M)[1])')
minor=$("$python" -c 'import sys; print(f"{sys.version_info.major}.{sys.version_info.minor}")')
next=$("$python" -c 'import sys; print(f"{sys.version_info.major}.{sys.version_info.minor + 1}")')
arch=$(dpkg --print-architecture)
began=$(date +%s)

case $role in
terminal)
    home=opt/kiosk extra=terminal
    depends="cage, seatd, xwayland, pcscd, libccid, polkitd, nftables, usbguard, alsa-utils,
 systemd-timesyncd, systemd-resolved, fonts-noto-core, fonts-noto-cjk, tesseract-ocr-eng, tesseract-ocr-chi-tra,
 unicode-data, libgl1, libegl1, libxkbcommon0, libfontconfig1, libdbus-1-3, libwayland-cursor0, libwayland-egl1, libtss2-esys-3.0.2-0 | libtss2-esys-3.0.2-0t64,
 libtss2-rc0 | libtss2-rc0t64, libtss2-tctildr0 | libtss2-tctildr0t64, libtss2-tcti-device0 | libtss2-tcti-device0t64,
 libtss2-fapi1 | libtss2-fapi1t64, tpm-udev"
    # What Debian 13's libtss2 was split into; an extension built there wants it.
    [ "$minor" = 3.11 ] || depends="$depends, libtss2-policy0t64"
    about="Identity-registration terminal: engine, screens, sync, updates, provisioning" ;;
fleet)
    home=opt/fleet extra=fleet
    depends="nginx-light | nginx, postgresql-client"
    about="Operations' server of identity-registration terminals" ;;
register)
    home=opt/register extra=enrolment
    depends="postgresql-client"
    about="Reference server of the central register" ;;
*) echo "no such role: $role" >&2; exit 2 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root/$home" "$root/DEBIAN" "$out"

echo "== environment of $role on Python $minor"
"$uv" venv --quiet --relocatable --no-project --python "$python" "$root/$home/venv"
"$uv" export --quiet --frozen --no-dev --no-group demo --extra "$extra" --no-emit-project \
    -o "$work/required.txt" >/dev/null
# With hashes: what the index serves is what was locked, or nothing is built.
"$uv" pip install --quiet --no-deps --require-hashes --python "$root/$home/venv/bin/python" -r "$work/required.txt"
wheel=$("$python" packaging/role_wheel.py "$role" "$work")
# The installer's own notes hold the wheel's path here and its time.
"$uv" pip install --quiet --no-deps --no-index --no-installer-metadata \
    --python "$root/$home/venv/bin/python" "$wheel"

echo "== what is shipped beside it"
place() { install -D -m "${3:-644}" "$1" "$root/$2"; }
doc=usr/share/doc/kiosk-$role
if [ "$role" = terminal ]; then
    place packaging/terminal/start usr/lib/kiosk/start 755
    for unit in packaging/terminal/units/*; do place "$unit" "usr/lib/systemd/system/${unit##*/}"; done
    etc=packaging/terminal/etc
    place $etc/sysusers.conf usr/lib/sysusers.d/kiosk.conf
    place $etc/tmpfiles.conf usr/lib/tmpfiles.d/kiosk.conf
    place $etc/preset usr/lib/systemd/system-preset/50-kiosk.preset
    place $etc/polkit.rules usr/share/polkit-1/rules.d/50-kiosk.rules
    place $etc/udev.rules usr/lib/udev/rules.d/70-kiosk.rules
    place $etc/sysctl.conf usr/lib/sysctl.d/60-kiosk.conf
    place $etc/modprobe.d/kiosk.conf usr/lib/modprobe.d/kiosk.conf
    place $etc/systemd/logind.conf.d/kiosk.conf usr/lib/systemd/logind.conf.d/kiosk.conf
    place $etc/systemd/journald@kiosk.conf "usr/lib/systemd/journald@kiosk.conf.d/kiosk.conf"
    place $etc/systemd/pcscd.service.d/kiosk.conf usr/lib/systemd/system/pcscd.service.d/kiosk.conf
    # Rules that lock a machine are examples until provisioning or the image puts them in force.
    place $etc/kiosk.nft usr/share/kiosk/kiosk.nft
    place $etc/usbguard.rules usr/share/kiosk/usbguard.rules
    for page in operations runbooks incidents provisioning installation; do place "docs/$page.md" "$doc/$page.md"; done
else
    for unit in packaging/servers/kiosk-"$role".* packaging/servers/kiosk-"$role"-*; do
        [ ! -e "$unit" ] || place "$unit" "usr/lib/systemd/system/${unit##*/}"
    done
    place packaging/servers/sysusers.conf "usr/lib/sysusers.d/kiosk-$role.conf"
    place packaging/servers/tmpfiles.conf "usr/lib/tmpfiles.d/kiosk-$role.conf"
    place packaging/servers/postgresql.sql "usr/share/kiosk-$role/postgresql.sql"
    if [ "$role" = fleet ]; then
        place packaging/fleet/nginx.conf usr/share/kiosk-fleet/nginx.conf
        for unit in packaging/servers/kiosk-backup.*; do place "$unit" "usr/lib/systemd/system/${unit##*/}"; done
    fi
fi
# Licences of everything from the index, by the index's own metadata.
"$root/$home/venv/bin/python" -c '
import importlib.metadata as m
for one in sorted(m.distributions(), key=lambda d: d.name.lower()):
    about = one.metadata
    print(one.name, one.version, about.get("License-Expression") or (about.get("License") or "?").splitlines()[0][:80])
' > "$work/licences"
place "$work/licences" "$doc/licences.txt"
find "$root" -name __pycache__ -prune -exec rm -rf {} +

cat > "$root/DEBIAN/control" <<CONTROL
Package: kiosk-$role
Version: $version
Architecture: $arch
Maintainer: Terminal project <terminal@example.invalid>
Section: misc
Priority: optional
Depends: python3 (>= $minor), python3 (<< $next), systemd (>= 252), $depends
Description: $about
 Built from one tree with locked dependencies; see $doc.
CONTROL
cat > "$root/DEBIAN/postinst" <<'POSTINST'
#!/bin/sh
set -e
if [ "$1" = configure ]; then
    systemd-sysusers
    systemd-tmpfiles --create || true
    if [ -d /run/systemd/system ]; then
        systemctl daemon-reload
    fi
fi
POSTINST
chmod 755 "$root/DEBIAN/postinst"
sh packaging/digests.sh "$root"
find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
package=$out/kiosk-${role}_${version}_${arch}.deb
dpkg-deb --root-owner-group -Zzstd --build "$root" "$package" >/dev/null
echo "$package: $(du -h "$package" | cut -f1), $(du -sh "$root" | cut -f1) installed, $(( $(date +%s) - began )) s"
