// What the engine tells of a PIN, and what there is to say about it.
import QtQuick
import Kiosk.Native 1.0

QtObject {
    readonly property int digits: Number(Kiosk.facts.digits ?? 0)
    readonly property int locked: Number(Kiosk.facts.locked_min ?? 0)
    readonly property int tries: Number(Kiosk.facts.tries_left ?? 0)
    readonly property string code: String(Kiosk.facts.code ?? "")
    readonly property bool asking: Kiosk.facts.asking === true
    readonly property bool whole: digits === 6 && locked === 0 && !asking
    readonly property string problem: locked > 0 ? qsTrId("pin_locked").arg(locked)
        : code === "staff.pin_refused" ? qsTrId("pin_tries").arg(tries)
        : code !== "" ? qsTrId("pin_card_bad") + " " + code : ""
}
