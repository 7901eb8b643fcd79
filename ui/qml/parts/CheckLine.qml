// One point of a list, with a mark.
import QtQuick
import "../tokens"

Row {
    id: line
    required property string label
    property string mark: "\u2713"
    property real size: Tok.body
    spacing: Tok.mm(5)
    Rectangle {
        width: line.size * 1.25; height: width; radius: width / 2
        color: Tok.tint
        border { width: Tok.strong ? Tok.line : 0; color: Tok.edge }
        Words {
            anchors.centerIn: parent
            text: line.mark
            size: line.size * 0.75
            color: Tok.accent
            font.weight: Font.Bold
            Accessible.ignored: true
        }
    }
    Words {
        width: line.width - line.size * 1.25 - line.spacing
        text: line.label
        size: line.size
        topPadding: line.size * 0.04
    }
}
