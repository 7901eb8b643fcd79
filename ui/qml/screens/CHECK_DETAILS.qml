import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    title: qsTrId("title_CHECK_DETAILS")
    body: qsTrId("body_CHECK_DETAILS")
    art: "compare"
    step: 1
    heroShare: 0.36
    primary: "continue"
    primaryLabel: qsTrId("details_yes")
    secondary: "not_mine"
    secondaryLabel: qsTrId("not_mine")
    content: Component {
        Rectangle {
            implicitHeight: rows.height + Tok.mm(10)
            radius: Tok.radius
            color: Tok.card
            border { width: Tok.line; color: Tok.edge }
            Column {
                id: rows
                x: Tok.mm(8)
                y: Tok.mm(5)
                width: parent.width - Tok.mm(16)
                DataRow {
                    width: parent.width
                    label: qsTrId("field_name"); value: String(Kiosk.facts.name ?? ""); family: Kiosk.nameFamily
                }
                Flow {
                    id: facts
                    readonly property real half: (width - Tok.gap) / 2
                    readonly property real third: (width - 2 * Tok.gap) / 3
                    width: parent.width
                    spacing: Tok.gap
                    DataRow {
                        width: page.wide ? facts.third : facts.width
                        label: qsTrId("field_number"); value: String(Kiosk.facts.number ?? "")
                    }
                    DataRow {
                        width: page.wide ? facts.third : facts.half
                        label: qsTrId("field_birth"); value: String(Kiosk.facts.birth ?? "")
                    }
                    DataRow {
                        width: page.wide ? facts.third : facts.half
                        label: qsTrId("field_sex")
                        value: Kiosk.facts.sex === undefined ? "" : qsTrId("sex_" + Kiosk.facts.sex)
                    }
                }
            }
        }
    }
}
