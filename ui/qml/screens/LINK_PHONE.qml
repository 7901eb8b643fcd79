import QtQuick
import Kiosk.Native 1.0
import "../parts"

Page {
    title: qsTrId("title_LINK_PHONE")
    body: qsTrId("body_LINK_PHONE")
    step: 3
    heroShare: 0.5
    primary: "continue"
    primaryLabel: qsTrId("phone_done")
    secondary: "skip"
    secondaryLabel: qsTrId("phone_later")
    hero: Component { ScanMe {} }
    content: Component { Reference { code: String(Kiosk.facts.reference ?? "") } }
}
