pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property var times: Kiosk.facts.times ?? []
    readonly property var events: Kiosk.facts.events ?? []
    readonly property var fields: Kiosk.facts.fields ?? []
    readonly property real letters: Tok.mm(wide ? 6.2 : 7.4)
    readonly property int sheet: Number(Kiosk.facts.page ?? 1)
    readonly property int sheets: Number(Kiosk.facts.pages ?? 1)
    title: qsTrId("title_STAFF_LOGS")
    titleSize: wide ? Tok.mm(12) : Tok.heading
    art: "staff"
    ground: Tok.dusk
    bare: true
    inSession: false
    mayBack: true
    primary: "next"
    primaryLabel: qsTrId("next_page").arg(sheet).arg(sheets)
    primaryEnabled: sheet < sheets
    secondary: "previous"
    secondaryLabel: qsTrId("previous_page")
    secondaryEnabled: sheet > 1
    content: Component {
        Rectangle {
            implicitHeight: rows.height + Tok.mm(8)
            radius: Tok.radius
            color: Tok.card
            border { width: Tok.line; color: Tok.strong ? Tok.edge : "#CFDCD6" }
            Column {
                id: rows
                x: Tok.mm(6); y: Tok.mm(4)
                width: parent.width - 2 * x
                spacing: page.wide ? 0 : Tok.mm(1.2)
                Repeater {
                    model: page.events.length
                    delegate: Item {
                        id: entry
                        required property int index
                        width: rows.width
                        height: event.height + (fields.visible && !page.wide ? fields.height : 0)
                        Words {
                            id: time
                            text: page.times[entry.index] ?? ""
                            size: page.letters
                            font.family: Tok.figures
                            color: Tok.muted
                        }
                        Words {
                            id: event
                            x: page.letters * 5
                            width: page.wide ? parent.width * 0.3 : parent.width - x
                            text: page.events[entry.index] ?? ""
                            size: page.letters
                            font { family: Tok.figures; weight: Font.DemiBold }
                        }
                        Words {
                            id: fields
                            visible: text !== ""
                            x: page.wide ? event.x + event.width : page.letters * 5
                            y: page.wide ? 0 : event.height
                            width: parent.width - x
                            text: page.fields[entry.index] ?? ""
                            size: page.letters * 0.9
                            font.family: Tok.figures
                            color: Tok.muted
                        }
                    }
                }
            }
        }
    }
}
