pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property var devices: Kiosk.facts.devices ?? []
    readonly property var ready: Kiosk.facts.ready ?? []
    readonly property var codes: Kiosk.facts.codes ?? []
    readonly property bool inService: Kiosk.facts.in_service !== false
    readonly property var choices: ["tests", "paper", "camera", "logs", "report", "restart"]
    title: qsTrId("title_STAFF_MENU")
    body: qsTrId("staff_where").arg(String(Kiosk.facts.terminal ?? "")).arg(Number(Kiosk.facts.minutes ?? 0))
    ground: Tok.dusk
    heroShare: 0.4
    inSession: false
    primary: "leave"
    primaryLabel: qsTrId("staff_leave")
    secondary: "service_switch"
    secondaryLabel: inService ? qsTrId("staff_take_out") : qsTrId("staff_put_back")
    hero: Component {
        Item {
            Rectangle {
                x: Tok.gutter
                width: parent.width - 2 * Tok.gutter
                height: rows.height + Tok.mm(12)
                anchors.verticalCenter: parent.verticalCenter
                radius: Tok.radius
                color: Tok.card
                border { width: Tok.line; color: Tok.edge }
                Column {
                    id: rows
                    x: Tok.mm(7); y: Tok.mm(6)
                    width: parent.width - 2 * x
                    spacing: Tok.mm(1.5)
                    Repeater {
                        model: page.devices.length
                        delegate: StateRow {
                            required property int index
                            width: rows.width
                            label: qsTrId("device_" + (page.devices[index] ?? "reader"))
                            mark: page.ready[index] === "1" ? "good" : "bad"
                            value: page.ready[index] === "1" ? qsTrId("device_ready") : String(page.codes[index] ?? "")
                            size: Tok.mm(page.wide ? 7.2 : 8.4) * (page.wide ? 1 + (Kiosk.zoom - 1) * 0.5 : Kiosk.zoom)
                        }
                    }
                    StateRow {
                        width: rows.width
                        label: qsTrId("report_service")
                        mark: page.inService ? "good" : "bad"
                        value: page.inService ? qsTrId("report_good") : qsTrId("title_OUT_OF_SERVICE")
                        size: Tok.mm(page.wide ? 7.2 : 8.4) * (page.wide ? 1 + (Kiosk.zoom - 1) * 0.5 : Kiosk.zoom)
                    }
                }
            }
        }
    }
    content: Component {
        Grid {
            id: grid
            columns: page.wide ? 3 : 2
            spacing: page.wide && Kiosk.zoom > 1 ? Tok.mm(4) : Tok.gap
            Repeater {
                model: page.choices
                delegate: Topic {
                    required property string modelData
                    width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
                    implicitHeight: Tok.mm(page.wide ? 27 : Kiosk.zoom > 1 ? 36 : 29)
                    action: modelData
                    label: qsTrId("staff_" + modelData)
                    icon: page.wide ? "" : modelData
                    size: page.wide ? Tok.mm(7.6) * (1 + (Kiosk.zoom - 1) * 0.6) : Tok.mm(8.6) * Kiosk.zoom
                }
            }
        }
    }
}
