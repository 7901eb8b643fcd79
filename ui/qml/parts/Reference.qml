// The reference code: for staff and the citizen, it names nobody.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Rectangle {
    id: reference
    required property string code
    implicitHeight: Tok.mm(35)
    radius: Tok.radius
    color: Tok.tint
    border { width: Tok.strong ? Tok.line : 0; color: Tok.edge }
    Column {
        anchors.centerIn: parent
        Words {
            anchors.horizontalCenter: parent.horizontalCenter
            text: qsTrId("reference"); size: Tok.mm(7.2); color: Tok.muted
        }
        Words {
            anchors.horizontalCenter: parent.horizontalCenter
            text: reference.code; size: Tok.mm(12.5); font.weight: Font.Bold; font.letterSpacing: Tok.mm(1)
        }
    }
}
