import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property string field: String(Kiosk.facts.field ?? "number")
    readonly property string typed: String(Kiosk.facts.typed ?? "")
    readonly property string wrong: String(Kiosk.facts.wrong ?? "")
    readonly property string problem: wrong !== "" ? qsTrId("wrong_" + wrong)
        : String(Kiosk.facts.reason ?? "") !== "" ? qsTrId("reason_key_refused") : ""
    title: qsTrId("title_TYPE_DETAILS")
    step: 1
    primary: "continue"
    primaryEnabled: Kiosk.facts.complete === true
    secondary: "back"
    secondaryLabel: qsTrId("back")
    hero: Component {
        Item {
            Column {
                anchors.centerIn: parent
                width: parent.width
                spacing: Tok.mm(5)
                CardField {
                    anchors.horizontalCenter: parent.horizontalCenter
                    width: Math.min(parent.width, Tok.mm(128))
                    field: page.field
                }
                Words {
                    width: parent.width
                    text: qsTrId("type_" + page.field)
                    font.weight: Font.DemiBold
                    horizontalAlignment: Text.AlignHCenter
                }
                Cells { width: parent.width; field: page.field; typed: page.typed }
                Note {
                    width: parent.width
                    visible: page.problem !== ""
                    alert: true
                    label: page.problem
                }
            }
        }
    }
    content: Component { NumPad { field: page.field; typed: page.typed } }
}
