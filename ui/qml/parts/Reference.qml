// The reference code: for staff and the citizen, it names nobody.
import QtQuick
import "../tokens"

Rectangle {
    id: reference
    required property string code
    property string detail: ""
    implicitHeight: code === "" ? 0 : Tok.mm(33)
    visible: code !== ""
    radius: Tok.radius
    color: Tok.card
    border { width: Tok.line; color: Tok.strong ? Tok.edge : "#CFDCD6" }
    Column {
        anchors.centerIn: parent
        Words {
            anchors.horizontalCenter: parent.horizontalCenter
            text: qsTrId("reference"); size: Tok.tiny; color: Tok.muted
        }
        Words {
            anchors.horizontalCenter: parent.horizontalCenter
            text: reference.code; size: Tok.mm(13)
            font { weight: Font.Bold; letterSpacing: Tok.mm(1); family: Tok.figures }
        }
    }
    Words {
        // For staff: what it is about, the same in each language.
        anchors { right: parent.right; bottom: parent.bottom; margins: Tok.mm(3) }
        visible: text !== ""
        text: reference.detail
        size: Tok.mm(4.6)
        font.family: Tok.figures
        color: Tok.muted
        Accessible.ignored: true
    }
}
