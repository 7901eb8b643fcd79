// Time runs out: one big button gives all of it again.
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Rectangle {
    id: overlay
    objectName: "overlay:more_time"
    color: Tok.veil
    MouseArea { anchors.fill: parent }
    Rectangle {
        width: Math.min(parent.width - 2 * Tok.gutter, Tok.mm(250))
        height: column.height + Tok.mm(28)
        anchors.horizontalCenter: parent.horizontalCenter
        y: parent.height > parent.width ? parent.height * 0.5 : (parent.height - height) / 2
        radius: Tok.radius * 1.6
        color: Tok.card
        border { width: Tok.mm(1.2); color: Tok.accent }
        Column {
            id: column
            anchors.centerIn: parent
            width: parent.width - Tok.mm(28)
            spacing: Tok.mm(8)
            Words {
                width: parent.width
                text: qsTrId("more_time_head")
                size: Tok.heading
                font.weight: Font.Bold
                horizontalAlignment: Text.AlignHCenter
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }
            Words {
                width: parent.width
                text: qsTrId("more_time_body").arg(Kiosk.secondsLeft)
                horizontalAlignment: Text.AlignHCenter
                color: Tok.muted
            }
            KButton {
                look: "main"
                action: "more_time"
                label: qsTrId("more_time")
                size: Tok.body * 1.1
                width: parent.width
                height: Tok.mm(34)
            }
        }
    }
}
