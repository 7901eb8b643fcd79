pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property var departments: Kiosk.facts.departments ?? []
    readonly property var numbers: Kiosk.facts.numbers ?? []
    readonly property var names: Kiosk.facts.names ?? []
    readonly property int sheet: Number(Kiosk.facts.page ?? 1)
    readonly property int sheets: Number(Kiosk.facts.pages ?? 1)
    title: qsTrId("title_SERVICES")
    body: String(Kiosk.facts.heading ?? "") + " \u00B7 " + qsTrId("found_count").arg(Number(Kiosk.facts.found ?? 0))
    art: "browse"
    bare: true
    mayBack: true
    primary: sheets > 1 ? "next" : ""
    primaryLabel: qsTrId("next_page").arg(sheet).arg(sheets)
    primaryEnabled: sheet < sheets
    secondary: sheets > 1 ? "previous" : ""
    secondaryLabel: qsTrId("previous_page")
    secondaryEnabled: sheet > 1
    content: Component {
        Grid {
            id: grid
            columns: page.wide ? 2 : 1
            spacing: Tok.gap
            Repeater {
                model: page.names.length
                delegate: ServiceRow {
                    required property int index
                    width: page.wide ? (grid.width - Tok.gap) / 2 : grid.width
                    argument: page.numbers[index] ?? ""
                    name: page.names[index] ?? ""
                    department: page.departments[index] ?? ""
                }
            }
        }
    }
}
