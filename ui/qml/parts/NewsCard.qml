// One piece of public information, with its age and where it comes from.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Rectangle {
    id: news
    required property string kind
    required property string title
    required property string text
    required property string source
    required property int minutes
    readonly property bool urgent: kind === "warning"
    readonly property string age: minutes < 1 ? qsTrId("age_now")
        : minutes < 120 ? qsTrId("age_minutes").arg(minutes)
        : minutes < 2880 ? qsTrId("age_hours").arg(Math.floor(minutes / 60))
        : qsTrId("age_days").arg(Math.floor(minutes / 1440))
    implicitHeight: words.height + Tok.mm(12)
    radius: Tok.radius
    color: urgent ? Tok.attention : Tok.card
    border { width: Tok.line; color: urgent ? Tok.attentionInk : Tok.edge }
    Accessible.role: urgent ? Accessible.AlertMessage : Accessible.StaticText
    Accessible.name: qsTrId("kind_" + kind) + ". " + title + ". " + text + " " + source + ", " + age
    Icon {
        id: sign
        x: Tok.mm(6); y: Tok.mm(6)
        name: news.kind
        size: Tok.mm(16)
        colour: news.urgent ? Tok.attentionInk : Tok.accent
    }
    Column {
        id: words
        x: Tok.mm(28); y: Tok.mm(6)
        width: parent.width - x - Tok.mm(7)
        spacing: Tok.mm(1.5)
        Words {
            width: parent.width
            text: qsTrId("kind_" + news.kind)
            size: Tok.tiny
            color: news.urgent ? Tok.attentionInk : Tok.muted
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        Words {
            width: parent.width
            text: news.title
            size: Tok.body
            lineHeight: 0.95
            color: news.urgent ? Tok.attentionInk : Tok.ink
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        Words {
            width: parent.width
            text: news.text
            size: Tok.mm(8) * Kiosk.zoom
            color: news.urgent ? Tok.attentionInk : Tok.ink
            Accessible.ignored: true
        }
        Words {
            width: parent.width
            text: news.source + " · " + news.age
            size: Tok.tiny
            color: news.urgent ? Tok.attentionInk : Tok.muted
            Accessible.ignored: true
        }
    }
}
