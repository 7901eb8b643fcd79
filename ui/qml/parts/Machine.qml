// The terminal as staff stand before it, with the part that this is about in a ring.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0

Item {
    id: machine
    // A step of provisioning; empty for the whole.
    property string part: ""
    property bool busy: false
    readonly property real unit: Math.min(width / 320, height / 420)
    // Middle and size of each part, in units; what has no place of its own is on the panel.
    readonly property var places: ({
        "network": [284, 330, 46, 64], "panel": [160, 150, 208, 196], "touch": [160, 150, 208, 196],
        "face_camera": [160, 36, 46, 46], "document_camera": [118, 262, 64, 34], "lights": [118, 292, 136, 34],
        "reader": [118, 312, 128, 58], "printer": [222, 296, 84, 70], "sound": [160, 352, 100, 32] })
    readonly property var place: places[part] ?? [160, 150, 112, 112]
    readonly property bool onPanel: part !== "" && places[part] === undefined
    readonly property color line: "#0A4A46"
    property real pulse: 1
    Accessible.ignored: true

    Item {
        id: body
        width: 320; height: 420
        anchors.centerIn: parent
        scale: machine.unit

        // The cable, the foot, the case.
        Rectangle { x: 262; y: 318; width: 30; height: 8; radius: 4; color: "#6F8B85" }
        Rectangle { x: 284; y: 318; width: 8; height: 92; radius: 4; color: "#6F8B85" }
        Rectangle { x: 70; y: 372; width: 180; height: 38; color: "#0F5B55" }
        Rectangle { x: 34; y: 400; width: 268; height: 12; radius: 6; color: machine.line }
        Rectangle {
            x: 42; y: 6; width: 236; height: 372; radius: 26
            color: "#FFFFFF"; border { width: 5; color: machine.line }
        }
        // Face camera.
        Rectangle {
            x: 148; y: 24; width: 24; height: 24; radius: 12; color: "#17302F"
            Rectangle { anchors.centerIn: parent; width: 10; height: 10; radius: 5; color: "#6FA8A0" }
        }
        // Panel.
        Rectangle {
            x: 66; y: 60; width: 188; height: 180; radius: 12
            color: "#DCEBE5"; border { width: 4; color: machine.line }
            Rectangle { x: 20; y: 22; width: 92; height: 12; radius: 6; color: "#0B6B63"; opacity: machine.onPanel ? 0.25 : 1 }
            Rectangle { x: 20; y: 46; width: 148; height: 8; radius: 4; color: "#9FBDB4"; opacity: machine.onPanel ? 0.25 : 1 }
            Rectangle { x: 20; y: 62; width: 120; height: 8; radius: 4; color: "#9FBDB4"; opacity: machine.onPanel ? 0.25 : 1 }
            Rectangle { x: 20; y: 136; width: 148; height: 24; radius: 8; color: "#0B6B63"; opacity: machine.onPanel ? 0.25 : 1 }
            Rectangle {
                anchors.centerIn: parent
                width: 92; height: 92; radius: 46
                visible: machine.onPanel
                color: "#FFFFFF"
                Icon { anchors.centerIn: parent; name: machine.part; size: 54; colour: "#0B6B63" }
            }
        }
        // Card camera on its arm, the tray with its lights and a card.
        Rectangle { x: 92; y: 254; width: 52; height: 18; radius: 7; color: "#17302F" }
        Rectangle { x: 112; y: 266; width: 12; height: 8; radius: 4; color: "#6FA8A0" }
        Rectangle { x: 64; y: 288; width: 10; height: 10; radius: 5; color: "#E0A33A" }
        Rectangle { x: 162; y: 288; width: 10; height: 10; radius: 5; color: "#E0A33A" }
        Rectangle {
            x: 60; y: 302; width: 116; height: 28; radius: 8; color: "#0F5B55"
            Rectangle {
                x: 26; y: 4; width: 64; height: 18; radius: 4; color: "#FFFFFF"
                Rectangle { x: 5; y: 5; width: 10; height: 8; radius: 2; color: "#E0A33A" }
                Rectangle { x: 20; y: 8; width: 36; height: 4; radius: 2; color: "#B7C9C4" }
            }
        }
        // Printer.
        Rectangle {
            x: 204; y: 286; width: 36; height: 40; color: "#FBF8F2"; border { width: 2; color: "#6F8B85" }
            Rectangle { x: 6; y: 12; width: 24; height: 3; color: "#9FBDB4" }
            Rectangle { x: 6; y: 20; width: 18; height: 3; color: "#9FBDB4" }
        }
        Rectangle { x: 194; y: 276; width: 56; height: 14; radius: 7; color: machine.line }
        // Loudspeaker.
        Row {
            x: 124; y: 348; spacing: 8
            Repeater { model: 5; delegate: Rectangle { width: 8; height: 8; radius: 4; color: "#6F8B85" } }
        }
        // The ring: two tones, so that it stands out on white and on green.
        Rectangle {
            visible: machine.part !== ""
            x: machine.place[0] - width / 2; y: machine.place[1] - height / 2
            width: machine.place[2] + 20; height: machine.place[3] + 20
            radius: Math.min(width, height, 60) / 2
            color: "transparent"
            opacity: machine.pulse
            border { width: 9; color: "#F2B01E" }
            Rectangle {
                anchors.fill: parent
                anchors.margins: 7
                radius: parent.radius - 7
                color: "transparent"
                border { width: 3; color: "#102422" }
            }
        }
    }
    SequentialAnimation on pulse {
        running: machine.busy && machine.visible && !Kiosk.still
        loops: Animation.Infinite
        NumberAnimation { to: 0.25; duration: 800; easing.type: Easing.InOutSine }
        NumberAnimation { to: 1; duration: 800; easing.type: Easing.InOutSine }
    }
}
