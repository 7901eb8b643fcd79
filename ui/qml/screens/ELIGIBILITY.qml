import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_ELIGIBILITY")
    art: "register"
    primary: "continue"
    primaryLabel: qsTrId("eligible_yes")
    secondary: "not_eligible"
    secondaryLabel: qsTrId("eligible_no")
    content: Component {
        Column {
            spacing: Tok.mm(6)
            CheckLine { width: parent.width; mark: "1"; label: qsTrId("eligible_card") }
            CheckLine { width: parent.width; mark: "2"; label: qsTrId("eligible_age") }
            CheckLine { width: parent.width; mark: "3"; label: qsTrId("eligible_phone") }
        }
    }
}
