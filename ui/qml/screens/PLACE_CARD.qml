import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_PLACE_CARD")
    body: qsTrId("body_PLACE_CARD")
    loud: true
    ground: Tok.sand
    step: 0
    heroShare: 0.55
    mayBack: true
    hero: Component { Shelf { pose: "place" } }
}
