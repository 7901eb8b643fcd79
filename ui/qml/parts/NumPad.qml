// Our own keys: letters only where a number begins with them, digits else.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Item {
    id: pad
    required property string field
    required property string typed
    readonly property bool number: field === "number"
    readonly property bool onlyLetters: number && typed.length === 0
    readonly property bool maySecondLetter: number && /^[A-Z]$/.test(typed)
    readonly property bool mayCheckLetter: number && /^[A-Z]{1,2}[0-9]{6}$/.test(typed)
    property bool asked: false
    readonly property bool letters: onlyLetters || (maySecondLetter && asked)
    readonly property real gap: Tok.mm(4)
    readonly property int columns: letters ? 7 : 3
    readonly property int rows: 4
    readonly property real keyHeight: Math.min(Tok.target, (height - (rows - 1) * gap) / rows)
    readonly property var alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("").concat(["delete"])
    // Constant: keys stay where they are and are not made anew while somebody types.
    readonly property var digits: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "letter", "0", "delete"]
    readonly property string letterKey: maySecondLetter ? "letters" : mayCheckLetter ? "A" : ""
    implicitHeight: rows * Tok.mm(24) + (rows - 1) * gap
    onTypedChanged: asked = false

    Grid {
        columns: pad.columns
        rowSpacing: pad.gap
        columnSpacing: pad.gap
        Repeater {
            model: pad.letters ? pad.alphabet : pad.digits
            delegate: Item {
                id: place
                required property string modelData
                readonly property string key: modelData === "letter" ? pad.letterKey : modelData
                readonly property bool toggles: key === "letters"
                readonly property bool deletes: key === "delete"
                width: (pad.width - (pad.columns - 1) * pad.gap) / pad.columns
                height: pad.keyHeight
                KButton {
                    // The last key of the letters takes what its row leaves free.
                    width: place.deletes && pad.letters ? 2 * place.width + pad.gap : place.width
                    height: place.height
                    visible: !place.toggles && place.key !== ""
                    action: "key"
                    argument: place.key
                    label: place.deletes ? qsTrId("key_delete") : place.key
                    icon: place.deletes ? "delete" : ""
                    size: place.deletes ? Tok.mm(8.4) : Tok.mm(12.5)
                    family: place.deletes ? Kiosk.fontFamily : Tok.figures
                    look: place.deletes ? "soft" : "plain"
                }
                KButton {
                    anchors.fill: parent
                    visible: place.toggles
                    own: true
                    action: "letters"
                    label: qsTrId("key_letters")
                    size: Tok.mm(8.4)
                    look: "soft"
                    onTurned: pad.asked = true
                }
            }
        }
    }
}
