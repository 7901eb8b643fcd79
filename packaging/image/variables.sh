#!/bin/sh
# Firmware variables that trust our certificate and nothing else, for machines in QEMU.
#
#   variables.sh OUT KEYS    in the tools' root: OUT/variables.fd, OUT/firmware.fd
#
# On a real board the same certificate (OUT/secureboot.der) goes into db by its own set-up.
set -eu
out=$1 keys=$2
owner=7e2c0000-0000-4000-8000-00000000000f
virt-fw-vars --loglevel error --input /usr/share/OVMF/OVMF_VARS_4M.fd --output "$out/variables.fd" \
    --set-pk $owner "$keys/secureboot.pem" --add-kek $owner "$keys/secureboot.pem" \
    --add-db $owner "$keys/secureboot.pem" --secure-boot
cp /usr/share/OVMF/OVMF_CODE_4M.secboot.fd "$out/firmware.fd"
openssl x509 -in "$keys/secureboot.pem" -outform DER -out "$out/secureboot.der"
