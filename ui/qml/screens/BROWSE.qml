import QtQuick
import Kiosk.Native 1.0
import "../parts"

Page {
    title: qsTrId("title_BROWSE")
    body: qsTrId("body_BROWSE")
    loud: true
    mayBack: true
    heroShare: 0.55
    hero: Component { ScanMe {} }
}
