// One fact about the citizen, already masked.
import QtQuick
import "../tokens"

Column {
    id: row
    required property string label
    required property string value
    property string family: Tok.figures
    spacing: Tok.mm(0.5)
    Words { width: row.width; text: row.label; size: Tok.small; color: Tok.muted }
    Words {
        width: row.width
        text: row.value
        size: Tok.body
        font.weight: Font.DemiBold
        font.family: row.family
    }
}
