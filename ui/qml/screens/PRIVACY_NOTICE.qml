pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property bool tight: wide && Kiosk.zoom > 1
    readonly property real reading: tight ? Tok.body * 0.92 : Tok.body
    title: qsTrId("title_PRIVACY_NOTICE")
    art: "privacy"
    step: 0
    heroShare: 0.37
    dense: true
    mayBack: true
    primary: "agree"
    primaryLabel: qsTrId("agree")
    secondary: "disagree"
    secondaryLabel: qsTrId("disagree")
    equalChoice: true
    content: Component {
        Column {
            spacing: page.tight ? Tok.mm(1.5) : page.wide ? Tok.mm(3) : Tok.mm(4)
            CheckLine { width: parent.width; size: page.reading; label: qsTrId("privacy_what") }
            CheckLine { width: parent.width; size: page.reading; label: qsTrId("privacy_why") }
            CheckLine { width: parent.width; size: page.reading; label: qsTrId("privacy_keep") }
            Switch {
                width: parent.width
                height: page.tight ? Tok.utility : implicitHeight
                action: "keep_template"
                label: qsTrId("privacy_template")
                on: Kiosk.facts.keep_template === true
            }
            Words {
                width: parent.width
                text: qsTrId("privacy_version").arg(String(Kiosk.facts.statement ?? ""))
                size: Tok.tiny
                color: Tok.muted
            }
        }
    }
}
