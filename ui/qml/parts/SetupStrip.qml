// Which of the steps this is, and how the others stand.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Item {
    id: strip
    readonly property var steps: Kiosk.facts.steps ?? []
    readonly property var marks: Kiosk.facts.marks ?? []
    readonly property int at: steps.indexOf(String(Kiosk.facts.step ?? ""))
    implicitHeight: Tok.mm(14)
    Accessible.role: Accessible.ProgressBar
    Accessible.name: told.text
    Words {
        id: told
        anchors { right: parent.right; bottom: bars.top; bottomMargin: Tok.mm(1.6) }
        text: strip.at < 0 ? "" : qsTrId("setup_step_of").arg(strip.at + 1).arg(strip.steps.length)
        size: Tok.tiny
        color: Tok.muted
        font.weight: Font.DemiBold
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
    Row {
        id: bars
        anchors.bottom: parent.bottom
        width: parent.width
        spacing: Tok.mm(1.6)
        Repeater {
            model: strip.steps.length
            delegate: Rectangle {
                required property int index
                readonly property string mark: strip.marks[index] ?? "todo"
                width: (bars.width - (strip.steps.length - 1) * bars.spacing) / Math.max(1, strip.steps.length)
                height: Tok.mm(4)
                radius: height / 2
                color: mark === "good" ? Tok.accent : mark === "bad" ? "#C9821A" : mark === "skipped" ? Tok.edge : Tok.track
                border { width: index === strip.at ? Tok.mm(1.1) : Tok.line; color: index === strip.at ? Tok.ink : Tok.edge }
            }
        }
    }
}
