// A small card that shows where the wanted field stands.
import QtQuick
import "../tokens"

Rectangle {
    id: card
    required property string field
    height: width * 0.62
    radius: width * 0.05
    color: Tok.strong ? "#000000" : "#EAF2EE"
    border { width: Tok.line; color: Tok.edge }
    Accessible.ignored: true

    component Bar: Rectangle {
        property bool wanted: false
        height: card.height * 0.055
        radius: height / 2
        color: wanted ? "transparent" : Tok.edge
        opacity: wanted ? 1 : 0.55
    }
    component Wanted: Rectangle {
        color: Tok.attention
        border { width: Tok.mm(1); color: Tok.attentionInk }
        radius: Tok.mm(2)
        property string sample: ""
        Words {
            anchors.centerIn: parent
            text: parent.sample
            size: parent.height * 0.62
            color: Tok.attentionInk
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
    }
    Rectangle {
        x: card.width * 0.05; y: card.height * 0.27
        width: card.width * 0.26; height: card.height * 0.58
        radius: Tok.mm(1.5); color: Tok.tint
        border { width: Tok.line; color: Tok.edge }
        Rectangle { width: parent.width * 0.42; height: width * 1.15; radius: width / 2; color: Tok.edge
            anchors.horizontalCenter: parent.horizontalCenter; y: parent.height * 0.2 }
        Rectangle { width: parent.width * 0.72; height: parent.height * 0.3; radius: height * 0.5; color: Tok.edge
            anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom } }
    }
    Bar { x: card.width * 0.36; y: card.height * 0.1; width: card.width * 0.5 }
    Bar { x: card.width * 0.36; y: card.height * 0.25; width: card.width * 0.3 }
    Bar { x: card.width * 0.36; y: card.height * 0.47; width: card.width * 0.36; visible: card.field !== "birth" }
    Bar { x: card.width * 0.36; y: card.height * 0.66; width: card.width * 0.3; visible: card.field !== "issued" }
    Bar { x: card.width * 0.36; y: card.height * 0.86; width: card.width * 0.42; visible: card.field !== "number" }
    Wanted { visible: card.field === "birth"; sample: "DD-MM-YYYY"
        x: card.width * 0.35; y: card.height * 0.4; width: card.width * 0.5; height: card.height * 0.19 }
    Wanted { visible: card.field === "issued"; sample: "DD-MM-YY"
        x: card.width * 0.35; y: card.height * 0.59; width: card.width * 0.42; height: card.height * 0.19 }
    Wanted { visible: card.field === "number"; sample: "A123456(3)"
        x: card.width * 0.35; y: card.height * 0.76; width: card.width * 0.52; height: card.height * 0.2 }
}
