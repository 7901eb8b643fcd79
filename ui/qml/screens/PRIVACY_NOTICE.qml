import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_PRIVACY_NOTICE")
    art: "privacy"
    step: 0
    heroShare: 0.3
    primary: "agree"
    primaryLabel: qsTrId("agree")
    secondary: "disagree"
    secondaryLabel: qsTrId("disagree")
    equalChoice: true
    content: Component {
        Column {
            spacing: Tok.mm(5)
            CheckLine { width: parent.width; size: Tok.body * 0.92; label: qsTrId("privacy_what") }
            CheckLine { width: parent.width; size: Tok.body * 0.92; label: qsTrId("privacy_why") }
            CheckLine { width: parent.width; size: Tok.body * 0.92; label: qsTrId("privacy_keep") }
            Switch {
                width: parent.width
                action: "keep_template"
                label: qsTrId("privacy_template")
                on: Kiosk.facts.keep_template === true
            }
            Words {
                width: parent.width
                text: qsTrId("privacy_version").arg(String(Kiosk.facts.statement ?? ""))
                size: Tok.mm(7)
                color: Tok.muted
            }
        }
    }
}
