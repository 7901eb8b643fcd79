// Whose terminal this is.
import QtQuick
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
        text: qsTrId("wordmark_more")
        size: Tok.tiny
        color: Tok.muted
    }
}
