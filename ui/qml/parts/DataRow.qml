// One fact about the citizen, already masked.
import QtQuick
import "../tokens"

Item {
    id: row
    required property string label
    required property string value
    property string family: ""
    implicitHeight: value_.height + label_.height + Tok.mm(7)
    Words { id: label_; text: row.label; size: Tok.small; color: Tok.muted; y: Tok.mm(2) }
    Words {
        id: value_
        anchors.top: label_.bottom
        width: row.width
        text: row.value
        size: Tok.body
        font.weight: Font.DemiBold
        font.family: row.family === "" ? label_.font.family : row.family
    }
    Rectangle {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: Tok.line
        color: Tok.tint
    }
}
