import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_ELIGIBILITY")
    art: "register"
    dense: true
    mayBack: true
    primary: "continue"
    primaryLabel: qsTrId("eligible_yes")
    secondary: "not_eligible"
    secondaryLabel: qsTrId("eligible_no")
    content: Component {
        Column {
            spacing: Tok.mm(5)
            PicturePoint { width: parent.width; art: "small_card"; label: qsTrId("eligible_card") }
            PicturePoint { width: parent.width; art: "small_age"; label: qsTrId("eligible_age") }
            PicturePoint { width: parent.width; art: "small_phone"; label: qsTrId("eligible_phone") }
        }
    }
}
