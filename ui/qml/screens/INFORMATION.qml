pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property var minutes: Kiosk.facts.minutes ?? []
    readonly property var sources: Kiosk.facts.sources ?? []
    readonly property var texts: Kiosk.facts.texts ?? []
    readonly property var kinds: Kiosk.facts.kinds ?? []
    readonly property var titles: Kiosk.facts.titles ?? []
    readonly property int sheet: Number(Kiosk.facts.page ?? 1)
    readonly property int sheets: Number(Kiosk.facts.pages ?? 1)
    title: qsTrId("title_INFORMATION")
    body: titles.length > 0 ? "" : qsTrId("information_none")
    art: "hello"
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
            columns: page.wide ? 2 : 1
            spacing: Tok.gap
            Repeater {
                model: page.titles.length
                delegate: NewsCard {
                    required property int index
                    width: page.wide ? (parent.width - Tok.gap) / 2 : parent.width
                    kind: page.kinds[index] ?? "announcement"
                    title: page.titles[index] ?? ""
                    text: page.texts[index] ?? ""
                    source: page.sources[index] ?? ""
                    minutes: Number(page.minutes[index] ?? 0)
                }
            }
        }
    }
}
