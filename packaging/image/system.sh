#!/bin/sh
# From Debian's packages and ours to a root that is read block by block against one number.
#
#   system.sh OUT KEYS     in a mount namespace of its own; build.sh calls it
#
# Makes OUT/root.img (erofs, its dm-verity tree behind it), OUT/root.hash, OUT/root.where, with TRIAL
# set the same of another version as OUT/next.*; OUT/vmlinuz, OUT/initrd, OUT/os-release, OUT/sbom.json, OUT/licences.txt.
set -eu
cd "$(dirname "$0")/../.."
out=$(readlink -f "$1") keys=$(readlink -f "$2")
here=packaging/image
package=$(ls "$out"/trixie/kiosk-terminal_*.deb)
version=$(dpkg-deb -f "$package" Version)

# Nothing is written into Debian's root: ours lies over it.
layers=$out/layers root=$out/layers/root
rm -rf "$layers"
mkdir -p "$layers/ours" "$layers/work" "$root"
mount -t overlay overlay -o "lowerdir=$out/system,upperdir=$layers/ours,workdir=$layers/work" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/tmp"
mount --bind /dev "$root/dev"
inroot() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" chroot "$root" "$@"; }

echo "== what is ours"
cp "$package" "$root/tmp/package.deb"
# dpkg, not apt: whatever is missing is missing in system.list, and nothing comes unasked.
inroot dpkg --install /tmp/package.deb >/dev/null 2>&1
# What is no Python finds its libraries and tables here, or each terminal does without: blind, or unsigned.
inroot /opt/kiosk/venv/bin/python -B -c '
import PySide6.QtQuick, smartcard.scard, systemd.daemon, tpm2_pytss
from kiosk.vision.__main__ import commercial_codes
commercial_codes()'
cp -r --no-preserve=ownership $here/tree/. "$root/"
install -m 755 $here/slots.py "$root/usr/lib/kiosk/slots"
cp "$root/usr/share/kiosk/kiosk.nft" "$root/etc/nftables.conf"
sh $here/usb.sh "$keys" "$root"
sed -i 's/^PresentControllerPolicy=.*/PresentControllerPolicy=keep/' "$root/etc/usbguard/usbguard-daemon.conf"
install -m 644 "$keys/release_ca.pem" "$keys/recovery.pem" "$root/usr/share/kiosk/"
cp -r --no-preserve=mode "$keys/register" "$keys/csca" "$root/usr/share/kiosk/"
printf 'IMAGE_ID=terminal\nIMAGE_VERSION=%s\n' "$version" >>"$root/usr/lib/os-release"

# What is bound over from the data partition (fstab) begins as it lies here.
for folder in kiosk udev kiosk-sync.service.d kiosk-update.service.d; do mkdir -p "$root/var/etc/$folder"; done
for folder in kiosk-sync.service.d kiosk-update.service.d; do mkdir -p "$root/etc/systemd/system/$folder"; done
mkdir -p "$root/etc/kiosk" "$root/etc/udev/rules.d"
ln -s /usr/share/kiosk/csca "$root/var/etc/kiosk/csca"
ln -sf ../run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
# Opening hours and receipts are of the place, whatever clock the hardware has.
ln -sf ../usr/share/zoneinfo/Asia/Hong_Kong "$root/etc/localtime"
# The machine's own number, told by its firmware (cmdline): nothing is to be written here.
: >"$root/etc/machine-id"
inroot systemctl --quiet preset-all 2>/dev/null
for unit in swap.target ctrl-alt-del.target rescue.service debug-shell.service apt-daily.timer \
    apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer ldconfig.service \
    systemd-machine-id-commit.service systemd-networkd-wait-online.service \
    systemd-sysext.service systemd-confext.service; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
inroot passwd --quiet --lock root
# Else the day on which the image was built is in it.
sed -i -E "s/^([^:]*:[^:]*:)[0-9]+:/\\1$((SOURCE_DATE_EPOCH / 86400)):/" "$root/etc/shadow"
# Byte code once and for all: nothing is written at a start, and a start is shorter by seconds.
inroot /opt/kiosk/venv/bin/python -m compileall -q --invalidation-mode unchecked-hash -j 2 \
    /opt/kiosk/venv/lib >/dev/null || true

echo "== what it is made of"
python3 $here/sbom.py "$root" "$version" "$out"
install -m 644 "$out/sbom.json" "$root/usr/share/doc/kiosk-terminal/sbom.json"

echo "== initial RAM disk"
kernel=$(ls "$root/lib/modules")
mkdir -p "$root/tmp/dracut"
cp $here/dracut.conf "$root/tmp/dracut/terminal.conf"
inroot dracut --quiet --force --reproducible --kver "$kernel" --conf /dev/null \
    --confdir /tmp/dracut /tmp/initrd
cp "$root/tmp/initrd" "$out/initrd"
cp "$root/boot/vmlinuz-$kernel" "$out/vmlinuz"
cp "$root/usr/lib/os-release" "$out/os-release"

echo "== a root that cannot be altered"
umount "$root/proc" "$root/tmp" "$root/dev"
rm -rf "$root"/boot/* "$root"/var/lib/apt/lists/* "$root"/var/cache/* "$root"/var/log/* "$root"/run/* \
    "$root"/etc/apt/sources.list* "$root"/var/lib/dpkg/*-old "$root"/etc/*-
# A number of its own for each content: a kernel finds its root by it, in whichever slot it lies.
content=$({
    cat "$package" "$out/sbom.json" "$out/initrd"
    find $here/tree "$keys/register" "$keys/csca" -type f | sort | xargs cat
} | sha256sum | cut -c1-64)
seal_root() { # NAME: OUT/NAME.img, .hash, .where
    digest=$(printf '%s %s' "$content" "$1" | sha256sum | cut -c1-64)
    uuid=$(printf %s "$digest" | sed -E 's/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/\1-\2-4\3-8\4-\5/')
    rm -f "$out/$1.img"
    sh $here/inside.sh "$out" mkfs.erofs --quiet -zlz4 -C65536 -T"$SOURCE_DATE_EPOCH" -U"$uuid" -x-1 \
        "/out/$1.img" /out/layers/root
    size=$(stat -c %s "$out/$1.img")
    sh $here/inside.sh "$out" veritysetup format --salt "$digest" --uuid "$uuid" \
        --data-blocks $((size / 4096)) --hash-offset "$size" "/out/$1.img" "/out/$1.img" |
        sed -n 's/^Root hash:[[:space:]]*//p' >"$out/$1.hash"
    printf '%s %s\n' "$uuid" "$size" >"$out/$1.where"
}
seal_root root
# An update to try: the same but for its name.
if [ -n "${TRIAL:-}" ]; then
    sed -i 's/^IMAGE_VERSION=.*/&+next/' "$root/usr/lib/os-release"
    seal_root next
fi
umount "$root"
# What is ours over Debian's stays: the container boot test starts the very same tree.
rm -rf "$out/ours"
mv "$layers/ours" "$out/ours"
rm -rf "$layers"
