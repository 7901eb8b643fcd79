// A small sign in the colour of the words beside it.
import QtQuick
import QtQuick.Shapes

Shape {
    id: icon
    required property string name
    property real size: 24
    property color colour: "black"
    readonly property var strokes: ({
        "back": "M15 5L8 12L15 19", "cancel": "M6 6L18 18M18 6L6 18",
        "help": "M8.6 9.2a3.4 3.4 0 1 1 5.2 2.9c-1.2 .8-1.8 1.4-1.8 2.7M12 18.6v.1",
        "delete": "M9 5h11v14H9L3 12zM12 9.5l5 5M17 9.5l-5 5",
        "tick": "M5 12.5L10 17.5L19 7" })
    width: size
    height: size
    Accessible.ignored: true

    ShapePath {
        scale: Qt.size(icon.size / 24, icon.size / 24)
        strokeColor: icon.colour
        strokeWidth: icon.size / 10
        fillColor: "transparent"
        capStyle: ShapePath.RoundCap
        joinStyle: ShapePath.RoundJoin
        PathSvg { path: icon.strokes[icon.name] ?? "" }
    }
}
