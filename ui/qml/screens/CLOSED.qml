import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_CLOSED")
    body: qsTrId("body_CLOSED").arg(String(Kiosk.facts.opens ?? ""))
    art: "rest"
    scene: true
    loud: true
    ground: Tok.dusk
    inSession: false
}
