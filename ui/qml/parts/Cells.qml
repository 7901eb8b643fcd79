// What was typed, in the form the card prints it.
import QtQuick
import "../tokens"

Item {
    id: cells
    required property string field
    required property string typed
    property bool wrong: false
    // Each place: a letter to be typed over, or a sign that is printed between.
    readonly property string form: field === "number" ? (/^[A-Z]{2}/.test(typed) ? "AA000000(0)" : "A000000(0)")
                                 : field === "birth" ? "DD-MM-YYYY" : "DD-MM-YY"
    readonly property real space: Tok.mm(2)
    readonly property int signs: form.length - form.replace(/[-()]/g, "").length
    // A sign is half as wide as a place to type.
    readonly property real cell: Math.min(Tok.mm(23), (width - space * (form.length - 1)) / (form.length - signs / 2))
    implicitHeight: Tok.mm(27)
    Accessible.role: Accessible.StaticText
    Accessible.name: typed

    function isSign(index: int): bool { return "-()".indexOf(form.charAt(index)) >= 0 }
    function order(index: int): int { return form.slice(0, index).replace(/[-()]/g, "").length }

    Row {
        anchors.centerIn: parent
        spacing: cells.space
        Repeater {
            model: cells.form.length
            delegate: Rectangle {
                id: box
                required property int index
                readonly property bool sign: cells.isSign(index)
                readonly property int order: cells.order(index)
                readonly property bool next: !sign && order === cells.typed.length
                readonly property bool empty: !sign && order >= cells.typed.length
                width: sign ? cells.cell * 0.5 : cells.cell
                height: cells.implicitHeight
                radius: Tok.mm(2.5)
                color: sign ? "transparent" : cells.wrong ? Tok.attention : Tok.card
                border.width: sign ? 0 : next ? Tok.mm(1.4) : Tok.line
                border.color: next ? Tok.accent : cells.wrong ? Tok.attentionInk : Tok.edge
                Words {
                    anchors.centerIn: parent
                    // A hint of the form stays in empty places of a date.
                    text: box.sign ? cells.form.charAt(box.index)
                        : !box.empty ? cells.typed.charAt(box.order)
                        : cells.field === "number" ? "" : cells.form.charAt(box.index)
                    size: Math.min(Tok.mm(13.5), cells.cell * 0.8) * (box.empty ? 0.8 : 1)
                    font.family: Tok.figures
                    font.weight: box.empty ? Font.Normal : Font.DemiBold
                    color: box.sign || box.empty ? Tok.muted : cells.wrong ? Tok.attentionInk : Tok.ink
                    Accessible.ignored: true
                }
            }
        }
    }
}
