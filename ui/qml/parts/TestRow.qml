// A device that can be tested, and how it was the last time.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Pressable {
    id: row
    required property string label
    required property string verdict
    property string time: ""
    property real least: Tok.mm(27)
    property string code: ""
    readonly property string told: qsTrId("verdict_" + verdict)
    readonly property string more: [time, code].filter(part => part !== "").join("  ")
    action: "test"
    spoken: label + ". " + told + (more === "" ? "" : ". " + more)
    implicitHeight: Math.max(least, words.height + Tok.mm(6))
    color: down ? Tok.sage : Tok.card
    border { width: Tok.line; color: Tok.edge }
    Rectangle {
        id: disc
        x: Tok.mm(5)
        width: Tok.mm(13); height: width; radius: width / 2
        anchors.verticalCenter: parent.verticalCenter
        color: Tok.strong ? Tok.card : row.verdict === "good" ? Tok.sage : row.verdict === "bad" ? Tok.attention : Tok.dusk
        Icon {
            anchors.centerIn: parent
            name: row.verdict === "good" ? "tick" : row.verdict === "bad" ? "cancel" : "help"
            size: Tok.mm(8.5)
            colour: Tok.strong ? Tok.accent : row.verdict === "good" ? "#0B6B63" : row.verdict === "bad" ? "#5E3B00" : "#41595A"
        }
    }
    Column {
        id: words
        anchors { left: disc.right; leftMargin: Tok.mm(5); right: parent.right; rightMargin: Tok.mm(4); verticalCenter: parent.verticalCenter }
        Words {
            width: parent.width
            text: row.label
            size: Tok.mm(8.4) * Kiosk.zoom
            lineHeight: 0.95
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        Words {
            width: parent.width
            text: row.told + (row.more === "" ? "" : " \u00B7 " + row.more)
            size: Tok.mm(6.4) * Kiosk.zoom
            lineHeight: 0.95
            color: row.verdict === "bad" ? Tok.attentionInk : Tok.muted
            Accessible.ignored: true
        }
    }
}
