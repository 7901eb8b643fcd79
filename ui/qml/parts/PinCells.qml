// How many digits of a PIN are typed; never which.
import QtQuick
import "../tokens"

Row {
    id: cells
    required property int digits
    readonly property int length: 6
    spacing: Tok.mm(4)
    Accessible.role: Accessible.StaticText
    Accessible.name: "\u2022".repeat(digits)
    Repeater {
        model: cells.length
        delegate: Rectangle {
            required property int index
            width: Math.min(Tok.mm(22), (cells.width - 5 * cells.spacing) / 6)
            height: Tok.mm(24)
            radius: Tok.mm(2.5)
            color: Tok.card
            border.width: index === cells.digits ? Tok.mm(1.4) : Tok.line
            border.color: index === cells.digits ? Tok.accent : Tok.edge
            Rectangle {
                visible: parent.index < cells.digits
                anchors.centerIn: parent
                width: Tok.mm(7); height: width; radius: width / 2
                color: Tok.ink
            }
        }
    }
}
