#!/bin/sh
# What may be plugged into terminals of one model: the shipped rules with the model's own in their places.
#
#   usb.sh KEYS ROOT
#
#   KEYS/usbguard.rules   devices by the ports of the model, before whatever refuses everything else
#   KEYS/keypad           VENDOR:PRODUCT PORT ID_PATH of the one keyboard that is a keypad for citizens,
#                         such as "1a2b:0001 1-4 pci-0000:00:14.0-usb-0:4:1.0"; before the rules that
#                         reject keyboards, by that id in that port alone
#
# Writes ROOT/etc/usbguard/rules.conf and, with a keypad, ROOT/usr/lib/udev/rules.d/65-keypad.rules.
set -eu
keys=$1 root=$2
ports=/dev/null allow=''
[ ! -e "$keys/usbguard.rules" ] || ports=$keys/usbguard.rules
if [ -e "$keys/keypad" ]; then
    hex='[0-9a-f]\{4\}'
    if [ "$(grep -c '' "$keys/keypad")" -ne 1 ] ||
        ! grep -qx "$hex:$hex [0-9][0-9]*-[0-9.][0-9.]* [A-Za-z0-9:._-][A-Za-z0-9:._-]*" "$keys/keypad"; then
        echo "keypad: one line is wanted, VENDOR:PRODUCT PORT ID_PATH" >&2
        exit 65
    fi
    read -r id port path <"$keys/keypad"
    allow="allow id $id via-port \"$port\" with-interface equals { 03:01:01 }"
    mkdir -p "$root/usr/lib/udev/rules.d"
    printf '%s\n' "SUBSYSTEM==\"input\", ENV{ID_PATH}==\"$path\", ENV{ID_VENDOR_ID}==\"${id%:*}\", \
ENV{ID_MODEL_ID}==\"${id#*:}\", ENV{KIOSK_KEYPAD}=\"1\"" >"$root/usr/lib/udev/rules.d/65-keypad.rules"
fi
mkdir -p "$root/etc/usbguard"
umask 077
awk -v allow="$allow" -v ports="$ports" '
    /^reject/ && !rejected++ && allow { print allow }
    /^# Everything else/ { while ((getline line < ports) > 0) print line }
    { print }' "$root/usr/share/kiosk/usbguard.rules" >"$root/etc/usbguard/rules.conf"
