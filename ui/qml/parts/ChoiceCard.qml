// A large choice with a picture.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Pressable {
    id: choice
    required property string label
    required property string more
    required property string art
    property bool first: false

    spoken: label + ". " + more
    implicitHeight: Math.max(Tok.mm(46), words.height + Tok.mm(10))
    color: first ? (down ? Tok.accentDown : Tok.accent) : down ? Tok.sage : Tok.card
    border { width: Tok.line; color: first ? Tok.accent : Tok.edge }

    Rectangle {
        id: picture
        x: Tok.mm(5)
        width: Tok.mm(46); height: Tok.mm(36)
        radius: Tok.radius * 0.8
        anchors.verticalCenter: parent.verticalCenter
        color: choice.first ? "#2A857C" : Tok.sage
        Art { anchors.fill: parent; anchors.margins: Tok.mm(3); name: choice.art }
    }
    Column {
        id: words
        anchors { left: picture.right; right: parent.right; verticalCenter: parent.verticalCenter }
        anchors { leftMargin: Tok.mm(7); rightMargin: Tok.mm(5) }
        spacing: Tok.mm(1)
        Words {
            width: parent.width
            text: choice.label
            size: Tok.lead
            lineHeight: 0.95
            font.weight: Font.DemiBold
            color: choice.first ? Tok.accentText : Tok.ink
            Accessible.ignored: true
        }
        Words {
            width: parent.width
            text: choice.more
            size: Tok.mm(8.2) * Kiosk.zoom
            color: choice.first ? Tok.accentText : Tok.muted
            Accessible.ignored: true
        }
    }
}
