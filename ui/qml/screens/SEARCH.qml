pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property var word_names: Kiosk.facts.word_names ?? []
    readonly property var words: Kiosk.facts.words ?? []
    readonly property bool letters: words.length === 0
    readonly property string typed: String(Kiosk.facts.typed ?? "")
    readonly property int found: Number(Kiosk.facts.found ?? 0)
    title: qsTrId("title_SEARCH")
    body: !letters ? qsTrId("body_SEARCH_words") : wide ? "" : qsTrId("body_SEARCH_letters")
    art: "browse"
    bare: true
    mayBack: true
    primary: letters ? "continue" : ""
    primaryLabel: typed === "" ? qsTrId("body_SEARCH_letters") : found > 0 ? qsTrId("show_found").arg(found) : qsTrId("found_none")
    primaryEnabled: found > 0
    content: letters ? pad : chips
    Component {
        id: pad
        Item {
            id: board
            implicitHeight: field.height + Tok.mm(6) + keys.implicitHeight
            Rectangle {
                id: field
                width: parent.width
                height: Tok.mm(22)
                radius: Tok.radius
                color: Tok.card
                border { width: Tok.mm(1.2); color: Tok.accent }
                Icon {
                    x: Tok.mm(6); name: "search"; size: Tok.mm(11); colour: Tok.accent
                    anchors.verticalCenter: parent.verticalCenter
                }
                Words {
                    x: Tok.mm(24)
                    anchors.verticalCenter: parent.verticalCenter
                    visible: text !== ""
                    text: page.typed
                    size: Tok.mm(12)
                    font { family: Tok.figures; weight: Font.DemiBold; letterSpacing: Tok.mm(1) }
                }
            }
            NumPad {
                id: keys
                y: field.height + Tok.mm(6)
                width: parent.width
                height: parent.height - y
                field: "number"
                // Always its letters: words begin with them.
                typed: ""
            }
        }
    }
    Component {
        id: chips
        Grid {
            id: grid
            columns: page.wide ? 6 : 4
            spacing: Tok.gap
            Repeater {
                model: page.words.length
                delegate: Topic {
                    required property int index
                    width: (grid.width - (grid.columns - 1) * Tok.gap) / grid.columns
                    height: Tok.target
                    action: "word"
                    argument: page.words[index] ?? ""
                    label: page.word_names[index] ?? ""
                }
            }
        }
    }
}
