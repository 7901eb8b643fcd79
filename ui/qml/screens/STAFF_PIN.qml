pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    title: qsTrId("title_STAFF_PIN")
    body: wide ? "" : pin.asking ? qsTrId("pin_asking") : qsTrId("body_STAFF_PIN")
    ground: Tok.dusk
    heroShare: 0.36
    inSession: false
    mayLeave: true
    titleSize: wide ? Tok.mm(14) : Tok.heading
    primary: "continue"
    primaryEnabled: pin.whole
    PinFacts { id: pin }
    hero: Component {
        PinHero {
            problem: pin.problem
            told: !page.wide ? "" : pin.asking ? qsTrId("pin_asking") : qsTrId("body_STAFF_PIN")
        }
    }
    content: Component { PinPad { digits: pin.digits } }
}
