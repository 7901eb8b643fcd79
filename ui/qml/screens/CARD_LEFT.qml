import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_CARD_LEFT")
    body: qsTrId("body_CARD_LEFT")
    art: "take_card"
    heroShare: 0.55
    inSession: false
    secondary: "help"
    secondaryLabel: qsTrId("help")
}
