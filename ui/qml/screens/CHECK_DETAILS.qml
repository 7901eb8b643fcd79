pragma ComponentBehavior: Bound
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
    heroShare: 0.38
    dense: true
    primary: "continue"
    primaryLabel: qsTrId("details_yes")
    secondary: "not_mine"
    secondaryLabel: qsTrId("not_mine")
    content: Component {
        Rectangle {
            implicitHeight: rows.height + Tok.mm(14)
            radius: Tok.radius
            color: Tok.card
            border { width: Tok.line; color: Tok.strong ? Tok.edge : "#CFDCD6" }
            Column {
                id: rows
                x: Tok.mm(8)
                y: Tok.mm(7)
                width: parent.width - Tok.mm(16)
                spacing: Tok.mm(5)
                DataRow {
                    width: parent.width
                    label: qsTrId("field_name")
                    value: [Kiosk.facts.chinese, Kiosk.facts.name].filter(name => name).join("\n")
                    family: Kiosk.nameFamily
                }
                Rectangle { width: parent.width; height: Tok.line; color: Tok.sage }
                Flow {
                    id: facts
                    readonly property real half: (width - Tok.gap) / 2
                    readonly property real third: (width - 2 * Tok.gap) / 3
                    width: parent.width
                    spacing: Tok.gap
                    DataRow {
                        width: page.wide ? facts.third * 1.16 : facts.width
                        label: qsTrId("field_number"); value: String(Kiosk.facts.number ?? "")
                    }
                    DataRow {
                        width: page.wide ? facts.third * 1.02 : facts.half
                        label: qsTrId("field_birth"); value: String(Kiosk.facts.birth ?? "")
                    }
                    DataRow {
                        width: page.wide ? facts.third * 0.82 : facts.half
                        label: qsTrId("field_sex")
                        value: Kiosk.facts.sex === undefined ? "" : qsTrId("sex_" + Kiosk.facts.sex)
                        family: Kiosk.fontFamily
                    }
                }
            }
        }
    }
}
