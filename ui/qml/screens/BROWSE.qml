import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_BROWSE")
    body: qsTrId("body_BROWSE")
    secondary: "back"
    secondaryLabel: qsTrId("back")
    hero: Component { ScanMe {} }
}
