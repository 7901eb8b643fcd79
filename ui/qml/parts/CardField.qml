// A small card that shows where the wanted field stands.
pragma ComponentBehavior: Bound
import QtQuick
import "../tokens"

Rectangle {
    id: card
    required property string field
    height: width * 0.63
    radius: width * 0.05
    color: "#FFFFFF"
    border { width: Tok.mm(1.2); color: "#0A4A46" }
    Accessible.ignored: true

    component Bar: Rectangle {
        height: card.height * 0.055
        radius: height / 2
        color: "#B7C9C4"
    }
    component Wanted: Rectangle {
        property string sample: ""
        x: card.width * 0.37
        height: card.height * 0.2
        color: "#FBE7BF"
        border { width: Tok.mm(1.2); color: "#C9821A" }
        radius: Tok.mm(2)
        Words {
            anchors.centerIn: parent
            text: parent.sample
            size: parent.height * 0.6
            color: "#5E3B00"
            font.family: Tok.figures
            font.weight: Font.Bold
            Accessible.ignored: true
        }
    }
    Rectangle {
        x: card.width * 0.04; y: card.height * 0.09
        width: card.width * 0.52; height: card.height * 0.075; radius: height / 2; color: "#0B6B63"
    }
    Rectangle {
        id: photo
        x: card.width * 0.05; y: card.height * 0.26
        width: card.width * 0.27; height: card.height * 0.62
        radius: Tok.mm(2); color: Tok.sage
        clip: true
        Rectangle {
            width: photo.width * 0.42; height: width * 1.2; radius: width / 2; color: "#8AA6A1"
            anchors.horizontalCenter: parent.horizontalCenter
            y: photo.height * 0.18
        }
        Rectangle {
            width: photo.width * 0.8; height: photo.height * 0.5; radius: width * 0.46; color: "#8AA6A1"
            anchors.horizontalCenter: parent.horizontalCenter
            y: photo.height * 0.66
        }
    }
    Bar { x: card.width * 0.38; y: card.height * 0.26; width: card.width * 0.42 }
    Bar { x: card.width * 0.38; y: card.height * 0.44; width: card.width * 0.34; visible: card.field !== "birth" }
    Bar { x: card.width * 0.38; y: card.height * 0.62; width: card.width * 0.26; visible: card.field !== "issued" }
    Bar { x: card.width * 0.38; y: card.height * 0.82; width: card.width * 0.4; visible: card.field !== "number" }
    Wanted { visible: card.field === "birth"; sample: "DD-MM-YYYY"; y: card.height * 0.37; width: card.width * 0.55 }
    Wanted { visible: card.field === "issued"; sample: "DD-MM-YY"; y: card.height * 0.55; width: card.width * 0.46 }
    Wanted { visible: card.field === "number"; sample: "A123456(3)"; y: card.height * 0.73; width: card.width * 0.54 }
}
