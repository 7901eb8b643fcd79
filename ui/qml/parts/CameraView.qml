// The citizen in the mirror, with the oval to stand in and one hint at a time.
import QtQuick
import QtQuick.Shapes
import Kiosk.Native 1.0
import "../tokens"

Item {
    id: view
    readonly property bool good: Kiosk.hint === "hold_still"
    Rectangle {
        id: frame
        anchors.fill: parent
        radius: Tok.radius
        color: "#20302E"
        clip: true
        PreviewItem { anchors.fill: parent }
        Shape {
            anchors.fill: parent
            ShapePath {
                strokeColor: view.good ? "#35C98F" : "#FFFFFF"
                strokeWidth: Tok.mm(2.2)
                strokeStyle: view.good ? ShapePath.SolidLine : ShapePath.DashLine
                dashPattern: [3, 2.4]
                fillColor: "transparent"
                PathAngleArc {
                    centerX: frame.width / 2; centerY: frame.height * 0.5
                    radiusX: Math.min(frame.width * 0.3, frame.height * 0.31)
                    radiusY: frame.height * 0.42
                    startAngle: 0; sweepAngle: 360
                }
            }
        }
    }
}
