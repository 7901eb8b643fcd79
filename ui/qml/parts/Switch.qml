// A switch that is off until it is turned on, with its own words.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Pressable {
    id: control
    required property string label
    required property bool on

    argument: on ? "off" : "on"
    spoken: label
    implicitHeight: Math.max(Tok.target, words.height + Tok.mm(6))
    color: Tok.card
    border { width: Tok.line; color: Tok.edge }
    Accessible.role: Accessible.Switch
    Accessible.checked: on

    Words {
        id: words
        anchors { left: parent.left; right: track.left; verticalCenter: parent.verticalCenter }
        anchors { leftMargin: Tok.mm(6); rightMargin: Tok.mm(6) }
        text: control.label
        size: Tok.mm(8.4) * Kiosk.zoom
        Accessible.ignored: true
    }
    Rectangle {
        id: track
        anchors { right: parent.right; rightMargin: Tok.mm(6); verticalCenter: parent.verticalCenter }
        width: Tok.mm(38); height: Tok.mm(17); radius: height / 2
        color: control.on ? Tok.accent : Tok.paper
        border { width: Tok.line; color: control.on ? Tok.accent : Tok.edge }
        Words {
            x: control.on ? Tok.mm(5) : parent.width - width - Tok.mm(5)
            anchors.verticalCenter: parent.verticalCenter
            text: control.on ? qsTrId("on") : qsTrId("off")
            size: Tok.tiny
            color: control.on ? Tok.accentText : Tok.muted
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        Rectangle {
            x: control.on ? parent.width - width - Tok.mm(2) : Tok.mm(2)
            anchors.verticalCenter: parent.verticalCenter
            width: Tok.mm(13); height: width; radius: width / 2
            color: control.on ? Tok.accentText : Tok.edge
        }
    }
}
