import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_OUT_OF_SERVICE")
    body: qsTrId("body_OUT_OF_SERVICE")
    art: "rest"
    inSession: false
    content: Component {
        Column {
            spacing: Tok.mm(5)
            Failures { id: failures }
            Note { width: parent.width; label: failures.words(String(Kiosk.facts.code ?? "")) }
            Words {
                width: parent.width
                text: String(Kiosk.facts.code ?? "")
                size: Tok.mm(7)
                color: Tok.muted
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}
