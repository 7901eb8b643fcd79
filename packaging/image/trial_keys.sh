#!/bin/sh
# Keys to try an image with, in one folder; a site's are made where they are used, never all in one.
#
#   secureboot.{key,pem}   signs the kernel image; the firmware's db holds the certificate
#   release.{key,pem}      signs update bundles, under release_ca.pem, which the image holds
#   recovery.{key,pem}     opens the second key of a data partition; the image holds the certificate
#   register/              what terminals know the register by: register_ca.pem, seal_public.bin,
#                          receipt_public.pem
#   csca/                  who issues cards
#   usbguard.rules         devices by the ports of one model, here those of a bench in QEMU
#   keypad                 the model's keypad for citizens, if it has one (usb.sh); none here
set -eu
keys=$1
mkdir -p "$keys/register" "$keys/csca"
[ -e "$keys/recovery.pem" ] && exit 0
umask 077
made() { # NAME SUBJECT EXTENSIONS… : a key pair that signs for itself
    name=$1 subject=$2
    shift 2
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=$subject" \
        -keyout "$keys/$name.key" -out "$keys/$name.pem" "$@" 2>/dev/null
}
cat >"$keys/usbguard.rules" <<'RULES'
# The bench's printer: QEMU tells of no port whether it is hardwired.
allow id 0403:6001 with-interface equals { ff:ff:ff } with-connect-type "unknown"
RULES
made secureboot "Trial terminal kernel"
made recovery "Trial terminal recovery"
made release_ca "Trial terminal releases" -addext keyUsage=critical,keyCertSign,cRLSign
openssl req -newkey rsa:2048 -nodes -subj "/CN=Trial release" \
    -keyout "$keys/release.key" -out "$keys/release.csr" 2>/dev/null
printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=emailProtection\n' |
    openssl x509 -req -in "$keys/release.csr" -days 3650 -CA "$keys/release_ca.pem" \
        -CAkey "$keys/release_ca.key" -CAcreateserial -extfile /dev/stdin -out "$keys/release.pem" 2>/dev/null
rm -f "$keys/release.csr" "$keys/release_ca.srl"
