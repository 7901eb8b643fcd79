pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property bool seen: measures.size !== ""
    title: qsTrId("title_STAFF_CAMERA")
    body: Kiosk.hint === "" ? qsTrId("body_STAFF_CAMERA") : qsTrId("hint_" + Kiosk.hint)
    titleSize: wide ? Tok.mm(13) : Tok.heading
    heroShare: 0.56
    inSession: false
    mayBack: true
    equalChoice: true
    primary: "passed"
    primaryLabel: qsTrId("test_yes")
    secondary: "failed"
    secondaryLabel: qsTrId("test_no")
    hero: Component { CameraView {} }
    PreviewMeasures { id: measures }
    content: Component {
        Rectangle {
            implicitHeight: rows.height + Tok.mm(10)
            radius: Tok.radius
            color: Tok.card
            border { width: Tok.line; color: Tok.strong ? Tok.edge : "#CFDCD6" }
            Column {
                id: rows
                x: Tok.mm(7); y: Tok.mm(5)
                width: parent.width - 2 * x
                StateRow {
                    width: rows.width; mark: ""; label: qsTrId("measure_rate"); middle: 0.66
                    value: page.seen ? measures.rate.toFixed(1) : "-"
                }
                StateRow {
                    width: rows.width; mark: ""; label: qsTrId("measure_size"); middle: 0.66
                    value: page.seen ? measures.size : "-"
                }
                StateRow {
                    width: rows.width; mark: ""; label: qsTrId("measure_brightness"); middle: 0.66
                    value: page.seen ? measures.brightness.toFixed(0) + " %" : "-"
                }
                StateRow {
                    width: rows.width; mark: ""; label: qsTrId("measure_sharpness"); middle: 0.66
                    value: page.seen ? measures.sharpness.toFixed(1) + " %" : "-"
                }
            }
        }
    }
}
