pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property string name: String(Kiosk.facts.step ?? "")
    readonly property bool still: Kiosk.facts.still === true
    readonly property bool claims: name === "claim"
    readonly property var names: Kiosk.facts.figures ?? []
    readonly property var values: Kiosk.facts.values ?? []
    title: name === "" ? qsTrId("title_SETUP_CAMERA") : still ? qsTrId("setup_keep") : called.step(name)
    body: name === "" ? "" : still ? qsTrId("setup_keep_why") : claims ? qsTrId("setup_word_lay_slip") : qsTrId("setup_look_" + (name === "face_camera" ? "face" : "card"))
    bodySize: Tok.mm(8.6) * (1 + (Kiosk.zoom - 1) * 0.6)
    titleSize: wide ? Tok.mm(12.5) : Tok.heading
    ground: Tok.dusk
    heroShare: 0.54
    inSession: false
    mayBack: true
    equalChoice: !claims
    primary: "passed"
    primaryLabel: still ? qsTrId("setup_keep_yes") : claims ? qsTrId("setup_type_code") : qsTrId("test_yes")
    secondary: claims ? "" : "failed"
    secondaryLabel: still ? qsTrId("setup_keep_no") : qsTrId("test_no")
    strip: Component { SetupStrip {} }
    SetupWords { id: called }
    hero: Component {
        Rectangle {
            color: Tok.dark
            clip: true
            // The window is shell/Main.qml, which the linter cannot know.
            Item {
                // The whole of what it sees, as wide as there is place.
                width: Math.min(parent.width, parent.height * 16 / 9)
                height: width * 9 / 16
                anchors.centerIn: parent
                Component.onCompleted: Window.window.showCamera(this) // qmllint disable missing-property
            }
        }
    }
    content: names.length === 0 ? null : measures
    Component {
        id: measures
        Rectangle {
            implicitHeight: rows.height + Tok.mm(9)
            radius: Tok.radius
            color: Tok.card
            border { width: Tok.line; color: Tok.strong ? Tok.edge : "#CFDCD6" }
            Column {
                id: rows
                x: Tok.mm(7); y: Tok.mm(4.5)
                width: parent.width - 2 * x
                Repeater {
                    model: page.names.length
                    delegate: StateRow {
                        required property int index
                        width: rows.width
                        mark: ""
                        label: called.figure(page.names[index] ?? "")
                        value: called.value(page.names[index] ?? "", page.values[index] ?? "")
                        middle: 0.62
                        size: Tok.mm(7.4) * (1 + (Kiosk.zoom - 1) * 0.5)
                    }
                }
            }
        }
    }
}
