pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property var age_names: Kiosk.facts.age_names ?? []
    readonly property var theme_names: Kiosk.facts.theme_names ?? []
    readonly property var themes: Kiosk.facts.themes ?? []
    readonly property var ages: Kiosk.facts.ages ?? []
    readonly property bool large: Kiosk.zoom > 1
    readonly property int columns: !wide ? 2 : large ? 5 : 4
    title: qsTrId("title_CATALOGUE")
    art: "browse"
    bare: true
    mayBack: true
    primary: "search"
    primaryLabel: qsTrId("search")
    content: Component {
        Column {
            id: all
            spacing: Tok.gap
            Grid {
                width: parent.width
                columns: page.columns
                spacing: Tok.gap
                Repeater {
                    model: page.themes.length
                    delegate: Topic {
                        required property int index
                        width: (all.width - (page.columns - 1) * Tok.gap) / page.columns
                        action: "group"
                        argument: page.themes[index] ?? ""
                        label: page.theme_names[index] ?? ""
                        icon: page.wide && page.large ? "" : argument
                    }
                }
            }
            Grid {
                width: parent.width
                columns: 3
                spacing: Tok.gap
                Repeater {
                    model: page.ages.length
                    delegate: Topic {
                        required property int index
                        width: (all.width - 2 * Tok.gap) / 3
                        action: "group"
                        argument: page.ages[index] ?? ""
                        label: page.age_names[index] ?? ""
                        icon: page.large && !page.wide ? "" : argument
                        color: down ? Tok.sage : Tok.tint
                    }
                }
            }
        }
    }
}
