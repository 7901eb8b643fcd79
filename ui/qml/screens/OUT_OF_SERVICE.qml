import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_OUT_OF_SERVICE")
    body: qsTrId("body_OUT_OF_SERVICE")
    art: "rest"
    scene: true
    loud: true
    ground: Tok.dusk
    inSession: false
    content: Component {
        Column {
            spacing: Tok.mm(4)
            Failures { id: failures }
            Note { width: parent.width; label: failures.words(String(Kiosk.facts.code ?? "")) }
            Words {
                // For staff: the same in each language.
                width: parent.width
                text: String(Kiosk.facts.code ?? "")
                size: Tok.mm(4.6)
                font.family: Tok.figures
                color: Tok.muted
                horizontalAlignment: Text.AlignRight
            }
        }
    }
}
