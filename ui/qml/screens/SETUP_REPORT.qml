pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property bool ready: Kiosk.facts.ready === true
    readonly property var lacking: Kiosk.facts.lacking ?? []
    readonly property var pictures: Kiosk.facts.pictures ?? []
    readonly property string terminal: String(Kiosk.facts.terminal ?? "")
    title: ready ? qsTrId("setup_ready").arg(terminal) : qsTrId("setup_not_ready")
    body: ready ? qsTrId("setup_ready_more") : qsTrId("setup_not_ready_more")
    bodySize: Tok.mm(wide ? 8.4 : 9.4) * (1 + (Kiosk.zoom - 1) * 0.4)
    readonly property real rowSize: Tok.mm(wide ? 6.6 : 7.4) * (1 + (Kiosk.zoom - 1) * 0.4)
    titleSize: wide ? Tok.mm(14) : Tok.heading
    scene: ready
    ground: ready ? Tok.sage : Tok.dusk
    heroShare: 0.4
    inSession: false
    mayBack: true
    primary: "continue"
    primaryLabel: ready ? qsTrId("setup_finish") : qsTrId("setup_to_list")
    SetupWords { id: called }
    hero: Component {
        Item {
            Art { visible: page.ready; anchors.fill: parent; name: "goodbye"; scene: true }
            Machine {
                id: machine
                visible: !page.ready
                anchors { fill: parent; margins: Tok.mm(3) }
                Art {
                    name: "badge_problem"
                    width: 110 * machine.unit
                    height: width
                    x: (parent.width + 200 * machine.unit) / 2 - width / 2
                    y: (parent.height - 372 * machine.unit) / 2 - width * 0.1
                }
            }
        }
    }
    content: Component {
        Column {
            id: lines
            spacing: Tok.mm(page.wide && Kiosk.zoom > 1 ? 1.5 : 3.5)
            Note {
                visible: !page.ready
                width: parent.width
                alert: true
                label: called.steps(page.lacking)
            }
            StateRow {
                width: parent.width; middle: 0.5; size: page.rowSize
                mark: Kiosk.facts.painted === false ? "bad" : "good"
                label: qsTrId("report_title")
                value: qsTrId(Kiosk.facts.painted === false ? "report_failed" : "setup_report_signed")
            }
            Repeater {
                model: ["face_camera", "test_page", "touch"]
                delegate: StateRow {
                    required property string modelData
                    width: lines.width; middle: 0.5; size: page.rowSize
                    mark: page.pictures.indexOf(modelData) >= 0 ? "good" : ""
                    label: qsTrId("picture_" + modelData)
                    value: page.pictures.indexOf(modelData) >= 0 ? qsTrId("setup_pictured") : qsTrId("setup_not_pictured")
                }
            }
        }
    }
}
