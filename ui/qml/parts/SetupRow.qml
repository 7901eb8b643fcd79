// A step in the list: its sign, its name, how it stands.
import QtQuick
import "../tokens"

Pressable {
    id: row
    required property int number
    required property string step
    required property string mark
    property string label: ""
    property string told: ""
    property bool following: false
    property real larger: 1
    readonly property bool good: mark === "good"
    readonly property bool bad: mark === "bad"
    action: "pick"
    spoken: (number + 1) + ". " + label + ". " + told
    color: down ? Tok.sage : Tok.card
    border { width: following ? Tok.mm(1.4) : Tok.line; color: following ? Tok.accent : Tok.edge }
    Rectangle {
        id: disc
        x: Tok.mm(4)
        width: Tok.mm(14); height: width; radius: width / 2
        anchors.verticalCenter: parent.verticalCenter
        color: Tok.strong ? Tok.card : row.good ? Tok.accent : row.bad ? Tok.attention : row.mark === "skipped" ? Tok.dusk : Tok.tint
        border { width: Tok.strong ? Tok.line : 0; color: Tok.edge }
        Icon {
            anchors.centerIn: parent
            name: row.good ? "tick" : row.bad ? "warning" : row.mark === "skipped" ? "skip" : row.step
            size: Tok.mm(9)
            colour: Tok.strong ? Tok.accent : row.good ? Tok.accentText : row.bad ? "#5E3B00" : row.mark === "waits" ? Tok.edge : "#0B6B63"
        }
    }
    Column {
        anchors { left: disc.right; leftMargin: Tok.mm(4); right: parent.right; rightMargin: Tok.mm(3); verticalCenter: parent.verticalCenter }
        spacing: Tok.mm(0.4)
        Words {
            width: parent.width
            text: row.label
            size: Tok.mm(7.4) * row.larger
            lineHeight: 0.92
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        Words {
            width: parent.width
            text: row.told
            size: Tok.mm(5.6) * row.larger
            lineHeight: 0.92
            color: row.bad ? Tok.attentionInk : Tok.muted
            Accessible.ignored: true
        }
    }
}
