import QtQuick
import Kiosk.Native 1.0
import "../parts"

Page {
    readonly property int attempts: Number(Kiosk.facts.attempts ?? 1)
    readonly property int attempt: Number(Kiosk.facts.attempt ?? 1)
    readonly property bool asked: Kiosk.challenge !== ""
    // What nobody can do who sits is said in other words.
    readonly property bool otherwise: Kiosk.seated && ["nearer", "back", "up", "down"].indexOf(Kiosk.hint) >= 0
    readonly property string hint: "hint_" + (otherwise ? "seated_" : "") + Kiosk.hint
    title: asked ? qsTrId("asked_" + Kiosk.challenge)
         : Kiosk.hint === "" ? qsTrId("title_TAKING_PHOTO") : qsTrId(hint)
    body: asked ? qsTrId("asked_body")
        : qsTrId("hint_none") + (attempt > 1 ? " " + qsTrId("attempt").arg(attempt).arg(attempts) : "")
    loud: true
    step: 2
    heroShare: 0.6
    equalChoice: true
    primary: "gentle"
    primaryLabel: qsTrId("gentle")
    secondary: "counter"
    secondaryLabel: qsTrId("counter")
    hero: Component { CameraView {} }
}
