// A quiet notice on a tinted ground.
import QtQuick
import "../tokens"

Rectangle {
    id: note
    required property string label
    property bool alert: false
    implicitHeight: words.height + Tok.mm(8)
    radius: Tok.radius
    color: alert ? Tok.attention : Tok.tint
    border { width: Tok.strong ? Tok.line : 0; color: Tok.edge }
    Words {
        id: words
        x: Tok.mm(6)
        width: parent.width - Tok.mm(12)
        anchors.verticalCenter: parent.verticalCenter
        text: note.label
        size: Tok.small * 1.1
        color: note.alert ? Tok.attentionInk : Tok.ink
        horizontalAlignment: Text.AlignHCenter
        Accessible.role: note.alert ? Accessible.AlertMessage : Accessible.StaticText
        Accessible.name: text
    }
}
