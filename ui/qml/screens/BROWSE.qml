pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    title: qsTrId("title_BROWSE")
    body: qsTrId("body_BROWSE")
    mayBack: true
    heroShare: 0.4
    hero: Component { ScanMe {} }
    content: Component {
        Column {
            spacing: Tok.gap
            ChoiceCard {
                width: parent.width
                action: "catalogue"
                label: qsTrId("browse_services")
                more: qsTrId("browse_services_more").arg(Number(Kiosk.facts.services ?? 0))
                art: "browse"
            }
            ChoiceCard {
                visible: Number(Kiosk.facts.notices ?? 0) > 0
                width: parent.width
                action: "information"
                label: qsTrId("browse_information")
                more: qsTrId("browse_information_more")
                art: "hello"
            }
        }
    }
}
