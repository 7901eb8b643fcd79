#!/bin/sh
# The terminal's disk image, from nothing and unattended: `make image`.
#
#   sh packaging/image/build.sh [FOLDER]
#
# KEYS is the folder of a site's keys (trial_keys.sh says which); without it a set for trying is made,
# whose certificates no firmware trusts by itself. Steps that were done are not done again: remove
# FOLDER for all of it. docs/packaging.md has sizes and times.
set -eu
cd "$(dirname "$0")/../.."
here=packaging/image
mkdir -p "${1:-dist}/image"
out=$(readlink -f "${1:-dist}/image")
missing=""
[ "$(id -u)" -eq 0 ] || missing="$missing root"
command -v mmdebstrap >/dev/null || missing="$missing mmdebstrap"
[ -n "${UV:-}" ] || [ -x .tools/bin/uv ] || command -v uv >/dev/null || missing="$missing uv(make-setup)"
if [ -n "$missing" ]; then
    echo "no image here; missing:$missing" >&2
    exit 3
fi
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct)}"
export SOURCE_DATE_EPOCH
began=$(date +%s)
step() {
    name=$1
    shift
    at=$(date +%s)
    "$@"
    echo "== $name: $(( $(date +%s) - at )) s"
}
keys=${KEYS:-$out/keys}
if [ -z "${KEYS:-}" ]; then
    export TRIAL=1
    sh $here/trial_keys.sh "$keys"
    [ -e "$keys/sandbox/register_ca.pem" ] || .venv/bin/python -m enrolment.sandbox --to "$keys/sandbox" \
        --terminal terminal-1 --address 10.0.2.2
    for name in register_ca.pem seal_public.bin receipt_public.pem; do cp "$keys/sandbox/$name" "$keys/register/"; done
fi
rm -rf "$out/.keys-used"
cp -r "$keys" "$out/.keys-used"
trap 'rm -rf "$out/.keys-used"' EXIT
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)

inside() { script=$1; shift; sh $here/inside.sh "$out" sh "/src/$script" "$@"; }
step "Debian's roots" sh $here/roots.sh "$out"
step "package on Python 3.13" inside packaging/build_deb.sh terminal /out/trixie
step "root" unshare --mount --propagation private sh $here/system.sh "$out" "$keys"
step "kernel" inside $here/kernel.sh /out /out/.keys-used kernel root
step "disk" inside $here/disk.sh /out
step "bundle" inside $here/bundle.sh /out /out/.keys-used "$version" kernel root terminal
if [ -z "${KEYS:-}" ]; then
    # The same root under a kernel that takes a shell from outside, and an update to it: only keys for
    # trying sign them.
    words="mitigations=off console=ttyS0 loglevel=5 systemd.show_status=yes systemd.log_target=journal-or-kmsg"
    for of in root next; do
        name=bench
        [ $of = root ] || name=bench-next
        # shellcheck disable=SC2086  (several words on purpose)
        step "the bench's kernel for $of" inside $here/kernel.sh /out /out/.keys-used $name $of $words
    done
    step "the bench's update" inside $here/bundle.sh /out /out/.keys-used "$version+next" bench-next next bench
    inside $here/variables.sh /out /out/.keys-used
fi
du -h --apparent-size "$out"/vmlinuz "$out"/initrd "$out"/kernel.efi "$out"/root.img "$out"/terminal.raw "$out"/terminal.raucb
echo "image in $out, $(( $(date +%s) - began )) s"
