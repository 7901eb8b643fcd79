pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property string name: String(Kiosk.facts.step ?? "")
    readonly property string word: String(Kiosk.facts.word ?? "")
    readonly property bool mayStop: Kiosk.facts.may_stop === true
    readonly property bool grave: word === "key_in_a_file"
    title: name === "" ? qsTrId("title_SETUP_WORK") : called.step(name)
    body: grave ? "" : word === "" ? qsTrId("setup_working") : qsTrId("setup_word_" + word)
    titleSize: wide ? Tok.mm(14) : Tok.heading
    ground: Tok.dusk
    heroShare: 0.42
    inSession: false
    mayBack: mayStop
    strip: name === "" ? null : bars
    SetupWords { id: called }
    Component { id: bars; SetupStrip {} }
    hero: Component {
        Item {
            Machine {
                part: page.name
                busy: true
                y: Tok.mm(3)
                width: parent.width
                height: parent.height - 2 * y
            }
        }
    }
    content: Component {
        Column {
            spacing: Tok.mm(8)
            Note {
                width: parent.width
                visible: page.grave
                alert: true
                label: qsTrId("setup_word_key_in_a_file")
            }
            Progress { width: parent.width }
        }
    }
}
