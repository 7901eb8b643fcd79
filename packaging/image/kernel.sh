#!/bin/sh
# One signed program out of kernel, initial RAM disk and command line, and the partition it lies in.
#
#   kernel.sh OUT KEYS NAME ROOT [WORDS…]    in the tools' root: OUT/NAME.efi, OUT/NAME.img for OUT/ROOT.img
#
# The command line is under the signature: whoever changes a word has a kernel that does not start.
# WORDS are added; the appliance test has some, over the same root.
set -eu
out=$1 keys=$2 name=$3 of=$4
shift 4
read -r uuid size <"$out/$of.where"
# Of two slots with the same content udev links the kernel's own (tree/usr/lib/kiosk/own-root).
root=/dev/kiosk/root
# The machine's number is its firmware's, no partition is taken by its type alone, nobody logs in.
defaults="ro panic=10 systemd.machine_id=firmware systemd.gpt_auto=no systemd.getty_auto=no"
# A shipped kernel takes no credential from the firmware's tables, either.
[ $# -gt 0 ] || defaults="$defaults quiet loglevel=3 lockdown=integrity slab_nomerge init_on_alloc=1
 systemd.import_credentials=no"
printf '%s' "root=/dev/mapper/root roothash=$(cat "$out/$of.hash") systemd.verity_root_data=$root systemd.verity_root_hash=$root \
systemd.verity_root_options=hash-offset=$size,panic-on-corruption kiosk.root=$uuid rootfstype=erofs $(echo $defaults) $*" |
    sed 's/ *$//' >"$out/$name.cmdline"
ukify build --linux "$out/vmlinuz" --initrd "$out/initrd" --cmdline "@$out/$name.cmdline" \
    --os-release "@$out/os-release" --stub /usr/lib/systemd/boot/efi/linuxx64.efi.stub \
    --secureboot-private-key "$keys/secureboot.key" --secureboot-certificate "$keys/secureboot.pem" \
    --output "$out/$name.efi" >/dev/null
touch --date="@$SOURCE_DATE_EPOCH" "$out/$name.efi"
rm -f "$out/$name.img" "$out/$name.cmdline"
truncate -s 192M "$out/$name.img"
mkfs.vfat --invariant -F 32 -n KERNEL "$out/$name.img" >/dev/null
mmd -i "$out/$name.img" ::/EFI ::/EFI/BOOT
mcopy -m -i "$out/$name.img" "$out/$name.efi" ::/EFI/BOOT/BOOTX64.EFI
