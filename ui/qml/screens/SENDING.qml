import QtQuick
import Kiosk.Native 1.0
import "../parts"

Page {
    title: qsTrId("title_SENDING")
    body: qsTrId("body_SENDING")
    art: "sending"
    loud: true
    step: 3
    heroShare: 0.52
    content: Component { Progress {} }
}
