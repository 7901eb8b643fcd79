// What became of a step: its figures, or what went wrong and what to do.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Rectangle {
    id: result
    readonly property string mark: String(Kiosk.facts.mark ?? "")
    readonly property string code: String(Kiosk.facts.code ?? "")
    readonly property bool bad: code !== ""
    readonly property var names: Kiosk.facts.figures ?? []
    readonly property var values: Kiosk.facts.values ?? []
    readonly property color words: bad ? Tok.attentionInk : Tok.ink
    readonly property real larger: 1.14 * (1 + (Kiosk.zoom - 1) * 0.25)
    implicitHeight: column.height + Tok.mm(12)
    radius: Tok.radius
    color: bad ? Tok.attention : Tok.card
    border { width: Tok.line; color: bad ? "#C9821A" : Tok.strong ? Tok.edge : "#CFDCD6" }
    SetupWords { id: called }
    Column {
        id: column
        x: Tok.mm(6); y: Tok.mm(6)
        width: parent.width - 2 * x
        spacing: Tok.mm(2.4)
        Row {
            spacing: Tok.mm(3)
            Icon {
                id: sign
                name: result.bad ? "warning" : result.mark === "skipped" ? "skip" : "tick"
                size: Tok.mm(10)
                colour: Tok.strong ? Tok.accent : result.bad ? Tok.attentionInk : Tok.good
            }
            Words {
                width: column.width - sign.width - Tok.mm(3)
                anchors.verticalCenter: sign.verticalCenter
                text: called.mark(result.mark)
                size: Tok.mm(8) * result.larger
                font.weight: Font.Bold
                color: result.words
            }
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: result.bad ? called.cure(result.code) : called.reason(String(Kiosk.facts.reason ?? ""))
            size: Tok.mm(7.2) * result.larger
            lineHeight: 0.95
            color: result.words
        }
        Words {
            width: parent.width
            visible: result.bad
            text: result.code
            size: Tok.mm(6)
            color: result.words
            font { family: Tok.figures; weight: Font.DemiBold }
        }
        Column {
            width: parent.width
            spacing: Tok.mm(1)
            visible: result.names.length > 0
            Repeater {
                model: result.names.length
                delegate: Item {
                    id: line
                    required property int index
                    readonly property string name: result.names[index] ?? ""
                    width: column.width
                    height: Math.max(label.height, value.height)
                    Words {
                        id: label
                        width: parent.width * 0.5
                        text: called.figure(line.name)
                        size: Tok.mm(5.8) * result.larger
                        lineHeight: 0.92
                        color: result.bad ? Tok.attentionInk : Tok.muted
                    }
                    Words {
                        id: value
                        x: parent.width * 0.53
                        width: parent.width - x
                        text: called.value(line.name, result.values[line.index] ?? "")
                        size: Tok.mm(5.8) * result.larger
                        lineHeight: 0.92
                        wrapMode: Text.Wrap
                        color: result.words
                        font.weight: Font.DemiBold
                    }
                }
            }
        }
    }
}
