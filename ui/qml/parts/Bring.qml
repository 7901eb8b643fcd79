// What to bring and how long it takes, in three pictures.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Row {
    id: bring
    readonly property var things: [["small_card", qsTrId("bring_card")], ["small_phone", qsTrId("bring_phone")],
                                   ["small_clock", qsTrId("bring_time")]]
    property real picture: Tok.mm(29)
    spacing: Tok.mm(5)
    readonly property real tallest: Math.max(one.implicitHeight, two.implicitHeight, three.implicitHeight)

    component Thing: Rectangle {
        id: thing
        required property int index
        implicitHeight: picture.height + caption.height + Tok.mm(11)
        width: (bring.width - 2 * bring.spacing) / 3
        height: bring.tallest
        radius: Tok.radius
        color: Tok.card
        border { width: Tok.strong ? Tok.line : 0; color: Tok.edge }
        Art {
            id: picture
            name: bring.things[thing.index][0]
            y: Tok.mm(4)
            width: bring.picture; height: width
            anchors.horizontalCenter: parent.horizontalCenter
        }
        Words {
            id: caption
            anchors { top: picture.bottom; topMargin: Tok.mm(2) }
            x: Tok.mm(2)
            width: parent.width - Tok.mm(4)
            horizontalAlignment: Text.AlignHCenter
            text: bring.things[thing.index][1]
            size: Tok.mm(8.6) * Kiosk.zoom
            font.weight: Font.Medium
        }
    }
    Thing { id: one; index: 0 }
    Thing { id: two; index: 1 }
    Thing { id: three; index: 2 }
}
