// The citizen in the mirror, with the oval to stand in.
import QtQuick
import QtQuick.Shapes
import Kiosk.Native 1.0
import "../tokens"

Rectangle {
    id: view
    readonly property bool good: Kiosk.hint === "hold_still"
    readonly property real tall: height * 0.43
    readonly property real broad: Math.min(tall * 0.76, width * 0.42)
    color: Tok.dark
    clip: true

    PreviewItem { anchors.fill: parent }
    Shape {
        anchors.fill: parent
        ShapePath {
            // A dark line under the light one: the oval stands out on any background.
            strokeColor: "#99102422"
            strokeWidth: Tok.mm(4.6)
            fillColor: "transparent"
            PathAngleArc {
                centerX: view.width / 2; centerY: view.height / 2
                radiusX: view.broad; radiusY: view.tall
                startAngle: 0; sweepAngle: 360
            }
        }
        ShapePath {
            strokeColor: view.good ? Tok.good : "#FFFFFF"
            strokeWidth: view.good ? Tok.mm(3.4) : Tok.mm(2.2)
            strokeStyle: view.good ? ShapePath.SolidLine : ShapePath.DashLine
            dashPattern: [4, 2.6]
            capStyle: ShapePath.RoundCap
            fillColor: "transparent"
            PathAngleArc {
                centerX: view.width / 2; centerY: view.height / 2
                radiusX: view.broad; radiusY: view.tall
                startAngle: 0; sweepAngle: 360
            }
        }
    }
    Rectangle {
        visible: Kiosk.count > 0
        width: Tok.mm(34)
        height: width
        radius: width / 2
        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: Tok.mm(5) }
        color: Tok.good
        Words {
            anchors.centerIn: parent
            text: Kiosk.count
            size: Tok.display
            color: "#FFFFFF"
            font.weight: Font.Bold
            font.family: Tok.figures
        }
    }
}
