pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property string field: String(Kiosk.facts.field ?? "number")
    readonly property string typed: String(Kiosk.facts.typed ?? "")
    readonly property string wrong: String(Kiosk.facts.wrong ?? "")
    readonly property string problem: wrong !== "" ? qsTrId("wrong_" + wrong)
        : String(Kiosk.facts.reason ?? "") !== "" ? qsTrId("reason_key_refused") : ""
    title: qsTrId("type_" + field)
    ground: Tok.sand
    step: 1
    heroShare: 0.37
    // Lying, the keys need the room of a second line.
    titleSize: wide ? Tok.mm(14) : Tok.heading
    mayBack: true
    primary: "continue"
    primaryEnabled: Kiosk.facts.complete === true
    hero: Component {
        Item {
            Note {
                id: note
                visible: page.problem !== ""
                x: Tok.gutter
                width: parent.width - 2 * Tok.gutter
                y: parent.height - height - Tok.mm(6)
                alert: true
                label: page.problem
            }
            CardField {
                readonly property real room: (note.visible ? note.y : parent.height) - Tok.mm(8)
                visible: room > Tok.mm(Kiosk.seated ? 52 : 30)
                width: Math.min(parent.width - 2 * Tok.gutter, room / 0.63, Tok.mm(170))
                x: (parent.width - width) / 2
                y: Tok.mm(2) + (room - height) / 2
                field: page.field
            }
        }
    }
    content: Component {
        Item {
            implicitHeight: cells.implicitHeight + Tok.mm(7) + pad.implicitHeight
            Cells { id: cells; width: parent.width; field: page.field; typed: page.typed; wrong: page.wrong !== "" }
            NumPad {
                id: pad
                y: cells.implicitHeight + Tok.mm(7)
                width: parent.width
                height: parent.height - y
                field: page.field
                typed: page.typed
            }
        }
    }
}
