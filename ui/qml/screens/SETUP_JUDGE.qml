pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property string name: String(Kiosk.facts.step ?? "")
    title: name === "" ? qsTrId("title_SETUP_JUDGE") : qsTrId("setup_judge_" + name)
    body: name === "" ? "" : qsTrId("setup_judge_more_" + name)
    bodySize: Tok.label
    titleSize: wide ? Tok.mm(14) : Tok.heading
    ground: Tok.dusk
    heroShare: 0.42
    inSession: false
    mayBack: true
    equalChoice: true
    primary: "passed"
    primaryLabel: qsTrId("answer_yes")
    secondary: "failed"
    secondaryLabel: qsTrId("answer_no")
    strip: Component { SetupStrip {} }
    hero: Component {
        Item {
            Machine {
                part: page.name
                y: Tok.mm(3)
                width: parent.width
                height: parent.height - 2 * y
            }
        }
    }
}
