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
    // Nobody who stands before it closes it; a signal ends the program.
    property bool held: true
    onClosing: close => { close.accepted = !held }

    function showMirror(place) { mirror.parent = place; mirror.plain = false }
    function showCamera(place) { mirror.parent = place; mirror.plain = true }

    Item {
        // One mirror for all screens: what QML makes of a Python type, PySide keeps for ever.
        visible: false
        PreviewItem { id: mirror; anchors.fill: parent }
    }
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
    Rectangle {
        // For who listens: nobody reads along. The keypad goes on below it.
        anchors.fill: parent
        visible: Kiosk.curtain
        color: "#000000"
        MouseArea { anchors.fill: parent }
        Words {
            anchors.centerIn: parent
            width: parent.width * 0.7
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("curtain")
            color: "#FFFFFF"
        }
    }
}
