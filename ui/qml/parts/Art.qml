// A drawing: as large as its place allows, standing on its ground or in the middle,
// or filling its place as a scene.
import QtQuick

Item {
    id: art
    required property string name
    property bool scene: false
    property bool grounded: false
    property real margin: 0
    readonly property var shapes: ({ "hello": 0.6, "goodbye": 0.6, "rest": 0.6, "shelf": 1.15, "browse": 0.75, "compare": 0.625,
        "phone": 1.462, "privacy": 0.75, "register": 0.75, "sending": 0.708, "staff": 0.875, "service_card": 0.75, "guardian": 0.75, "slot": 1.15, "paper_1": 0.75, "paper_2": 0.75, "paper_3": 0.75,
        "small_card": 1, "small_age": 1, "small_phone": 1, "small_clock": 1 })
    readonly property real shape: shapes[name] ?? 1
    readonly property real roomX: Math.max(1, width - 2 * margin)
    readonly property real roomY: Math.max(1, height - (grounded ? 1 : 2) * margin)
    clip: scene
    Accessible.ignored: true

    Image {
        // The middle six tenths of a scene are what must be seen, and its lower nine tenths.
        width: Math.round(art.scene ? Math.max(art.width, Math.min(art.width / 0.6, art.roomY / art.shape / 0.9))
                                    : Math.min(art.roomX, art.roomY / art.shape))
        height: Math.round(width * art.shape)
        x: (art.width - width) / 2
        y: art.scene || art.grounded ? art.height - height : (art.height - height) / 2
        sourceSize: Qt.size(Math.max(1, width), Math.max(1, height))
        source: Qt.resolvedUrl("../art/" + art.name + ".svg")
        Accessible.ignored: true
    }
}
