// How full the battery of a mobile team's terminal is.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Row {
    id: battery
    readonly property bool low: Kiosk.battery < 20 && !Kiosk.charging
    visible: Kiosk.battery >= 0
    spacing: Tok.mm(2.5)
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTrId(Kiosk.charging ? "battery_charging" : "battery_level").arg(Kiosk.battery)
    Rectangle {
        width: Tok.mm(15); height: Tok.mm(7.5)
        anchors.verticalCenter: parent.verticalCenter
        radius: Tok.mm(1.6)
        color: "transparent"
        border { width: Tok.mm(0.8); color: Tok.strong ? Tok.accent : battery.low ? Tok.attentionInk : Tok.ink }
        Rectangle {
            x: Tok.mm(1.5); y: Tok.mm(1.5)
            width: (parent.width - Tok.mm(3)) * Math.max(0.06, Kiosk.battery / 100)
            height: parent.height - Tok.mm(3)
            radius: Tok.mm(0.7)
            color: Tok.strong ? Tok.accent : battery.low ? "#C9821A" : Tok.good
        }
        Rectangle {
            x: parent.width; width: Tok.mm(1.2); height: Tok.mm(3.2)
            anchors.verticalCenter: parent.verticalCenter
            color: parent.border.color
        }
    }
    Words {
        anchors.verticalCenter: parent.verticalCenter
        text: (Kiosk.charging ? "+ " : "") + Kiosk.battery + " %"
        size: Tok.tiny
        font { family: Tok.figures; weight: Font.DemiBold }
        color: Tok.strong ? Tok.accent : battery.low ? Tok.attentionInk : Tok.ink
        Accessible.ignored: true
    }
}
