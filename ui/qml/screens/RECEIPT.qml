import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property string paper: String(Kiosk.facts.paper ?? "none")
    title: paper === "none" ? qsTrId("title_RECEIPT_none") : qsTrId("title_RECEIPT")
    body: qsTrId("receipt_" + paper)
    art: "receipt"
    step: 4
    mayLeave: false
    primary: "continue"
    primaryLabel: qsTrId("done")
    hero: paper === "none" ? code : slip
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
    Component {
        id: slip
        Item {
            Art {
                name: "receipt"
                anchors.centerIn: parent
                width: Math.min(parent.width, parent.height / 0.65)
                height: width * 0.65
            }
        }
    }
    Component {
        id: code
        Item {
            Rectangle {
                anchors.centerIn: parent
                width: Math.min(parent.width, parent.height, Tok.mm(130))
                height: width
                radius: Tok.radius
                color: "#FFFFFF"
                border { width: Tok.line; color: Tok.edge }
                QrItem { anchors.fill: parent; anchors.margins: Tok.mm(3); text: String(Kiosk.facts.link ?? "") }
            }
        }
    }
}
