// One service of a list: its name and whose it is.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Pressable {
    id: row
    required property string name
    required property string department
    action: "pick"
    spoken: name + ". " + department
    implicitHeight: Math.max(Tok.mm(27), words.height + Tok.mm(7))
    color: down ? Tok.sage : Tok.card
    border { width: Tok.line; color: Tok.edge }
    Column {
        id: words
        x: Tok.mm(7)
        width: parent.width - Tok.mm(24)
        anchors.verticalCenter: parent.verticalCenter
        Words {
            width: parent.width
            text: row.name
            size: Tok.mm(8.8) * Kiosk.zoom
            font.weight: Font.DemiBold
            lineHeight: 0.95
            Accessible.ignored: true
        }
        Words {
            width: parent.width
            text: row.department
            size: Tok.small
            color: Tok.muted
            Accessible.ignored: true
        }
    }
    Icon {
        name: "back"
        rotation: 180
        size: Tok.mm(9)
        colour: Tok.accent
        anchors { right: parent.right; rightMargin: Tok.mm(6); verticalCenter: parent.verticalCenter }
    }
}
