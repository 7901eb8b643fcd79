// A quiet notice on a tinted ground.
import QtQuick
import "../tokens"

Rectangle {
    id: note
    required property string label
    property bool alert: false
    implicitHeight: words.height + Tok.mm(9)
    radius: Tok.radius
    color: alert ? Tok.attention : Tok.tint
    border { width: Tok.strong ? Tok.line : 0; color: Tok.edge }
    Rectangle {
        x: Tok.mm(5)
        width: Tok.mm(2.4); radius: width / 2
        anchors { top: parent.top; bottom: parent.bottom; topMargin: Tok.mm(4.5); bottomMargin: Tok.mm(4.5) }
        color: note.alert ? "#C9821A" : Tok.accent
    }
    Words {
        id: words
        x: Tok.mm(12)
        width: parent.width - Tok.mm(17)
        anchors.verticalCenter: parent.verticalCenter
        text: note.label
        size: Tok.small * 1.14
        color: note.alert ? Tok.attentionInk : Tok.ink
        Accessible.role: note.alert ? Accessible.AlertMessage : Accessible.StaticText
        Accessible.name: text
    }
}
