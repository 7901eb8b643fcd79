// What provisioning's ids are called: steps, answers, choices, figures, failures.
import QtQuick
import Kiosk.Native 1.0

QtObject {
    readonly property var tested: ["touch", "face_camera", "document_camera", "reader", "printer", "sound"]
    readonly property var figures: ["fleet_ms", "register_ms", "unreachable", "synchronized", "off_s", "mode", "turned",
        "worst_off", "swapped", "mirrored", "check_off", "corners", "size", "per_s", "brightness", "sharpness", "picture",
        "identity", "lights", "ways_to_open", "ms", "width_px", "terminal", "key_kept_by", "machine_signs",
        "district", "certificate_ends", "site", "secure_boot", "free_mb", "certificate_days", "issuers", "faults"]
    readonly property var coded: ["provision.no_network", "provision.no_panel", "provision.other_panel", "provision.no_touch",
        "provision.touch_wild", "provision.no_card", "provision.no_slip", "provision.no_sound", "provision.unjudged",
        "provision.judged_bad", "provision.other_site", "provision.no_anchors", "provision.settings_refused",
        "provision.not_fit", "claim.mistyped", "claim.refused", "claim.used", "claim.forged_fleet", "claim.unreachable",
        "claim.contested", "printer.missing", "camera.missing"]
    readonly property var parts: ["camera", "reader", "printer", "lights", "claim", "identity", "clock"]
    readonly property var marked: ["good", "bad", "skipped", "waits", "todo"]
    readonly property var modes: ["self_service", "counter", "mobile"]
    readonly property var reasons: ["not ordered", "comes later", "not possible here"]
    readonly property var stills: ["kept", "somebody", "not_vouched"]
    readonly property var named: ["fleet", "register", "tpm", "host", "file"]
    readonly property var faulty: ["swap", "core_dumps", "room", "identity", "machine", "issuers"]
    readonly property string space: Kiosk.language === "en" ? " " : ""
    readonly property string pause: Kiosk.language === "en" ? ", " : "\u3001"

    function step(name: string): string {
        return name === "" ? "" : qsTrId((tested.indexOf(name) >= 0 ? "test_" : "provision_") + name)
    }
    function steps(names: var): string {
        return names.map(name => step(name)).join(pause)
    }
    function mark(name: string): string { return marked.indexOf(name) < 0 ? "" : qsTrId("mark_" + name) }
    function field(name: string): string { return name === "" ? "" : qsTrId("field_" + name.replace(".", "_")) }
    function choice(field: string, value: string): string {
        if (modes.indexOf(value) >= 0) return qsTrId("choice_" + value)
        if (field === "site.languages" && value !== "") return qsTrId("language_" + value)
        if (field === "skip") return qsTrId("skip_" + (reasons.indexOf(value) + 1))
        if (value === "") return qsTrId("choice_none")
        return value
    }
    function reason(value: string): string {
        const at = reasons.indexOf(value)
        return at < 0 ? value : qsTrId("skip_" + (at + 1))
    }
    function figure(name: string): string { return figures.indexOf(name) < 0 ? name : qsTrId("figure_" + name) }
    function value(name: string, text: string): string {
        if (text === "yes" || text === "no") return qsTrId("answer_" + text)
        if (name === "picture" && stills.indexOf(text) >= 0) return qsTrId("still_" + text)
        if ((name === "unreachable" || name === "key_kept_by") && named.indexOf(text) >= 0) return qsTrId("value_" + text)
        if (name === "faults") return text.split(" ").map(one => faulty.indexOf(one) < 0 ? one : qsTrId("fault_" + one)).join(pause)
        return text
    }
    // What happened, and what to do.
    function cure(code: string): string {
        if (code === "") return ""
        if (coded.indexOf(code) >= 0) return qsTrId("cure_" + code.replace(".", "_"))
        const part = code.split(".")[0]
        return parts.indexOf(part) >= 0 ? qsTrId("cure_" + part) : qsTrId("solve_any")
    }
}
