pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property string test: String(Kiosk.facts.test ?? "")
    readonly property bool asks: Kiosk.facts.asks === true
    readonly property bool onGlass: test === "touch"
    readonly property var hit: Kiosk.facts.hit ?? []
    title: test === "" ? qsTrId("title_STAFF_TEST") : qsTrId("test_" + test)
    body: test === "" ? "" : qsTrId((asks ? "test_ask_" : "test_do_") + test)
    art: test === "printer" ? "paper_3" : test === "sound" ? "hello" : "service_card"
    ground: Tok.dusk
    heroShare: 0.4
    bare: onGlass
    inSession: false
    mayBack: true
    equalChoice: asks
    primary: asks ? "passed" : ""
    primaryLabel: qsTrId("test_yes")
    secondary: asks || onGlass ? "failed" : ""
    secondaryLabel: qsTrId("test_no")
    content: onGlass ? targets : test === "sound" ? play : null
    Component {
        id: play
        KButton {
            action: "speak"
            own: true
            label: qsTrId("test_play")
            onTurned: Kiosk.setSpeech(true)
        }
    }
    Component {
        id: targets
        Item {
            id: field
            implicitHeight: page.wide ? Tok.mm(104) : Tok.mm(210)
            Repeater {
                model: 9
                delegate: Pressable {
                    id: target
                    required property int index
                    readonly property bool done: page.hit.indexOf(String(index + 1)) >= 0
                    width: Tok.mm(30); height: width
                    x: (index % 3) * (field.width - width) / 2
                    y: Math.floor(index / 3) * (field.height - height) / 2
                    action: "target"
                    argument: String(index + 1)
                    spoken: argument
                    color: done ? Tok.accent : down ? Tok.sage : Tok.card
                    border { width: Tok.line * 2; color: Tok.accent }
                    Icon {
                        anchors.centerIn: parent
                        visible: target.done
                        name: "tick"
                        size: Tok.mm(16)
                        colour: Tok.accentText
                    }
                }
            }
        }
    }
}
