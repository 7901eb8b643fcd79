import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_LINK_PHONE")
    body: qsTrId("body_LINK_PHONE")
    step: 3
    primary: "continue"
    primaryLabel: qsTrId("phone_done")
    secondary: "skip"
    secondaryLabel: qsTrId("phone_later")
    hero: Component {
        Item {
            Rectangle {
                id: frame
                anchors.centerIn: parent
                width: Math.min(parent.width, parent.height, Tok.mm(130))
                height: width
                radius: Tok.radius
                color: "#FFFFFF"
                border { width: Tok.line; color: Tok.edge }
                QrItem { anchors.fill: parent; anchors.margins: Tok.mm(3); text: String(Kiosk.facts.link ?? "") }
            }
            Art {
                name: "phone"
                visible: !(parent.width > 0 && frame.width > parent.width * 0.7)
                anchors { left: frame.right; leftMargin: Tok.mm(-6); verticalCenter: frame.verticalCenter }
                width: Math.max(1, (parent.width - frame.width) / 2 + Tok.mm(6))
                height: width * 0.65
            }
        }
    }
    content: Component { Reference { code: String(Kiosk.facts.reference ?? "") } }
}
