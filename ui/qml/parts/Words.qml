// A text: wrapped, in the language's own face.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Text {
    property real size: Tok.body
    font.family: Kiosk.fontFamily
    font.pixelSize: size
    color: Tok.ink
    wrapMode: Text.Wrap
    lineHeight: 1.0
    textFormat: Text.PlainText
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
