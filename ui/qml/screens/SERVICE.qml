import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_SERVICE")
    art: "hello"
    scene: true
    heroShare: 0.42
    content: Component {
        Column {
            spacing: Tok.gap
            ChoiceCard {
                width: parent.width
                first: true
                action: "register"
                label: qsTrId("service_register")
                more: qsTrId("service_register_more")
                art: "register"
            }
            ChoiceCard {
                width: parent.width
                action: "browse"
                label: qsTrId("service_browse")
                more: qsTrId("service_browse_more")
                art: "browse"
            }
        }
    }
}
