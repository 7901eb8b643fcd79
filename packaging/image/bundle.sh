#!/bin/sh
# The bundle that a machine in the field is given: both partitions of a slot, signed.
#
#   bundle.sh OUT KEYS VERSION KERNEL ROOT NAME    in the tools' root: OUT/NAME.raucb
set -eu
out=$1 keys=$2 version=$3 kernel=$4 of=$5 name=$6
rm -rf "$out/bundle" "$out/$name.raucb"
mkdir "$out/bundle"
ln "$out/$of.img" "$out/bundle/root.img"
ln "$out/$kernel.img" "$out/bundle/kernel.img"
cat >"$out/bundle/manifest.raucm" <<MANIFEST
[update]
compatible=kiosk-terminal
version=$version

[bundle]
format=verity

[image.root]
filename=root.img

[image.kernel]
filename=kernel.img
MANIFEST
rauc bundle --cert "$keys/release.pem" --key "$keys/release.key" --mksquashfs-args="-comp zstd -Xcompression-level 3" \
    "$out/bundle" "$out/$name.raucb" >/dev/null
rauc info --keyring "$keys/release_ca.pem" "$out/$name.raucb" >/dev/null
rm -rf "$out/bundle"
