// A QR code and the phone that scans it.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Item {
    id: scan
    readonly property real side: Math.min(height, width * 0.66, Tok.mm(140))
    Rectangle {
        anchors.fill: parent
        anchors.topMargin: (parent.height - height) / 2
        height: Math.min(parent.height, scan.side + Tok.mm(30))
        radius: Tok.radius * 2
        color: Tok.tint
    }
    Row {
        anchors.centerIn: parent
        spacing: Tok.mm(10)
        Rectangle {
            width: scan.side - Tok.mm(6)
            height: width
            radius: Tok.radius
            color: "#FFFFFF"
            border { width: Tok.line; color: Tok.edge }
            QrItem {
                anchors.fill: parent
                anchors.margins: Tok.mm(3)
                text: String(Kiosk.facts.link ?? "")
            }
        }
        Image {
            source: Qt.resolvedUrl("../art/phone.svg")
            anchors.verticalCenter: parent.verticalCenter
            height: (scan.side - Tok.mm(6)) * 0.72
            width: height * 0.6
            sourceSize: Qt.size(Math.max(1, width), Math.max(1, height))
            fillMode: Image.PreserveAspectFit
            Accessible.ignored: true
        }
    }
}
