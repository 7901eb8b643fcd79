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
        "tick": "M5 12.5L10 17.5L19 7",
        "search": "M10.5 4.5a6 6 0 1 1 0 12a6 6 0 1 1 0 -12M15 15L20 20",
        "education": "M2.5 9.5L12 5L21.5 9.5L12 14zM6.5 11.6V16.5c3 2.6 8 2.6 11 0V11.6M21.5 9.5V15",
        "transport": "M4 16V11l2.2-5h11.6L20 11v5zM4 11h16M6.5 16v2.5M17.5 16v2.5M7 13.6h1.6M15.4 13.6H17",
        "travel": "M3 15.5L21 8c.8-1.6-.8-2.6-2.2-2L14.5 8L7 5.5L5.5 6.3L10.5 9.8L7 11.3L4.5 10.4L3.2 11z",
        "family": "M8 11a3 3 0 1 1 0-6a3 3 0 1 1 0 6M3 19.5c0-6.5 10-6.5 10 0M17 13a2.2 2.2 0 1 1 0-4.4a2.2 2.2 0 1 1 0 4.4M14.6 15.6c2.6-1.4 6.4 0 6.4 3.9",
        "home": "M3.5 11.5L12 4.5L20.5 11.5M6 10V19.5H18V10M10 19.5V14H14V19.5",
        "work": "M4 8H20V19H4zM9 8V5H15V8M4 13H20M12 12V14.4",
        "business": "M4 9.5L5.5 5H18.5L20 9.5M4 9.5c0 3 5.3 3 5.3 0c0 3 5.4 3 5.4 0c0 3 5.3 3 5.3 0M5.5 12V19.5H18.5V12",
        "leisure": "M12 4.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15M4.6 11c5 .6 8.4 3.4 9.4 8M9 5.4c2 4 5.6 6.6 10.3 7.4",
        "law": "M12 4V19.5M7.5 19.5H16.5M5 7.5L19 7.5M5 7.5L2.6 13.5H7.4zM19 7.5L16.6 13.5H21.4z",
        "civic": "M4.5 12.5V19.5H19.5V12.5M8 12.5H16M9.5 4.5H17.5V12.5M9.5 4.5V12.5M11.6 8.4L13.1 10L15.6 6.9",
        "youth": "M12 10.5a3.2 3.2 0 1 1 0-6.4a3.2 3.2 0 1 1 0 6.4M6 20c0-8 12-8 12 0",
        "adults": "M12 10.5a3.2 3.2 0 1 1 0-6.4a3.2 3.2 0 1 1 0 6.4M6 20c0-8 12-8 12 0M12 14.2L10.8 16L12 19L13.2 16z",
        "elderly": "M10 9.5a3 3 0 1 1 0-6a3 3 0 1 1 0 6M5 20c0-8.5 9.5-9 10-3M18 20V14.5c0-2.6 3.4-2.6 3.4 0",
        "seated": "M9.6 4.4a1.7 1.7 0 1 1 -.1 0M9.5 8.6V13.6H14.4L17.2 19H19.5M9.5 10.8H14M7.4 11.6a5 5 0 1 0 6.4 6.6",
        "tests": "M9.5 4H14.5V7H9.5zM7 5.5H5V20H19V5.5H17M8.5 13.5L11 16L15.5 11",
        "paper": "M6 3.5H18V20.5L16 19L14 20.5L12 19L10 20.5L8 19L6 20.5zM9 8H15M9 12H13",
        "camera": "M4 7.5H8L9.5 5H14.5L16 7.5H20V19H4zM12 9.6a3.4 3.4 0 1 1 0 6.8a3.4 3.4 0 1 1 0-6.8",
        "logs": "M5 5H19M5 10H19M5 15H15M5 20H12",
        "report": "M6 3.5H14L18.5 8V20.5H6zM14 3.5V8H18.5M9 15.5L11 17.5L15 12.5",
        "restart": "M18.5 8.5A7.5 7.5 0 1 0 19.5 13M19.5 4V9H14.5",
        "network": "M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16M4 12H20M12 4c3.4 2.6 3.4 13.4 0 16M12 4c-3.4 2.6-3.4 13.4 0 16",
        "clock": "M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16M12 7.6V12L15 14",
        "site": "M12 20.5c-4.5-5-6.5-7.6-6.5-10.5a6.5 6.5 0 0 1 13 0c0 2.9-2 5.5-6.5 10.5M12 7.6a2.4 2.4 0 1 1 0 4.8a2.4 2.4 0 1 1 0-4.8",
        "panel": "M6.5 3.5H17.5V20.5H6.5zM10.5 17.4H13.5",
        "touch": "M9 13V5.8a1.7 1.7 0 0 1 3.4 0V11l4.6 1.1c1.2 .3 1.9 1.3 1.7 2.5L17.8 20H10.8L6.4 15c-.9-1.2 .5-2.6 1.6-1.8z",
        "face_camera": "M4 7.5H8L9.5 5H14.5L16 7.5H20V19H4zM12 9.6a3.4 3.4 0 1 1 0 6.8a3.4 3.4 0 1 1 0-6.8",
        "document_camera": "M7.5 3.5H16.5V8H7.5zM12 8V10.4M4 14H20V20.5H4zM6.8 17.2H11",
        "lights": "M12 3.8a5.6 5.6 0 0 1 2.7 10.5V17H9.3V14.3A5.6 5.6 0 0 1 12 3.8M9.8 20H14.2",
        "reader": "M4 6.5H20V17.5H4zM4 10.2H20M7 14H11",
        "printer": "M7 9V4H17V9M7 16H4.5V9H19.5V16H17M7 13.2H17V20H7z",
        "sound": "M4 10V14.5H7.5L12 18.5V6L7.5 10zM15.4 9c1.6 1.6 1.6 4.6 0 6.2M17.8 6.6c3 3 3 8 0 11",
        "claim": "M8 8a4 4 0 1 1 0 8a4 4 0 1 1 0-8M12 12H20.5V15.6M16.8 12V14.6",
        "settings": "M4.5 7H12.5M16.5 7H19.5M14.5 5V9M4.5 12H6.5M10.5 12H19.5M8.5 10V14M4.5 17H12.5M16.5 17H19.5M14.5 15V19",
        "self_test": "M9.5 4H14.5V7H9.5zM7 5.5H5V20H19V5.5H17M8.5 13.5L11 16L15.5 11",
        "edit": "M5 19L6 15L15.5 5.5L18.5 8.5L9 18zM13.3 7.7L16.3 10.7",
        "skip": "M6 6L13 12L6 18M13 6L20 12L13 18",
        "warning": "M12 4L21.5 19.5H2.5zM12 9.6V14M12 16.9v.1",
        "weather": "M7.5 18.5a4 4 0 1 1 .6-7.9a5 5 0 0 1 9.6 1.1a3.5 3.5 0 0 1 -.4 6.8zM12 4V3M18 6.4L18.8 5.6",
        "traffic": "M8.5 3.5H15.5V20.5H8.5zM12 6.4v1M12 11.4v1M12 16.4v1",
        "announcement": "M4 10V14.5H7.5L15 18.5V6L7.5 10zM18 9.4c1.6 1.6 1.6 4 0 5.6M7.5 14.5L9 20" })
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
