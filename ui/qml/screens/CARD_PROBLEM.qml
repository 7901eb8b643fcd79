import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    Failures { id: failures }
    readonly property bool mayRetry: Kiosk.facts.may_retry !== false
    title: mayRetry ? qsTrId("title_CARD_PROBLEM_retry") : qsTrId("title_CARD_PROBLEM")
    body: mayRetry ? failures.words(String(Kiosk.facts.code ?? "")) : qsTrId("failure_card_tries_used")
    ground: Tok.sand
    step: 0
    primary: mayRetry ? "retry" : ""
    primaryLabel: qsTrId("retry")
    secondary: "counter"
    secondaryLabel: qsTrId("counter")
    hero: Component { Shelf { pose: "problem" } }
}
