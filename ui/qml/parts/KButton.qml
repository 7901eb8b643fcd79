// A button: one action, acted on at release. Looks: "main", "plain", "soft", "quiet".
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Pressable {
    id: button

    required property string label
    property string look: "plain"
    property string icon: ""
    property real size: Tok.label
    property string family: Kiosk.fontFamily
    property bool chosen: false
    readonly property bool filled: look === "main" || chosen
    readonly property color words: filled ? Tok.accentText : Tok.ink

    spoken: label
    implicitHeight: Tok.target
    implicitWidth: Tok.mm(60)
    opacity: enabled ? 1 : 0.45
    color: filled ? (down ? Tok.accentDown : Tok.accent)
                  : down ? Tok.sage : look === "quiet" ? "transparent" : look === "soft" ? Tok.tint : Tok.card
    border.width: !Tok.strong && (look === "quiet" || look === "soft") ? 0 : look === "quiet" ? 0 : Tok.line
    border.color: filled ? Tok.accent : Tok.edge

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
}
