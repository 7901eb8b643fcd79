import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    Failures { id: failures }
    title: qsTrId("title_REFERRAL")
    body: failures.words(String(Kiosk.facts.code ?? ""))
    art: "staff"
    mayHelp: false
    mayLeave: false
    primary: "continue"
    primaryLabel: qsTrId("done")
    content: Component { Reference { code: String(Kiosk.facts.reference ?? "") } }
}
