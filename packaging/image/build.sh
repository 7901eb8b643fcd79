#!/bin/sh
# The terminal's disk image: Debian 13, read-only root under dm-verity, one signed kernel image.
#
#   sh packaging/image/build.sh [FOLDER]
#
# Secure boot's keys are a site's: SIGN_KEY and SIGN_CERT (PEM). Without them a key pair for trying
# is made, whose certificate no firmware trusts. Written after facts of a study, step by step;
# docs/packaging.md says which steps have been run by us and which have not.
set -eu
cd "$(dirname "$0")/../.."
out=${1:-dist}
suite=${SUITE:-trixie}
missing=""
[ "$(id -u)" -eq 0 ] || missing="$missing root"
for tool in mmdebstrap mksquashfs veritysetup mkfs.vfat mcopy sbsign objcopy openssl; do
    command -v "$tool" >/dev/null 2>&1 || [ -x "/usr/sbin/$tool" ] || missing="$missing $tool"
done
package=$(ls "$out"/kiosk-terminal_*.deb 2>/dev/null | tail -1)
[ -n "$package" ] || missing="$missing $out/kiosk-terminal_*.deb(make-deb)"
if [ -n "$package" ] && ! dpkg-deb -f "$package" Depends | grep -q "python3 (>= ${PYTHON_OF_SUITE:-3.13})"; then
    missing="$missing package-built-on-$suite"
fi
if [ -n "$missing" ]; then
    echo "no image here; missing:$missing" >&2
    exit 3
fi
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct)}"
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
began=$(date +%s)

echo "== root of $suite"
mmdebstrap --variant=minbase --mode=root \
    --include=systemd,systemd-sysv,systemd-boot-efi,dbus,polkitd,linux-image-amd64,initramfs-tools,cryptsetup,cryptsetup-initramfs,ca-certificates,rauc,rauc-service \
    --customize-hook="copy-in $package /tmp" \
    --customize-hook='chroot "$1" sh -c "DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends /tmp/kiosk-terminal_*.deb && rm /tmp/*.deb"' \
    --customize-hook='cp "$1/usr/share/kiosk/kiosk.nft" "$1/etc/nftables.conf"' \
    --customize-hook='cp "$1/usr/share/kiosk/usbguard.rules" "$1/etc/usbguard/rules.conf"' \
    --customize-hook='chroot "$1" systemctl preset-all' \
    --customize-hook='chroot "$1" systemctl mask swap.target ctrl-alt-del.target emergency.service rescue.service' \
    --customize-hook='ln -sf /data/etc/kiosk "$1/etc/kiosk"' \
    "$suite" "$work/tree"
# What licences and an SBOM are made from stays in the image: dpkg's own list and copyright files.
chroot "$work/tree" dpkg-query -W -f '${Package} ${Version} ${Architecture}\n' >"$out/terminal.packages"

echo "== squashfs and verity"
mksquashfs "$work/tree" "$work/tree.squashfs" -comp zstd -noappend -quiet \
    -all-time "$SOURCE_DATE_EPOCH" -mkfs-time "$SOURCE_DATE_EPOCH" -e boot
salt=$(printf %s "$SOURCE_DATE_EPOCH" | sha256sum | cut -c1-64)
veritysetup format --salt "$salt" --uuid 00000000-0000-4000-8000-000000000001 \
    "$work/tree.squashfs" "$work/tree.verity" >"$work/verity"
hash=$(sed -n 's/^Root hash:[[:space:]]*//p' "$work/verity")

echo "== one signed kernel image"
if [ -z "${SIGN_KEY:-}" ]; then
    openssl req -x509 -newkey rsa:2048 -nodes -subj "/CN=for trying" -days 30 \
        -keyout "$work/sign.key" -out "$work/sign.pem" 2>/dev/null
    SIGN_KEY=$work/sign.key SIGN_CERT=$work/sign.pem
fi
printf 'ro quiet panic=10 roothash=%s systemd.verity_root_options=panic-on-corruption lockdown=integrity' "$hash" >"$work/cmdline"
stub=$work/tree/usr/lib/systemd/boot/efi/linuxx64.efi.stub
cp "$work"/tree/boot/vmlinuz-* "$work/vmlinuz"
cp "$work"/tree/boot/initrd.img-* "$work/initrd"
cp "$work/tree/usr/lib/os-release" "$work/osrel"
# Sections one behind the other: an overlap is a kernel that does not start.
place=$((0x$(objdump -h "$stub" | awk '$2 ~ /^\./ {size=$3; at=$4} END {print at}') + 0x100000))
arguments=""
for section in osrel cmdline initrd vmlinuz; do
    name=$section; [ "$section" = vmlinuz ] && name=linux
    arguments="$arguments --add-section .$name=$work/$section --change-section-vma .$name=$(printf 0x%x $place)"
    place=$((place + ($(stat -c %s "$work/$section") + 0xfffff) / 0x100000 * 0x100000))
done
# shellcheck disable=SC2086  (several words on purpose)
objcopy $arguments "$stub" "$work/terminal.efi"
sbsign --key "$SIGN_KEY" --cert "$SIGN_CERT" --output "$out/terminal.efi" "$work/terminal.efi"
cp "$work/tree.squashfs" "$out/root.squashfs"
cp "$work/tree.verity" "$out/root.verity"
printf '%s\n' "$hash" >"$out/root.hash"
du -h "$out/terminal.efi" "$out/root.squashfs" "$out/root.verity"
echo "image parts in $out, $(( $(date +%s) - began )) s"
