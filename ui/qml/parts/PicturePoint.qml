// One point of a list, with a picture of it.
import QtQuick
import "../tokens"

Item {
    id: point
    required property string label
    required property string art
    property real picture: Tok.mm(24)
    implicitHeight: Math.max(picture, words.height)
    Rectangle {
        width: point.picture; height: width; radius: Tok.radius
        anchors.verticalCenter: parent.verticalCenter
        color: Tok.sage
        Art { anchors.fill: parent; name: point.art; margin: Tok.mm(1.2) }
    }
    Words {
        id: words
        x: point.picture + Tok.mm(6)
        width: parent.width - x
        anchors.verticalCenter: parent.verticalCenter
        text: point.label
    }
}
