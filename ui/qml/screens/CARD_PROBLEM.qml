import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    Failures { id: failures }
    title: qsTrId("title_CARD_PROBLEM")
    body: failures.words(String(Kiosk.facts.code ?? ""))
    art: "problem"
    step: 0
    primary: Kiosk.facts.may_retry === false ? "" : "retry"
    primaryLabel: qsTrId("retry")
    secondary: "counter"
    secondaryLabel: qsTrId("counter")
}
