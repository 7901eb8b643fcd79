pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property bool known: Kiosk.facts.known === true
    title: qsTrId("title_GUARDIAN")
    body: qsTrId("body_GUARDIAN")
    titleSize: wide ? Tok.mm(13) : Tok.heading
    step: 1
    art: "guardian"
    grounded: true
    heroShare: 0.42
    dense: false
    secondary: "counter"
    secondaryLabel: qsTrId("counter")
    hero: known ? code : waiting
    content: Component {
        Column {
            spacing: Tok.mm(4)
            Note {
                width: parent.width
                label: page.known ? qsTrId("guardian_check") : qsTrId("guardian_preparing")
            }
            Reference { width: parent.width; code: page.known ? String(Kiosk.facts.reference ?? "") : "" }
        }
    }
    Component { id: code; ScanMe {} }
    Component {
        id: waiting
        Art { name: "guardian"; grounded: true; margin: Tok.mm(6) }
    }
}
