pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property string field: String(Kiosk.facts.field ?? "")
    readonly property string typed: String(Kiosk.facts.typed ?? "")
    readonly property bool wrong: Kiosk.facts.wrong === true
    // A long line shows its end: that is where somebody types.
    readonly property int most: wide ? 84 : 76
    readonly property string seen: typed.length > most ? "\u2026" + typed.slice(typed.length - most) : typed
    title: field === "" ? qsTrId("title_SETUP_TYPE") : called.field(field)
    titleSize: wide ? Tok.mm(11.5) : Tok.heading
    ground: Tok.dusk
    bare: true
    inSession: false
    mayBack: true
    primary: "continue"
    primaryLabel: qsTrId("setup_take")
    primaryEnabled: typed !== "" || field === "devices.lights"
    SetupWords { id: called }
    hero: Component { Machine {} }
    content: Component {
        Item {
            implicitHeight: line.height + Tok.mm(5) + keys.implicitHeight
            Rectangle {
                id: line
                width: parent.width
                height: Tok.mm(page.wide ? 21 : 32)
                radius: Tok.radius
                color: page.wrong ? Tok.attention : Tok.card
                border { width: Tok.mm(1.2); color: page.wrong ? "#C9821A" : Tok.accent }
                Accessible.role: Accessible.EditableText
                Accessible.name: page.typed
                Words {
                    x: Tok.mm(6)
                    width: (page.wide && hint.visible ? parent.width * 0.52 : parent.width - Tok.mm(12))
                    height: Tok.mm(page.wide ? 16 : hint.visible ? 14 : 24)
                    y: page.wide || !hint.visible ? (parent.height - height) / 2 : Tok.mm(3)
                    verticalAlignment: Text.AlignVCenter
                    text: page.seen + "\u2502"
                    size: Tok.mm(9.4)
                    fontSizeMode: Text.Fit
                    minimumPixelSize: Tok.mm(4.4)
                    wrapMode: Text.WrapAnywhere
                    lineHeight: 0.92
                    font { family: Tok.figures; weight: Font.DemiBold }
                    color: page.wrong ? Tok.attentionInk : Tok.ink
                }
                Words {
                    id: hint
                    visible: page.field !== ""
                    x: page.wide ? parent.width * 0.56 : Tok.mm(6)
                    width: page.wide ? parent.width * 0.42 : parent.width - Tok.mm(12)
                    height: Tok.mm(page.wide ? 18 : 10)
                    y: page.wide ? (parent.height - height) / 2 : parent.height - height - Tok.mm(2.5)
                    verticalAlignment: Text.AlignVCenter
                    horizontalAlignment: page.wide ? Text.AlignRight : Text.AlignLeft
                    text: page.field === "" ? "" : (page.wrong ? qsTrId("setup_unusable") + called.space : "") + qsTrId("hint_field_" + page.field.replace(".", "_"))
                    size: Tok.mm(6.2)
                    fontSizeMode: Text.Fit
                    minimumPixelSize: Tok.mm(4)
                    lineHeight: 0.92
                    color: page.wrong ? Tok.attentionInk : Tok.muted
                    Accessible.role: page.wrong ? Accessible.AlertMessage : Accessible.StaticText
                    Accessible.name: text
                }
            }
            KeyBoard {
                id: keys
                y: line.height + Tok.mm(5)
                width: parent.width
                height: parent.height - y
            }
        }
    }
    // A keyboard that is plugged in on the bench types as well.
    Component.onCompleted: forceActiveFocus()
    Keys.onReleased: event => {
        if (event.key === Qt.Key_Backspace)
            Kiosk.send("key", "delete")
        else if (event.text.length === 1 && event.text >= "!" && event.text <= "~")
            Kiosk.send("key", event.text)
    }
}
