#!/bin/sh
# The whole appliance under QEMU. Not written yet beyond saying what it needs: docs/packaging.md.
set -eu
cd "$(dirname "$0")/../.."
out=${1:-dist}
missing=""
for tool in qemu-system-x86_64 swtpm; do command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"; done
[ -e /usr/share/OVMF/OVMF_CODE_4M.secboot.fd ] || missing="$missing ovmf"
[ -e "$out/terminal.efi" ] || missing="$missing $out/terminal.efi(make-image)"
echo "no appliance test here; missing:$missing a-walk-through-the-image" >&2
exit 3
