import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_READING_CARD")
    body: qsTrId("body_READING_CARD")
    loud: true
    ground: Tok.sand
    step: 0
    heroShare: 0.55
    hero: Component { Shelf { pose: "read" } }
    content: Component { Progress { share: Kiosk.progress } }
}
