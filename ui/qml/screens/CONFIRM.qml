pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property bool seen: Kiosk.facts.card_seen === true
    title: qsTrId("title_CONFIRM")
    body: seen ? (wide ? "" : pin.asking ? qsTrId("pin_asking") : qsTrId("confirm_pin")) : qsTrId("body_CONFIRM")
    titleSize: wide ? Tok.mm(13) : Tok.heading
    ground: Tok.dusk
    art: "staff"
    grounded: true
    step: 2
    heroShare: 0.36
    primary: seen ? "continue" : ""
    primaryEnabled: pin.whole
    secondary: "counter"
    secondaryLabel: qsTrId("confirm_no")
    hero: seen ? asked : artist
    content: seen ? pad : null
    PinFacts { id: pin }
    Component {
        id: asked
        PinHero {
            problem: pin.problem
            told: !page.wide ? "" : pin.asking ? qsTrId("pin_asking") : qsTrId("confirm_pin")
        }
    }
    Component { id: artist; Art { name: "staff"; grounded: true; margin: Tok.mm(8) } }
    Component { id: pad; PinPad { digits: pin.digits } }
}
