#!/bin/sh
# Run a command in the tools' root: inside.sh OUT COMMAND…
#
# There, /src is this tree (read-only), /out is OUT, /cache what was fetched before. The mounts are in
# a namespace of their own and gone with the command.
set -eu
cd "$(dirname "$0")/../.."
out=$(readlink -f "$1")
shift
uv=${UV:-$(command -v .tools/bin/uv || command -v uv)}
export out uv
exec unshare --mount --propagation private sh -euc '
root=$out/tools
mkdir -p "$root/src" "$root/out" "$root/cache" "$HOME/.cache/uv"
mount --bind . "$root/src"
mount -o remount,bind,ro "$root/src"
mount --rbind "$out" "$root/out"
mount --bind "$HOME/.cache/uv" "$root/cache"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/tmp"
mount --bind /dev "$root/dev"
touch "$root/usr/local/bin/uv"
mount --bind "$uv" "$root/usr/local/bin/uv"
# The authorities of the building machine: a site behind a proxy has its own.
mount --bind /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
cp /etc/resolv.conf "$root/etc/resolv.conf"
exec env -i HOME=/tmp PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin UV=/usr/local/bin/uv LC_ALL=C.UTF-8 \
    UV_CACHE_DIR=/cache UV_LINK_MODE=copy SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" chroot "$root" "$@"
' inside "$@"
