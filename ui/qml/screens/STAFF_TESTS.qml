pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property var tests: Kiosk.facts.tests ?? []
    readonly property var verdicts: Kiosk.facts.verdicts ?? []
    readonly property var times: Kiosk.facts.times ?? []
    readonly property var codes: Kiosk.facts.codes ?? []
    title: qsTrId("title_STAFF_TESTS")
    body: qsTrId("body_STAFF_TESTS")
    art: "staff"
    ground: Tok.dusk
    bare: true
    inSession: false
    mayBack: true
    content: Component {
        Grid {
            id: grid
            columns: 2
            spacing: Tok.gap
            Repeater {
                model: page.tests.length
                delegate: TestRow {
                    required property int index
                    width: (grid.width - Tok.gap) / 2
                    least: Tok.mm(page.wide ? 30 : Kiosk.zoom > 1 ? 46 : 36)
                    argument: page.tests[index] ?? "reader"
                    label: qsTrId("test_" + argument)
                    verdict: page.verdicts[index] ?? "never"
                    time: page.times[index] ?? ""
                    code: page.codes[index] ?? ""
                }
            }
        }
    }
}
