import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_CARD_LEFT")
    body: qsTrId("body_CARD_LEFT")
    loud: true
    ground: Tok.sand
    heroShare: 0.52
    inSession: false
    secondary: "help"
    secondaryLabel: qsTrId("help")
    hero: Component { Shelf { pose: "left" } }
}
