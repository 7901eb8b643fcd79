// Long work: how far it has come.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Item {
    id: progress
    property real share: -1
    implicitHeight: Tok.mm(8)
    Accessible.role: Accessible.ProgressBar
    Accessible.name: Math.round(Math.max(0, share) * 100) + "%"
    Rectangle {
        id: track
        anchors.fill: parent
        radius: height / 2
        color: Tok.tint
        border { width: Tok.line; color: Tok.edge }
    }
    Rectangle {
        id: bar
        property real travel: 0
        height: parent.height
        radius: height / 2
        color: Tok.accent
        width: progress.share >= 0 ? Math.max(height, parent.width * progress.share) : parent.width * 0.3
        x: progress.share >= 0 ? 0 : (parent.width - width) * travel
        SequentialAnimation on travel {
            running: progress.share < 0 && !Kiosk.still
            loops: Animation.Infinite
            NumberAnimation { from: 0; to: 1; duration: 1400; easing.type: Easing.InOutSine }
            NumberAnimation { from: 1; to: 0; duration: 1400; easing.type: Easing.InOutSine }
        }
    }
}
