// The one window: the screen of the engine's state, and the question about more time.
import QtQuick
import QtQuick.Window
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Window {
    id: window
    color: Tok.paper
    title: qsTrId("wordmark")

    Loader {
        id: stage
        anchors.fill: parent
        source: Qt.resolvedUrl("../screens/" + (Kiosk.connected ? Kiosk.screenName : "AWAY") + ".qml")
        visible: !shining.on
        opacity: status === Loader.Ready ? 1 : 0
        Behavior on opacity { NumberAnimation { duration: Tok.fade } }
    }
    Shining {
        id: shining
        anchors.fill: parent
        on: Kiosk.shining && Kiosk.connected
        color: Kiosk.colour
    }
    MoreTime {
        anchors.fill: parent
        visible: Kiosk.warning && Kiosk.connected
    }
}
