#!/bin/sh
# Open a terminal's data partition with operations' key: for a disk whose board or firmware is no more.
#
#   open_storage.sh PARTITION RECOVERY_KEY [--test | NAME]
#
# The key lies in the partition's own header, sealed to the certificate that the image holds; RECOVERY_KEY
# is that certificate's private key. NAME (default kiosk-data) appears under /dev/mapper, read-only. Run it
# on a machine without a network; records in it stay sealed to the register, whoever opens it.
set -eu
partition=$1 key=$2 name=${3:-kiosk-data}
export PATH="$PATH:/usr/sbin"
envelope=$(cryptsetup luksDump --dump-json-metadata "$partition" | python3 -c '
import json, sys
tokens = json.load(sys.stdin)["tokens"].values()
print(*[one["envelope"] for one in tokens if one["type"] == "kiosk-recovery"], sep="\n")')
[ -n "$envelope" ] || { echo "no sealed key in this partition" >&2; exit 1; }
opened() { printf %s "$envelope" | base64 -d | openssl cms -decrypt -inform DER -inkey "$key"; }
case $name in
--test) opened | cryptsetup open --test-passphrase --key-file - "$partition" ;;
*) opened | cryptsetup open --readonly --key-file - "$partition" "$name" && echo "/dev/mapper/$name" ;;
esac
