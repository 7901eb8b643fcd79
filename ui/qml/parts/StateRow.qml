// One thing that is good or not: its name, a sign, and what there is to say about it.
import QtQuick
import "../tokens"

Item {
    id: row
    required property string label
    required property string mark
    property string value: ""
    property real size: Tok.small
    // In which share of the width the value begins.
    property real middle: 0.56
    readonly property bool good: mark === "good"
    implicitHeight: Math.max(name.height, told.height) + Tok.mm(2)
    Words {
        id: name
        width: parent.width * (row.middle - 0.02) - Tok.mm(9)
        anchors.verticalCenter: parent.verticalCenter
        text: row.label
        size: row.size
        font.weight: Font.Medium
        lineHeight: 0.95
    }
    Icon {
        visible: row.mark !== ""
        x: parent.width * row.middle - Tok.mm(8.5)
        anchors.verticalCenter: parent.verticalCenter
        name: row.good ? "tick" : row.mark === "bad" ? "cancel" : "help"
        size: Tok.mm(7.5)
        colour: Tok.strong ? Tok.accent : row.good ? Tok.good : Tok.attentionInk
    }
    Words {
        id: told
        x: parent.width * row.middle + Tok.mm(1)
        width: parent.width - x
        anchors.verticalCenter: parent.verticalCenter
        text: row.value
        size: row.size
        lineHeight: 0.95
        color: row.good || row.mark === "" ? Tok.muted : Tok.attentionInk
    }
}
