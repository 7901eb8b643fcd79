// The whole glass in one colour, for the camera: with one place to look at.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Rectangle {
    id: shining
    property bool on: false
    visible: on
    Accessible.role: Accessible.Button
    Accessible.name: words.text
    Accessible.onPressAction: Kiosk.send("gentle")
    // Whom flashes harm must be able to end them with any touch.
    MouseArea { anchors.fill: parent; onClicked: Kiosk.send("gentle") }
    Rectangle {
        anchors.centerIn: parent
        width: Tok.mm(26)
        height: width
        radius: width / 2
        color: "transparent"
        border { width: Tok.mm(2.4); color: "#FFFFFF" }
        Rectangle {
            anchors.centerIn: parent
            width: parent.width + Tok.mm(2.4)
            height: width
            radius: width / 2
            color: "transparent"
            border { width: Tok.mm(1.2); color: "#17302F" }
        }
    }
    Rectangle {
        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: Tok.gutter }
        width: Math.min(parent.width - 2 * Tok.gutter, words.implicitWidth + Tok.mm(20))
        height: words.height + Tok.mm(14)
        radius: Tok.radius
        color: "#17302F"
        Words {
            id: words
            anchors.centerIn: parent
            width: Math.min(implicitWidth, shining.width - 2 * Tok.gutter - Tok.mm(20))
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("asked_colours")
            size: Tok.body
            color: "#FFFFFF"
        }
    }
}
