// A ring to be touched in its middle.
import QtQuick
import "../tokens"

Item {
    id: target
    width: Tok.mm(30); height: width
    Accessible.ignored: true
    Rectangle {
        anchors.fill: parent
        radius: width / 2
        color: Tok.strong ? Tok.card : Tok.tint
        border { width: Tok.mm(2); color: Tok.accent }
    }
    Rectangle { anchors.centerIn: parent; width: Tok.mm(12); height: width; radius: width / 2; color: Tok.accent }
    Rectangle { anchors.centerIn: parent; width: parent.width; height: Tok.mm(0.8); color: Tok.accent }
    Rectangle { anchors.centerIn: parent; width: Tok.mm(0.8); height: parent.height; color: Tok.accent }
    Rectangle { anchors.centerIn: parent; width: Tok.mm(4); height: width; radius: width / 2; color: Tok.accentText }
}
