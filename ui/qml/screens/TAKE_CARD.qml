import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_TAKE_CARD")
    body: qsTrId("body_TAKE_CARD")
    art: "take_card"
    heroShare: 0.55
    mayLeave: false
    mayHelp: false
    content: Component { Note { label: qsTrId("outcome_" + String(Kiosk.facts.outcome ?? "left")) } }
}
