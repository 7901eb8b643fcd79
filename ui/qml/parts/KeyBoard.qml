// Keys for addresses, names and codes. Digits, letters, and the signs that stand in them.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Item {
    id: keys
    readonly property real gap: Tok.mm(3)
    readonly property var rows: ["1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm._/"].map(row => row.split(""))
    readonly property var last: [[":", 1], ["https://", 3], ["clear", 3], ["delete", 3]]
    readonly property real one: (width - 9 * gap) / 10
    readonly property real tall: Math.min(Tok.mm(26), (height - 4 * gap) / 5)
    implicitHeight: 5 * Tok.mm(24) + 4 * gap

    // Not "Key": PySide would take it for its QPixmapCache.Key.
    component Letter: KButton {
        action: "key"
        label: argument
        height: keys.tall
        size: Tok.mm(10.5)
        family: Tok.figures
    }
    Column {
        spacing: keys.gap
        Repeater {
            model: keys.rows
            delegate: Row {
                id: row
                required property var modelData
                spacing: keys.gap
                Repeater {
                    model: row.modelData
                    delegate: Letter {
                        required property string modelData
                        width: keys.one
                        argument: modelData
                    }
                }
            }
        }
        Row {
            spacing: keys.gap
            Repeater {
                model: keys.last
                delegate: Letter {
                    required property var modelData
                    readonly property bool word: argument === "clear" || argument === "delete"
                    width: modelData[1] * keys.one + (modelData[1] - 1) * keys.gap
                    argument: modelData[0]
                    label: argument === "delete" ? qsTrId("key_delete") : argument === "clear" ? qsTrId("key_clear") : argument
                    icon: argument === "delete" ? "delete" : ""
                    look: word ? "soft" : "plain"
                    size: word ? Tok.mm(8.4) : Tok.mm(9.4)
                    family: word ? Kiosk.fontFamily : Tok.figures
                }
            }
        }
    }
}
