import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_ATTRACT")
    body: qsTrId("body_ATTRACT")
    art: "hello"
    inSession: false
    primary: "touch"
    primaryLabel: qsTrId("touch_to_begin")
    content: Kiosk.facts.receipt_on_screen === true ? noPaper : null
    Component {
        id: noPaper
        Note { label: qsTrId("receipt_on_screen") }
    }
}
