// Every size, colour and duration of the screens. Sizes are millimetres on the glass.
pragma Singleton
import QtQuick
import Kiosk.Native 1.0

QtObject {
    // sizes
    function mm(millimetres: real): real { return millimetres * Kiosk.pxPerMm }
    readonly property real gutter: mm(14)
    readonly property real gap: mm(6)
    readonly property real target: mm(26)
    readonly property real utility: mm(21)
    readonly property real radius: mm(5)
    readonly property real line: mm(0.6)
    readonly property real ring: mm(1.6)

    // type: em in millimetres; body is 0.7 degrees at 600 mm (EN 301 549, 5.1.4)
    readonly property real display: mm(19) * titles
    readonly property real heading: mm(15) * titles
    readonly property real lead: mm(12) * Kiosk.zoom
    readonly property real body: mm(10.4) * Kiosk.zoom
    readonly property real label: mm(9.4) * Kiosk.zoom
    readonly property real small: mm(7.4) * Kiosk.zoom
    readonly property real tiny: mm(7.2)
    // Titles are large already: in large text they give their room to the sentences.
    readonly property real titles: 1 + (Kiosk.zoom - 1) * 0.35
    // Figures look the same in each language.
    readonly property string figures: "Noto Sans"

    // colours: each text pair keeps 4.5:1, each part 3:1 (WCAG 2.2 AA)
    readonly property bool strong: Kiosk.contrast
    readonly property color paper: strong ? "#000000" : "#FBF8F2"
    readonly property color card: strong ? "#000000" : "#FFFFFF"
    readonly property color ink: strong ? "#FFFFFF" : "#17302F"
    readonly property color muted: strong ? "#FFFFFF" : "#41595A"
    readonly property color accent: strong ? "#FFE600" : "#0B6B63"
    readonly property color accentDown: strong ? "#FFFFFF" : "#084F49"
    readonly property color accentText: strong ? "#000000" : "#FFFFFF"
    readonly property color tint: strong ? "#000000" : "#E6F0EB"
    readonly property color edge: strong ? "#FFE600" : "#6F8B85"
    readonly property color track: strong ? "#000000" : "#FFFFFF"
    readonly property color attention: strong ? "#000000" : "#FBE7BF"
    readonly property color attentionInk: strong ? "#FFE600" : "#5E3B00"
    readonly property color veil: "#C0102422"
    readonly property color good: "#1C835A"
    readonly property color dark: "#1B2B2A"

    // grounds of the pictures; pictures keep their own colours
    readonly property color sage: "#DCEBE5"
    readonly property color sand: "#F1E8D8"
    readonly property color dusk: "#DFE5E4"

    // motion
    readonly property int fade: Kiosk.still ? 0 : 220
}
