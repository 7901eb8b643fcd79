import QtQuick
import Kiosk.Native 1.0
import "../parts"

Page {
    title: qsTrId("title_WIPING")
    body: qsTrId("body_WIPING")
    art: "goodbye"
    scene: true
    loud: true
    heroShare: 0.52
    mayLeave: false
    mayHelp: false
    content: Component { Note { label: qsTrId("outcome_" + String(Kiosk.facts.outcome ?? "left")) } }
}
