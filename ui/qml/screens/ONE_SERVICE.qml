pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    title: qsTrId("title_ONE_SERVICE")
    mayBack: true
    heroShare: 0.44
    hero: Component { ScanMe {} }
    content: Component {
        Column {
            spacing: Tok.mm(5)
            Words {
                width: parent.width
                text: String(Kiosk.facts.name ?? "")
                size: Tok.mm(9.6) * Kiosk.zoom
                font.weight: Font.DemiBold
            }
            Words {
                width: parent.width
                text: String(Kiosk.facts.department ?? "")
                size: Tok.small
                color: Tok.muted
            }
            Note {
                width: parent.width
                label: Kiosk.facts.own_link === true ? qsTrId("service_own") : qsTrId("service_on_site")
            }
        }
    }
}
