// Nothing but the ring, and in the middle, where no turned glass puts a corner, the words.
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Item {
    id: page
    readonly property bool wide: width > height
    readonly property var target: Kiosk.facts.target ?? ["0.5", "0.1"]
    Rectangle { anchors.fill: parent; color: Tok.paper }
    MouseArea {
        anchors.fill: parent
        onClicked: mouse => Kiosk.send("target", (mouse.x / width).toFixed(4) + "," + (mouse.y / height).toFixed(4))
    }
    Target {
        x: page.width * Number(page.target[0]) - width / 2
        y: page.height * Number(page.target[1]) - height / 2
    }
    Column {
        anchors.centerIn: parent
        width: page.wide ? page.width * 0.62 : page.width * 0.74
        spacing: Tok.mm(7)
        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("title_SETUP_TOUCH")
            size: page.wide ? Tok.mm(12.5) : Tok.heading
            font.weight: Font.Bold
            lineHeight: 0.92
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("setup_touch_number").arg(Number(Kiosk.facts.number ?? 1)).arg(Number(Kiosk.facts.targets ?? 5))
            size: Tok.label
            color: Tok.muted
        }
        Footer {
            width: parent.width
            height: implicitHeight
            mayBack: true
            mayLeave: false
            mayHelp: false
        }
    }
}
