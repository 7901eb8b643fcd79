// One subject to choose: a sign and its name.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Pressable {
    id: topic
    required property string label
    property string icon: ""
    property real size: Tok.mm(8.6) * Kiosk.zoom
    readonly property real sign: icon === "" ? 0 : Tok.mm(12)
    spoken: label
    implicitHeight: Kiosk.zoom > 1 ? Tok.mm(36) : Tok.mm(27)
    color: down ? Tok.sage : Tok.card
    border { width: Tok.line; color: Tok.edge }
    Icon {
        visible: topic.icon !== ""
        name: topic.icon
        x: Tok.mm(5)
        size: topic.sign
        colour: Tok.accent
        anchors.verticalCenter: parent.verticalCenter
    }
    Words {
        x: topic.sign > 0 ? topic.sign + Tok.mm(9) : Tok.mm(3)
        width: parent.width - x - Tok.mm(3)
        anchors.verticalCenter: parent.verticalCenter
        text: topic.label
        size: topic.size
        lineHeight: 0.92
        font.weight: Font.Medium
        horizontalAlignment: topic.sign > 0 ? Text.AlignLeft : Text.AlignHCenter
        Accessible.ignored: true
    }
}
