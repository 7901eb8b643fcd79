import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    readonly property bool isEmpty: Kiosk.hint === "" || Kiosk.hint === "nothing"
    readonly property bool isRead: Kiosk.hint === "reading"
    title: isEmpty ? qsTrId("title_PLACE_CARD") : qsTrId("card_hint_" + Kiosk.hint)
    body: isRead ? qsTrId("body_card_hint_reading") : qsTrId("body_PLACE_CARD")
    loud: true
    ground: Tok.sand
    step: 0
    heroShare: 0.55
    mayBack: true
    hero: Component { Shelf { pose: isEmpty ? "place" : isRead ? "read" : "problem" } }
}
