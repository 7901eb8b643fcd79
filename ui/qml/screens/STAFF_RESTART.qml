import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_STAFF_RESTART")
    body: qsTrId("body_STAFF_RESTART")
    art: "rest"
    scene: true
    ground: Tok.dusk
    loud: !wide || Kiosk.zoom === 1
    inSession: false
    mayBack: true
    primary: "continue"
    primaryLabel: qsTrId("restart_now")
}
