// A QR code and, where there is room, the phone that scans it.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Item {
    id: scan
    property bool phone: true
    readonly property real side: Math.min(height - 2 * Tok.mm(6), (width - 2 * Tok.mm(12)) / (phone ? 1.62 : 1), Tok.mm(150))
    Row {
        anchors.centerIn: parent
        spacing: scan.side * 0.1
        Rectangle {
            id: code
            width: scan.side
            height: width
            radius: Tok.radius
            color: "#FFFFFF"
            border { width: Tok.mm(1); color: "#0A4A46" }
            Image {
                readonly property string link: String(Kiosk.facts.link ?? "")
                anchors.fill: parent
                anchors.margins: Tok.mm(4)
                // Its modules are whole pixels: it is drawn in its size, and not scaled.
                sourceSize: Qt.size(width, height)
                fillMode: Image.Pad
                cache: false
                source: link === "" || width < 1 ? "" : "image://qr/" + encodeURIComponent(link)
            }
        }
        Art {
            visible: scan.phone
            name: "phone"
            width: scan.side * 0.52
            height: scan.side * 0.76
            anchors.verticalCenter: code.verticalCenter
        }
    }
}
