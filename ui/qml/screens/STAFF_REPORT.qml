pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property bool ready: Kiosk.facts.ready === true
    readonly property string report: String(Kiosk.facts.report ?? "")
    readonly property var labels: Kiosk.facts.labels ?? []
    readonly property var values: Kiosk.facts.values ?? []
    readonly property var words: Kiosk.facts.words ?? []
    readonly property var marks: Kiosk.facts.marks ?? []
    title: qsTrId("title_STAFF_REPORT")
    body: (ready ? qsTrId("report_ready") : qsTrId("report_not_ready")) + (report === "" ? "" : " \u00B7 " + qsTrId("report_" + report))
    titleSize: wide ? Tok.mm(12) : Tok.heading
    art: "staff"
    ground: Tok.dusk
    bare: true
    inSession: false
    mayBack: true
    primary: "continue"
    primaryLabel: qsTrId("report_make")
    primaryEnabled: report !== "making"
    content: Component {
        Rectangle {
            implicitHeight: grid.height + Tok.mm(8)
            radius: Tok.radius
            color: Tok.card
            border { width: Tok.line; color: Tok.strong ? Tok.edge : "#CFDCD6" }
            Grid {
                id: grid
                x: Tok.mm(6); y: Tok.mm(4)
                width: parent.width - 2 * x
                columns: page.wide ? 2 : 1
                columnSpacing: Tok.mm(6)
                Repeater {
                    model: page.labels.length
                    delegate: StateRow {
                        required property int index
                        width: (grid.width - (grid.columns - 1) * grid.columnSpacing) / grid.columns
                        readonly property string about: page.labels[index] ?? "report_software"
                        label: (about.startsWith("test_") ? qsTrId("report_tests") + " \u00B7 " : "") + qsTrId(about)
                        mark: page.marks[index] ?? ""
                        value: page.words[index] ? qsTrId(page.words[index]) : String(page.values[index] ?? "")
                        size: Tok.mm(page.wide ? 5.8 : 6.8)
                        middle: 0.5
                    }
                }
            }
        }
    }
}
