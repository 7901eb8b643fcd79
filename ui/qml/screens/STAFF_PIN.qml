pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property int digits: Number(Kiosk.facts.digits ?? 0)
    readonly property int locked: Number(Kiosk.facts.locked_min ?? 0)
    readonly property int tries: Number(Kiosk.facts.tries_left ?? 0)
    readonly property string code: String(Kiosk.facts.code ?? "")
    readonly property bool asking: Kiosk.facts.asking === true
    readonly property string problem: locked > 0 ? qsTrId("pin_locked").arg(locked)
        : code === "staff.pin_refused" ? qsTrId("pin_tries").arg(tries)
        : code !== "" ? qsTrId("pin_card_bad") + " " + code : ""
    title: qsTrId("title_STAFF_PIN")
    body: wide ? "" : asking ? qsTrId("pin_asking") : qsTrId("body_STAFF_PIN")
    ground: Tok.dusk
    heroShare: 0.36
    inSession: false
    mayLeave: true
    titleSize: wide ? Tok.mm(14) : Tok.heading
    primary: "continue"
    primaryEnabled: digits === 6 && locked === 0 && !asking
    hero: Component {
        Item {
            Note {
                id: note
                visible: label !== ""
                x: Tok.gutter
                width: parent.width - 2 * Tok.gutter
                y: parent.height - height - Tok.mm(6)
                alert: page.problem !== ""
                label: page.problem !== "" ? page.problem : !page.wide ? ""
                     : page.asking ? qsTrId("pin_asking") : qsTrId("body_STAFF_PIN")
            }
            Art {
                width: parent.width
                height: (note.visible ? note.y : parent.height) - Tok.mm(4)
                visible: height > Tok.mm(30)
                name: "service_card"
                margin: Tok.mm(8)
            }
        }
    }
    content: Component {
        Item {
            implicitHeight: cells.height + Tok.mm(7) + pad.implicitHeight
            PinCells { id: cells; width: parent.width; digits: page.digits }
            NumPad {
                id: pad
                y: cells.height + Tok.mm(7)
                width: parent.width
                height: parent.height - y
                field: "pin"
                typed: ""
            }
        }
    }
}
