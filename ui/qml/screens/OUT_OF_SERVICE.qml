pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property string code: String(Kiosk.facts.code ?? "")
    title: qsTrId("title_OUT_OF_SERVICE")
    body: qsTrId("body_OUT_OF_SERVICE")
    art: "rest"
    scene: true
    loud: !wide || Kiosk.zoom === 1
    ground: Tok.dusk
    heroShare: Kiosk.zoom > 1 ? 0.36 : 0.46
    inSession: false
    // What needs no device still works.
    secondary: "browse"
    secondaryLabel: qsTrId("attract_browse")
    Failures { id: failures }
    content: Component {
        Column {
            spacing: Tok.mm(4)
            Note { width: parent.width; label: failures.words(page.code) }
            Rectangle {
                width: parent.width
                height: staff.height + Tok.mm(7)
                radius: Tok.radius
                color: "transparent"
                border { width: Tok.line; color: Tok.edge }
                Column {
                    id: staff
                    x: Tok.mm(6)
                    width: parent.width - Tok.mm(12)
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Tok.mm(1)
                    Words {
                        width: parent.width
                        text: qsTrId("for_staff") + " \u00B7 " + page.code
                        size: Tok.tiny
                        color: Tok.muted
                        font.weight: Font.DemiBold
                    }
                    Words {
                        width: parent.width
                        text: failures.solution(page.code)
                        size: Tok.tiny
                        color: Tok.muted
                    }
                }
            }
        }
    }
}
