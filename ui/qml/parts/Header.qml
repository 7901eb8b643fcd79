// Whose terminal this is, and how it is used.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Row {
    id: header
    spacing: Tok.mm(4)
    height: Tok.mm(15)
    Rectangle {
        width: Tok.mm(13); height: width; radius: Tok.mm(4)
        anchors.verticalCenter: parent.verticalCenter
        color: Tok.accent
        Rectangle {
            anchors.centerIn: parent
            width: Tok.mm(6); height: width; radius: width / 2
            color: "transparent"
            border { width: Tok.mm(1.4); color: Tok.accentText }
        }
    }
    Words {
        anchors.verticalCenter: parent.verticalCenter
        text: qsTrId("wordmark")
        size: Tok.mm(10.4)
        font.weight: Font.Bold
        color: Tok.accent
    }
    Words {
        anchors.verticalCenter: parent.verticalCenter
        width: header.width - x
        lineHeight: 0.85
        text: Kiosk.mode === "counter" ? qsTrId("mode_counter")
            : Kiosk.mode !== "mobile" ? qsTrId("wordmark_more")
            : Kiosk.site === "" ? qsTrId("mode_mobile") : qsTrId("mode_mobile") + "\n" + Kiosk.site
        size: Tok.tiny
        color: Tok.muted
    }
}
