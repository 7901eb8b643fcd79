// The receipt comes out of the slot.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0

Item {
    id: slip
    required property bool printing
    readonly property real unit: scene.width / 400
    // How much of the paper is out.
    property real out: printing ? 0.6 : 1
    clip: true
    Accessible.ignored: true

    component Layer: Image {
        required property string name
        width: scene.width
        height: Math.round(width * 1.15)
        sourceSize: Qt.size(Math.max(1, width), Math.max(1, height))
        source: Qt.resolvedUrl("../art/" + name + ".svg")
        Accessible.ignored: true
    }
    Item {
        id: scene
        width: Math.round(Math.min(slip.width * 0.9, slip.height / 1.02))
        height: Math.round(width * 1.02)
        anchors.centerIn: parent
        Layer { name: "slot" }
        Item {
            y: 171 * slip.unit
            width: parent.width
            height: 230 * slip.unit
            clip: true
            Layer { name: "paper"; y: (-171 - 205 * (1 - slip.out)) * slip.unit }
        }
    }
    SequentialAnimation on out {
        running: slip.printing && !Kiosk.still
        loops: Animation.Infinite
        NumberAnimation { from: 0.05; to: 1; duration: 2600 }
        PauseAnimation { duration: 900 }
    }
}
