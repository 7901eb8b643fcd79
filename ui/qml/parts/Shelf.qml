// The reader in its shelf, seen from where the citizen stands, and what to do with the card.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Item {
    id: shelf
    // "place", "read", "problem", "take" or "left"
    required property string pose
    readonly property bool inHand: pose === "place" || pose === "take"
    readonly property real unit: scene.width / 400
    // 0: in the lit frame; 1: in the citizen's hand, before the shelf.
    property real away: pose === "place" ? 0.42 : 0.62
    property real glow: 1
    clip: true
    Accessible.ignored: true

    component Layer: Image {
        required property string name
        property real shape: 1.15
        width: scene.width
        height: Math.round(width * shape)
        sourceSize: Qt.size(Math.max(1, width), Math.max(1, height))
        source: Qt.resolvedUrl("../art/" + name + ".svg")
        Accessible.ignored: true
    }
    Item {
        id: scene
        width: Math.round(Math.min(shelf.width * 0.94, (shelf.height - Tok.mm(5)) / 1.15))
        height: Math.round(width * 1.15)
        x: (shelf.width - width) / 2
        y: shelf.height - height

        Layer { name: "shelf" }
        Layer { name: "shelf_light"; opacity: shelf.glow }
        Layer { name: "waves"; visible: shelf.pose === "read"; opacity: shelf.glow }
        Layer {
            name: "card_flat"
            visible: !shelf.inHand
            rotation: shelf.pose === "problem" ? -9 : 0
        }
        Layer {
            id: hand
            name: "card_hand"
            shape: 1.55
            visible: shelf.inHand
            y: shelf.away * 138 * shelf.unit
            scale: 1 + shelf.away * 0.12
            transformOrigin: Item.Top
        }
        Image {
            visible: shelf.pose === "take" || shelf.pose === "place"
            width: 50 * shelf.unit
            height: width * 1.333
            x: 322 * shelf.unit
            y: 258 * shelf.unit
            rotation: shelf.pose === "take" ? 180 : 0
            source: Qt.resolvedUrl("../art/arrow_up.svg")
            sourceSize: Qt.size(Math.max(1, width), Math.max(1, height))
            Accessible.ignored: true
        }
        Image {
            visible: shelf.pose === "problem" || shelf.pose === "left"
            width: 84 * shelf.unit
            height: width
            x: 268 * shelf.unit
            y: 176 * shelf.unit
            source: Qt.resolvedUrl("../art/badge_problem.svg")
            sourceSize: Qt.size(Math.max(1, width), Math.max(1, width))
            Accessible.ignored: true
        }
    }
    SequentialAnimation on away {
        running: shelf.inHand && !Kiosk.still
        loops: Animation.Infinite
        NumberAnimation {
            from: shelf.pose === "place" ? 1 : 0; to: shelf.pose === "place" ? 0 : 1
            duration: 1500; easing.type: Easing.InOutQuad
        }
        PauseAnimation { duration: 1100 }
    }
    SequentialAnimation on glow {
        running: !shelf.inHand && shelf.pose !== "problem" && !Kiosk.still
        loops: Animation.Infinite
        NumberAnimation { from: 1; to: 0.35; duration: 900; easing.type: Easing.InOutSine }
        NumberAnimation { from: 0.35; to: 1; duration: 900; easing.type: Easing.InOutSine }
    }
}
