pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property bool noted: Kiosk.facts.receipt_on_screen === true || String(Kiosk.facts.headline ?? "") !== ""
    title: qsTrId("title_ATTRACT")
    beside: qsTrId("beside_ATTRACT")
    art: "hello"
    scene: true
    loud: !wide || Kiosk.zoom === 1
    heroShare: Kiosk.zoom > 1 ? 0.42 : 0.5
    inSession: false
    primary: "touch"
    primaryLabel: qsTrId("touch_to_begin")
    secondary: "browse"
    secondaryLabel: qsTrId("attract_browse")
    content: Component {
        Column {
            spacing: Tok.mm(5)
            Note {
                visible: label !== ""
                width: parent.width
                alert: true
                label: String(Kiosk.facts.headline ?? "")
            }
            Note {
                visible: Kiosk.facts.receipt_on_screen === true
                width: parent.width
                label: qsTrId("receipt_on_screen")
            }
            Bring {
                width: parent.width
                picture: !page.wide ? Tok.mm(29) : Kiosk.zoom > 1 || page.noted ? 0 : Tok.mm(24)
            }
        }
    }
    MouseArea {
        // The whole glass begins; the buttons lie over it.
        z: -1
        anchors.fill: parent
        onClicked: Kiosk.send("touch", "")
    }
}
