pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property string paper: String(Kiosk.facts.paper ?? "none")
    readonly property bool onGlass: paper === "none"
    title: onGlass ? qsTrId("title_RECEIPT_none") : qsTrId("title_RECEIPT")
    body: qsTrId("receipt_" + paper)
    ground: Tok.sand
    step: 4
    heroShare: 0.5
    mayLeave: false
    primary: "continue"
    primaryLabel: qsTrId("done")
    hero: onGlass ? code : slip
    content: Component {
        Column {
            spacing: Tok.mm(5)
            Note {
                width: parent.width
                visible: Kiosk.facts.sent === false
                label: qsTrId("receipt_waiting")
            }
            Reference { width: parent.width; code: String(Kiosk.facts.reference ?? "") }
        }
    }
    Component { id: slip; Slip { printing: page.paper === "printing" } }
    Component { id: code; ScanMe { phone: false } }
}
