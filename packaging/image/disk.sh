#!/bin/sh
# The disk that a machine begins with.
#
#   disk.sh OUT    in the tools' root: OUT/terminal.raw
#
# Both slots have their place, one is filled. What is left of a machine's disk becomes the
# encrypted partition at the first start (tree/usr/lib/repart.d).
set -eu
out=$1
slot_mib=1600 kernel_mib=192
[ "$(stat -c %s "$out/root.img")" -le $((slot_mib << 20)) ] || { echo "the root does not fit its slot" >&2; exit 1; }

rm -f "$out/terminal.raw"
truncate -s $((2 * (slot_mib + kernel_mib) + 2))M "$out/terminal.raw"
uefi=C12A7328-F81F-11D2-BA4B-00A0C93EC93B plain=0FC63DAF-8483-4772-8E79-3D69D8477DE4
sfdisk --quiet "$out/terminal.raw" <<TABLE
label: gpt
label-id: 7E2C0000-0000-4000-8000-000000000000
size=${kernel_mib}MiB, type=$uefi, name=kernel-a, uuid=7E2C0000-0000-4000-8000-000000000001
size=${slot_mib}MiB, type=$plain, name=root-a, uuid=7E2C0000-0000-4000-8000-000000000002
size=${kernel_mib}MiB, type=$uefi, name=kernel-b, uuid=7E2C0000-0000-4000-8000-000000000003
size=${slot_mib}MiB, type=$plain, name=root-b, uuid=7E2C0000-0000-4000-8000-000000000004
TABLE
into() { dd if="$1" of="$out/terminal.raw" bs=1M seek="$2" conv=notrunc,sparse status=none; }
into "$out/kernel.img" 1
into "$out/root.img" $((1 + kernel_mib))
