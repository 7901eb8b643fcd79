import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    readonly property bool cardIn: Kiosk.facts.card_in !== false
    title: cardIn ? qsTrId("title_TAKE_CARD") : qsTrId("title_TAKE_CARD_out")
    body: cardIn ? qsTrId("body_TAKE_CARD") : qsTrId("body_TAKE_CARD_out")
    loud: true
    ground: Tok.sand
    heroShare: 0.55
    mayLeave: false
    mayHelp: false
    hero: Component { Shelf { pose: "take" } }
    content: Component { Note { label: qsTrId("outcome_" + String(Kiosk.facts.outcome ?? "left")) } }
}
