// Where the citizen is: five named steps.
import QtQuick
import "../tokens"

Row {
    id: bar

    required property int step
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
            spacing: Tok.mm(2)
            Rectangle {
                width: parent.width
                height: Tok.mm(2.6)
                radius: height / 2
                color: one.index <= bar.step ? Tok.accent : Tok.tint
                border { width: Tok.strong ? Tok.line : 0; color: Tok.edge }
            }
            Words {
                width: parent.width
                text: (one.index < bar.step ? "\u2713 " : "") + one.modelData
                size: Tok.mm(7.2)
                color: one.index === bar.step ? Tok.accent : Tok.muted
                font.weight: one.index === bar.step ? Font.DemiBold : Font.Normal
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Tok.mm(5)
            }
        }
    }
}
