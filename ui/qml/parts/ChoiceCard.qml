// A large choice with a picture.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Rectangle {
    id: choice
    required property string action
    required property string label
    required property string more
    required property string art
    property bool first: false

    objectName: "action:" + action
    implicitHeight: Tok.mm(50)
    radius: Tok.radius
    color: first ? (area.pressed ? Tok.accentDown : Tok.accent) : area.pressed ? Tok.tint : Tok.card
    border { width: Tok.line; color: first ? Tok.accent : Tok.edge }
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: label + ". " + more
    Accessible.onPressAction: Kiosk.send(choice.action, "")

    Art {
        id: picture
        name: choice.art
        x: Tok.mm(4)
        width: Tok.mm(56)
        height: width * 0.65
        anchors.verticalCenter: parent.verticalCenter
    }
    Column {
        anchors { left: picture.right; right: parent.right; verticalCenter: parent.verticalCenter }
        anchors { leftMargin: Tok.mm(6); rightMargin: Tok.mm(6) }
        spacing: Tok.mm(2)
        Words {
            width: parent.width
            text: choice.label
            size: Tok.body
            font.weight: Font.DemiBold
            color: choice.first ? Tok.accentText : Tok.ink
            Accessible.ignored: true
        }
        Words {
            width: parent.width
            text: choice.more
            size: Tok.small
            color: choice.first ? Tok.accentText : Tok.muted
            Accessible.ignored: true
        }
    }
    MouseArea { id: area; anchors.fill: parent; onClicked: Kiosk.send(choice.action, "") }
}
