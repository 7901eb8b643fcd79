import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_STARTING")
    body: qsTrId("body_STARTING")
    art: "rest"
    scene: true
    loud: true
    ground: Tok.dusk
    inSession: false
    content: Component { Progress {} }
}
