import QtQuick
import Kiosk.Native 1.0
import "../parts"

Page {
    title: qsTrId("title_COMPARING")
    body: qsTrId("body_COMPARING")
    art: "compare"
    loud: true
    step: 2
    heroShare: 0.52
    content: Component { Progress {} }
}
