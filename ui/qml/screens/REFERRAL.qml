import QtQuick
import Kiosk.Native 1.0
import "../parts"

Page {
    Failures { id: failures }
    readonly property string code: String(Kiosk.facts.code ?? "")
    title: qsTrId("title_REFERRAL")
    body: failures.words(code)
    art: "staff"
    grounded: true
    mayHelp: false
    mayLeave: false
    primary: "continue"
    primaryLabel: qsTrId("done")
    content: Component {
        Reference { code: String(Kiosk.facts.reference ?? ""); detail: String(Kiosk.facts.code ?? "") }
    }
}
