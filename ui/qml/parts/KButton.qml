// A button: one action, acted on at release. Looks: "main", "plain", "soft", "quiet".
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Rectangle {
    id: button

    required property string label
    required property string action
    property string argument: ""
    property string look: "plain"
    property string icon: ""
    property real size: Tok.label
    property string family: Kiosk.fontFamily
    property bool chosen: false
    readonly property bool filled: look === "main" || chosen
    readonly property color words: filled ? Tok.accentText : Tok.ink

    objectName: "action:" + action + (argument === "" ? "" : ":" + argument)
    implicitHeight: Tok.target
    implicitWidth: Tok.mm(60)
    radius: Tok.radius
    opacity: enabled ? 1 : 0.45
    color: filled ? (area.pressed ? Tok.accentDown : Tok.accent)
                  : area.pressed ? Tok.sage : look === "quiet" ? "transparent" : look === "soft" ? Tok.tint : Tok.card
    border.width: !Tok.strong && (look === "quiet" || look === "soft") ? 0 : look === "quiet" ? 0 : Tok.line
    border.color: filled ? Tok.accent : Tok.edge
    activeFocusOnTab: true

    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.onPressAction: Kiosk.send(button.action, button.argument)

    Icon {
        id: sign
        name: button.icon
        visible: button.icon !== ""
        size: button.size * 1.15
        colour: button.words
        x: (button.width - caption.contentWidth) / 2 - width * 0.62
        anchors.verticalCenter: parent.verticalCenter
    }
    Words {
        id: caption
        anchors.fill: parent
        anchors.margins: Tok.mm(3.5)
        anchors.leftMargin: button.icon === "" ? Tok.mm(3.5) : sign.width * 1.1 + Tok.mm(2)
        text: button.label
        size: button.size
        color: button.words
        font.family: button.family
        font.weight: button.look === "main" ? Font.DemiBold : Font.Medium
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        lineHeight: 0.9
        fontSizeMode: Text.Fit
        minimumPixelSize: Tok.mm(6)
        Accessible.ignored: true
    }
    Rectangle {
        // The focus ring has two tones: one of them stands out on any ground.
        anchors.fill: parent
        anchors.margins: -Tok.ring * 2
        visible: button.activeFocus
        radius: button.radius + Tok.ring * 2
        color: "transparent"
        border { width: Tok.ring; color: "#F2B01E" }
        Rectangle {
            anchors.fill: parent
            anchors.margins: Tok.ring
            radius: button.radius + Tok.ring
            color: "transparent"
            border { width: Tok.ring; color: "#102422" }
        }
    }
    MouseArea {
        id: area
        anchors.fill: parent
        onClicked: Kiosk.send(button.action, button.argument)
    }
    Keys.onReturnPressed: Kiosk.send(action, argument)
    Keys.onEnterPressed: Kiosk.send(action, argument)
    Keys.onSpacePressed: Kiosk.send(action, argument)
}
