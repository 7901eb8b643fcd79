// The words for a failure code: its own, else those of its part.
import QtQuick

QtObject {
    readonly property var own: ["card.removed", "card.mute", "card.unreadable", "card.key_refused",
        "card.old_form", "card.old_form_counter", "card.consular", "card.child", "card.minor",
        "card.copy_suspected", "face.for_staff",
        "card.tries_used", "session.asked_help", "session.counter",
        "session.not_eligible", "session.not_mine", "staff.out_of_service",
        "guardian.declined", "guardian.expired", "guardian.withdrawn", "guardian.unreachable"]
    readonly property var parts: ["card", "face", "camera", "vision", "reader", "register", "outbox", "clock", "power"]
    readonly property var solved: ["reader", "camera", "vision", "printer", "outbox", "register", "clock", "staff", "power"]
    // What staff can do about it.
    function solution(code: string): string {
        const part = code.split(".")[0]
        return solved.indexOf(part) >= 0 ? qsTrId("solve_" + part) : qsTrId("solve_any")
    }
    function words(code: string): string {
        if (own.indexOf(code) >= 0)
            return qsTrId("failure_" + code.replace(".", "_"))
        const part = code.split(".")[0]
        return parts.indexOf(part) >= 0 ? qsTrId("failure_" + part) : qsTrId("failure_any")
    }
}
