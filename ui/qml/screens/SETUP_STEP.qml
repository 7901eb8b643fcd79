pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property string name: String(Kiosk.facts.step ?? "")
    readonly property string mark: String(Kiosk.facts.mark ?? "todo")
    readonly property bool held: mark === "good" || mark === "skipped"
    readonly property bool bad: mark === "bad"
    readonly property var fields: Kiosk.facts.fields ?? []
    readonly property var answers: Kiosk.facts.answers ?? []
    readonly property var lacking: Kiosk.facts.lacking ?? []
    readonly property var waits: Kiosk.facts.waits ?? []
    readonly property bool mayBegin: waits.length === 0 && lacking.length === 0
    readonly property bool maySkip: Kiosk.facts.may_skip === true
    readonly property string following: qsTrId(Kiosk.facts.is_last === true ? "setup_to_report" : "setup_go_on")
    title: name === "" ? qsTrId("title_SETUP_STEP") : called.step(name)
    body: name === "" ? "" : waits.length > 0 ? qsTrId("setup_waits").arg(called.steps(waits))
        : lacking.length > 0 ? qsTrId("setup_lacking") : qsTrId("setup_do_" + name)
    bodySize: Tok.mm(8.4) * (1 + (Kiosk.zoom - 1) * 0.6)
    titleSize: wide ? Tok.mm(13) : Tok.heading
    ground: Tok.dusk
    heroShare: 0.42
    inSession: false
    mayBack: true
    primary: "continue"
    primaryLabel: held ? following : bad ? qsTrId("retry") : qsTrId("setup_begin")
    primaryEnabled: held || mayBegin
    secondary: held ? "retry" : maySkip ? "skip" : "next"
    secondaryLabel: held ? qsTrId("setup_again") : maySkip ? qsTrId("setup_skip") : qsTrId("setup_later")
    secondaryEnabled: !held || mayBegin
    strip: Component { SetupStrip {} }
    SetupWords { id: called }
    hero: Component {
        Item {
            id: place
            readonly property bool told: page.held || page.bad
            // What became of it stands under the picture; where room is short, beside it or alone.
            readonly property bool stacked: height - result.implicitHeight > Tok.mm(page.wide ? 72 : 96)
            readonly property bool beside: told && !page.wide && !stacked
            Machine {
                visible: !place.told || place.stacked || place.beside
                part: page.name
                x: place.beside ? Tok.gutter : 0
                y: Tok.mm(3)
                width: place.beside ? parent.width * 0.36 : parent.width
                height: parent.height - 2 * y - (place.told && place.stacked ? result.height + Tok.mm(8) : 0)
            }
            SetupResult {
                id: result
                visible: place.told
                x: place.beside ? parent.width * 0.42 : Tok.gutter
                width: parent.width - x - Tok.gutter
                y: Math.max(0, place.stacked ? parent.height - height - Tok.mm(8) : (parent.height - height) / 2)
                height: Math.min(implicitHeight, parent.height)
            }
        }
    }
    content: fields.length === 0 ? null : asked
    Component {
        id: asked
        Grid {
            id: grid
            columns: page.wide && page.fields.length > 3 ? 2 : 1
            spacing: Tok.mm(4)
            Repeater {
                model: page.fields.length
                delegate: AnswerRow {
                    required property int index
                    readonly property string field: page.fields[index] ?? ""
                    width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
                    implicitHeight: Tok.mm(page.wide ? (page.fields.length > 3 ? 22.5 : 24) : 26.5)
                    argument: String(index)
                    label: called.field(field)
                    value: called.choice(field, page.answers[index] ?? "")
                    open: page.lacking.indexOf(field) >= 0
                }
            }
        }
    }
}
