// What was typed, in the form the card prints it.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Item {
    id: cells
    required property string field
    required property string typed
    readonly property var form: field === "number" ? numberForm()
                               : field === "birth" ? ["", "", "-", "", "", "-", "", "", "", ""]
                               : ["", "", "-", "", "", "-", "", ""]
    readonly property real cell: Math.min(Tok.mm(22), (width - Tok.mm(2) * (form.length - 1)) / form.length)
    implicitHeight: Tok.mm(27)
    Accessible.role: Accessible.StaticText
    Accessible.name: typed

    function numberForm(): var {
        const letters = /^[A-Z]{2}/.test(typed) ? ["", ""] : [""]
        return letters.concat(["", "", "", "", "", "", "(", "", ")"])
    }
    function shown(index: int): string {
        if (form[index] !== "")
            return form[index]
        let before = 0
        for (let i = 0; i < index; i++)
            if (form[i] === "")
                before++
        return typed.charAt(before)
    }
    function isNext(index: int): bool {
        if (form[index] !== "")
            return false
        let before = 0
        for (let i = 0; i < index; i++)
            if (form[i] === "")
                before++
        return before === typed.length
    }
    Row {
        anchors.centerIn: parent
        spacing: Tok.mm(2)
        Repeater {
            model: cells.form.length
            delegate: Rectangle {
                id: box
                required property int index
                readonly property bool fixed: cells.form[index] !== ""
                width: fixed ? cells.cell * 0.5 : cells.cell
                height: cells.implicitHeight
                radius: Tok.mm(2.5)
                color: fixed ? "transparent" : Tok.card
                border.width: fixed ? 0 : cells.isNext(index) ? Tok.mm(1.2) : Tok.line
                border.color: cells.isNext(index) ? Tok.accent : Tok.edge
                Words {
                    anchors.centerIn: parent
                    text: cells.shown(box.index)
                    size: Tok.mm(13)
                    font.weight: Font.DemiBold
                    color: box.fixed ? Tok.muted : Tok.ink
                    Accessible.ignored: true
                }
            }
        }
    }
}
