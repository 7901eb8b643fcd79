// Where the citizen is: five named steps.
import QtQuick
import "../tokens"

Row {
    id: bar

    required property int step
    property bool onPaper: false
    readonly property var names: [qsTrId("step_card"), qsTrId("step_details"), qsTrId("step_photo"),
                                  qsTrId("step_phone"), qsTrId("step_receipt")]
    spacing: Tok.mm(3)
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTrId("step_accessible") + " " + (step + 1) + "/5: " + names[Math.max(0, step)]

    Repeater {
        model: bar.names
        delegate: Column {
            id: one
            required property int index
            required property string modelData
            width: (bar.width - 4 * bar.spacing) / 5
            spacing: Tok.mm(1.6)
            Rectangle {
                width: parent.width
                height: Tok.mm(3)
                radius: height / 2
                color: one.index <= bar.step ? Tok.accent : bar.onPaper && !Tok.strong ? Tok.sage : Tok.track
                border { width: Tok.strong ? Tok.line : 0; color: Tok.edge }
            }
            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                spacing: Tok.mm(1)
                Icon {
                    visible: one.index < bar.step
                    name: "tick"
                    size: Tok.mm(6)
                    colour: Tok.accent
                    anchors.verticalCenter: parent.verticalCenter
                }
                Words {
                    text: one.modelData
                    size: Tok.tiny
                    color: one.index === bar.step ? Tok.accent : Tok.muted
                    font.weight: one.index === bar.step ? Font.Bold : Font.Normal
                    wrapMode: Text.NoWrap
                    width: Math.min(implicitWidth, one.width - (one.index < bar.step ? Tok.mm(7) : 0))
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Tok.mm(5)
                }
            }
        }
    }
}
