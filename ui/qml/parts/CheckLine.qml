// One point of a list, with a mark.
import QtQuick
import "../tokens"

Row {
    id: line
    required property string label
    property real size: Tok.body
    spacing: Tok.mm(5)
    Rectangle {
        width: line.size * 1.25; height: width; radius: width / 2
        color: Tok.sage
        Icon { anchors.centerIn: parent; name: "tick"; size: line.size * 0.85; colour: "#0B6B63" }
    }
    Words {
        width: line.width - line.size * 1.25 - line.spacing
        text: line.label
        size: line.size
        topPadding: line.size * 0.04
    }
}
