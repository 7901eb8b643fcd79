// One answer of the site: what is asked, what was said, and that it can be changed.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Pressable {
    id: row
    required property string label
    required property string value
    property bool open: false
    readonly property string said: open ? qsTrId("setup_open") : value
    readonly property real larger: 1 + (Kiosk.zoom - 1) * 0.2
    action: "pick"
    spoken: label + ": " + said
    implicitHeight: Tok.mm(26.5)
    color: down ? Tok.sage : open ? Tok.attention : Tok.card
    border { width: open ? Tok.mm(1.2) : Tok.line; color: open ? "#C9821A" : Tok.edge }
    Column {
        x: Tok.mm(5)
        width: parent.width - Tok.mm(22)
        anchors.verticalCenter: parent.verticalCenter
        Words {
            width: parent.width
            text: row.label
            size: Tok.mm(6.2) * row.larger
            lineHeight: 0.92
            color: row.open ? Tok.attentionInk : Tok.muted
            Accessible.ignored: true
        }
        Words {
            width: parent.width
            height: Tok.mm(row.value.length > 40 ? 11 : 10.4) * row.larger
            text: row.said
            size: Tok.mm(8.2) * row.larger
            fontSizeMode: Text.Fit
            minimumPixelSize: Tok.mm(3.6)
            lineHeight: 0.9
            wrapMode: Text.WrapAnywhere
            font.weight: Font.DemiBold
            color: row.open ? Tok.attentionInk : Tok.ink
            Accessible.ignored: true
        }
    }
    Icon {
        name: "edit"
        size: Tok.mm(9)
        colour: row.open ? Tok.attentionInk : Tok.accent
        anchors { right: parent.right; rightMargin: Tok.mm(5); verticalCenter: parent.verticalCenter }
    }
}
