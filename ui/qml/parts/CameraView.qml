// The citizen in the mirror, with the oval to stand in.
import QtQuick
import QtQuick.Shapes
import QtQuick.Window
import Kiosk.Native 1.0
import "../tokens"

Rectangle {
    id: view
    readonly property bool good: Kiosk.hint === "hold_still" || Kiosk.challenge === "look_straight"
    readonly property bool turning: Kiosk.challenge.startsWith("turn_")
    readonly property bool closer: Kiosk.challenge === "come_closer"
    // The mirror: the citizen's left is the left of the glass.
    readonly property int side: Kiosk.challenge === "turn_left" ? -1 : 1
    // Who sits is seen lower by a camera that is screwed in.
    readonly property real tall: height * (Kiosk.seated ? 0.39 : 0.43)
    readonly property real middle: height * (Kiosk.seated ? 0.56 : 0.5)
    readonly property real broad: Math.min(tall * 0.76, width * 0.42)
    color: Tok.dark
    clip: true

    Item {
        anchors.fill: parent
        // The window is shell/Main.qml, which the linter cannot know.
        Component.onCompleted: Window.window.showMirror(this) // qmllint disable missing-property
    }
    Shape {
        anchors.fill: parent
        ShapePath {
            // A dark line under the light one: the oval stands out on any background.
            strokeColor: "#99102422"
            strokeWidth: Tok.mm(4.6)
            fillColor: "transparent"
            PathAngleArc {
                centerX: view.width / 2; centerY: view.middle
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
                centerX: view.width / 2; centerY: view.middle
                radiusX: view.broad; radiusY: view.tall
                startAngle: 0; sweepAngle: 360
            }
        }
    }
    Shape {
        // How far the head has turned: an arc that grows along that side of the oval.
        anchors.fill: parent
        visible: view.turning
        ShapePath {
            strokeColor: Tok.good
            strokeWidth: Tok.mm(4.6)
            capStyle: ShapePath.RoundCap
            fillColor: "transparent"
            PathAngleArc {
                centerX: view.width / 2; centerY: view.middle
                radiusX: view.broad; radiusY: view.tall
                startAngle: view.side < 0 ? 180 - 50 * Kiosk.turned : -50 * Kiosk.turned
                sweepAngle: 100 * Kiosk.turned
            }
        }
    }
    Shape {
        // Coming closer: a larger oval waits to be filled.
        anchors.fill: parent
        visible: view.closer
        ShapePath {
            strokeColor: Tok.good
            strokeWidth: Tok.mm(3.4)
            fillColor: "transparent"
            PathAngleArc {
                centerX: view.width / 2; centerY: view.middle
                radiusX: view.broad * (1 + 0.12 * Kiosk.turned); radiusY: view.tall * (1 + 0.12 * Kiosk.turned)
                startAngle: 0; sweepAngle: 360
            }
        }
    }
    Rectangle {
        visible: view.turning || view.closer
        width: Tok.mm(34)
        height: width
        radius: width / 2
        color: Tok.good
        border { width: Tok.mm(1.2); color: "#FFFFFF" }
        x: view.closer ? (view.width - width) / 2
                       : view.side < 0 ? Math.max(Tok.mm(4), view.width / 2 - view.broad - width - Tok.mm(6))
                                       : Math.min(view.width - width - Tok.mm(4), view.width / 2 + view.broad + Tok.mm(6))
        y: view.closer ? view.height - height - Tok.mm(5) : view.middle - height / 2
        Shape {
            id: arrow
            anchors.centerIn: parent
            width: Tok.mm(18)
            height: Tok.mm(18)
            rotation: view.closer ? 90 : view.side < 0 ? 180 : 0
            ShapePath {
                strokeColor: "#FFFFFF"
                strokeWidth: Tok.mm(3)
                capStyle: ShapePath.RoundCap
                joinStyle: ShapePath.RoundJoin
                fillColor: "transparent"
                startX: Tok.mm(2); startY: Tok.mm(9)
                PathLine { x: Tok.mm(16); y: Tok.mm(9) }
                PathMove { x: Tok.mm(10); y: Tok.mm(3) }
                PathLine { x: Tok.mm(16); y: Tok.mm(9) }
                PathLine { x: Tok.mm(10); y: Tok.mm(15) }
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
