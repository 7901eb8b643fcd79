// What can be pressed: by a finger, by a keypad, by a screen reader; acted on at release.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Rectangle {
    id: pressable

    required property string action
    property string argument: ""
    // How it is spoken of.
    property string spoken: ""
    // What the screens do by themselves; the engine is not asked.
    property bool own: false
    readonly property bool down: area.pressed
    signal turned()

    function press() {
        if (!own)
            Kiosk.send(action, argument)
        turned()
    }

    objectName: "action:" + action + (argument === "" ? "" : ":" + argument)
    radius: Tok.radius
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: spoken
    Accessible.focusable: true
    Accessible.onPressAction: pressable.press()

    MouseArea {
        id: area
        anchors.fill: parent
        onClicked: pressable.press()
    }
    Rectangle {
        // The focus ring has two tones: one of them stands out on any ground.
        anchors.fill: parent
        anchors.margins: -Tok.ring * 2
        z: 1
        visible: pressable.activeFocus
        radius: pressable.radius + Tok.ring * 2
        color: "transparent"
        border { width: Tok.ring; color: "#F2B01E" }
        Rectangle {
            anchors.fill: parent
            anchors.margins: Tok.ring
            radius: pressable.radius + Tok.ring
            color: "transparent"
            border { width: Tok.ring; color: "#102422" }
        }
    }
    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()
    Keys.onSpacePressed: press()
}
