pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property int next: Number(Kiosk.facts.step ?? 0)
    title: qsTrId("title_STAFF_PAPER")
    art: next === 0 ? "paper_1" : "paper_" + next
    grounded: true
    ground: Tok.dusk
    heroShare: 0.42
    inSession: false
    mayBack: true
    primary: "test"
    primaryArgument: "printer"
    primaryLabel: qsTrId("paper_slip")
    primaryEnabled: next === 3
    content: Component {
        Column {
            id: steps
            spacing: Tok.mm(4)
            Note {
                visible: page.next === 0
                width: parent.width
                alert: true
                label: qsTrId("paper_0") + " " + String(Kiosk.facts.code ?? "")
            }
            Repeater {
                model: 3
                delegate: Rectangle {
                    id: step
                    required property int index
                    readonly property bool now: index + 1 === page.next
                    readonly property bool done: index + 1 < page.next
                    visible: page.next > 0 || !page.wide
                    width: steps.width
                    height: words.height + Tok.mm(page.wide ? 6 : 9)
                    radius: Tok.radius
                    color: now ? Tok.card : "transparent"
                    border { width: now ? Tok.mm(1.2) : 0; color: Tok.accent }
                    Rectangle {
                        id: disc
                        x: Tok.mm(5)
                        width: Tok.mm(13); height: width; radius: width / 2
                        anchors.verticalCenter: parent.verticalCenter
                        color: step.now || step.done ? Tok.accent : Tok.strong ? Tok.card : Tok.sage
                        border { width: Tok.strong ? Tok.line : 0; color: Tok.edge }
                        Words {
                            anchors.centerIn: parent
                            visible: !step.done
                            text: step.index + 1
                            size: Tok.mm(8)
                            font { weight: Font.Bold; family: Tok.figures }
                            color: step.now ? Tok.accentText : Tok.ink
                        }
                        Icon {
                            anchors.centerIn: parent
                            visible: step.done
                            name: "tick"
                            size: Tok.mm(8)
                            colour: Tok.accentText
                        }
                    }
                    Words {
                        id: words
                        x: Tok.mm(24)
                        width: parent.width - x - Tok.mm(5)
                        anchors.verticalCenter: parent.verticalCenter
                        text: qsTrId("paper_" + (step.index + 1))
                        size: page.wide ? Tok.label : Tok.body
                        font.weight: step.now ? Font.DemiBold : Font.Normal
                        color: step.now ? Tok.ink : Tok.muted
                        lineHeight: 0.95
                    }
                }
            }
        }
    }
}
