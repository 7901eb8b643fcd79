pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property var steps: Kiosk.facts.steps ?? []
    readonly property var marks: Kiosk.facts.marks ?? []
    readonly property string following: String(Kiosk.facts.next ?? "")
    readonly property string terminal: String(Kiosk.facts.terminal ?? "")
    readonly property string site: String(Kiosk.facts.site ?? "")
    title: qsTrId("title_SETUP_LIST")
    body: [qsTrId("setup_done").arg(Number(Kiosk.facts.done ?? 0)).arg(steps.length), terminal, site].filter(part => part !== "").join(" \u00B7 ")
    bodySize: Tok.mm(wide ? 7.4 : 8.2)
    titleSize: wide ? Tok.mm(11.5) : Tok.heading
    ground: Tok.dusk
    bare: true
    inSession: false
    primary: "continue"
    primaryLabel: following === "" ? qsTrId("setup_to_report") : qsTrId("setup_next").arg(called.step(following))
    SetupWords { id: called }
    hero: Component { Machine {} }
    content: Component {
        Grid {
            id: grid
            columns: page.wide ? 3 : 2
            spacing: Tok.mm(page.wide ? 4 : 4.5)
            Repeater {
                model: page.steps.length
                delegate: SetupRow {
                    required property int index
                    width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
                    implicitHeight: Tok.mm(page.wide ? 22.2 : Kiosk.zoom > 1 ? 29 : 26)
                    larger: 1 + (Kiosk.zoom - 1) * (page.wide ? 0.05 : 0.2)
                    number: index
                    argument: String(index)
                    step: page.steps[index] ?? ""
                    mark: page.marks[index] ?? "todo"
                    label: called.step(step)
                    told: called.mark(mark)
                    following: step === page.following && step !== ""
                }
            }
        }
    }
}
