#!/bin/sh
# The two Debian roots that the image is made with, both of the image's own release:
#
#   FOLDER/tools     what builds: compiler, ukify, veritysetup, mkfs.erofs, rauc
#   FOLDER/system    what the terminal runs: Debian's packages alone, nothing of ours yet
#
# So the result depends on no tool of the machine that builds it but mmdebstrap. A root is made
# again when its list of packages changes; the archive moves, so a release keeps its `system.tar`.
set -eu
cd "$(dirname "$0")/../.."
out=$1
suite=trixie
here=packaging/image

# The archive is the building machine's own; MIRROR and SECURITY name others.
uris() { sed -n 's/^URIs:[[:space:]]*//p' /etc/apt/sources.list.d/debian.sources; }
mirror=${MIRROR:-$(uris | sed -n 1p)}
security=${SECURITY:-$(uris | sed -n 2p)}
key=/usr/share/keyrings/debian-archive-keyring.gpg
printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n\n' \
    "$mirror" "$suite $suite-updates" $key "$security" "$suite-security" $key >"$out/sources"

packages() { grep -hv '^#' "$@" | tr '\n' ',' | tr -s ','; }

make_root() {
    name=$1 list=$2
    stamp=$(cat "$list" "$out/sources" | sha256sum)
    if [ "$(cat "$out/$name.stamp" 2>/dev/null)" = "$stamp" ]; then
        echo "== $name: as before"
        return
    fi
    began=$(date +%s)
    rm -rf "${out:?}/$name" "$out/$name.stamp"
    # The kernel's hook makes no initial RAM disk now: kernel.sh makes ours.
    # Of Unicode's tables one is read (drivers/card/commercial_codes.py). Licences stay, words and manuals in forty languages do not.
    INITRD=No mmdebstrap --quiet --variant=minbase --mode=root \
        --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
        --dpkgopt='path-exclude=/usr/share/unicode/*' --dpkgopt='path-include=/usr/share/unicode/Unihan_OtherMappings.*' \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --include="$(packages "$list")" "$suite" "$out/$name" - <"$out/sources"
    printf '%s\n' "$stamp" >"$out/$name.stamp"
    echo "== $name: $(ls "$out/$name/var/lib/dpkg/info" | grep -c '\.list$') packages, $(du -sh "$out/$name" | cut -f1), $(( $(date +%s) - began )) s"
}
make_root tools $here/tools.list
make_root system $here/system.list
