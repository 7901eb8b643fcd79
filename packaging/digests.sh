#!/bin/sh
# Say in a package's tree what each of its files is, so that `dpkg --verify` finds what was altered.
#
#   sh packaging/digests.sh ROOT      ROOT/DEBIAN is there already
#
# dpkg knows MD5 alone: good against decay and a careless hand. Against an attacker stand the verity
# root of the image and the archive's signatures (docs/packaging.md).
set -eu
cd "$1"
find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 -r md5sum > DEBIAN/md5sums
chmod 644 DEBIAN/md5sums
