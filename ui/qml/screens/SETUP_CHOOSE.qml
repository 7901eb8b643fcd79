pragma ComponentBehavior: Bound
import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    id: page
    readonly property string field: String(Kiosk.facts.field ?? "")
    readonly property var choices: Kiosk.facts.choices ?? []
    readonly property string chosen: String(Kiosk.facts.chosen ?? "")
    readonly property bool mayType: Kiosk.facts.may_type === true
    title: field === "" ? qsTrId("title_SETUP_CHOOSE") : field === "skip" ? qsTrId("setup_skip_why") : called.field(field)
    body: field === "site.languages" ? qsTrId("setup_first_language") : mayType && choices.length === 0 ? qsTrId("setup_nothing_found") : ""
    bodySize: Tok.label
    titleSize: wide ? Tok.mm(13) : Tok.heading
    ground: Tok.dusk
    heroShare: 0.34
    dense: true
    inSession: false
    mayBack: true
    primary: mayType ? "continue" : ""
    primaryLabel: qsTrId("setup_type_it")
    SetupWords { id: called }
    hero: Component { Machine {} }
    content: Component {
        Column {
            id: column
            spacing: Tok.mm(4)
            Repeater {
                model: page.choices.length
                delegate: KButton {
                    required property int index
                    readonly property string value: page.choices[index] ?? ""
                    width: column.width
                    height: Tok.mm(page.wide ? 24 : 27)
                    action: "pick"
                    argument: String(index)
                    label: page.field === "" ? "" : called.choice(page.field, value)
                    chosen: value === page.chosen
                    size: value.length > 24 ? Tok.mm(6.8) : Tok.body
                    family: page.field === "site.languages" ? (value === "en" ? Tok.figures : Kiosk.nameFamily) : Kiosk.fontFamily
                    Accessible.role: Accessible.RadioButton
                    Accessible.checked: chosen
                }
            }
        }
    }
}
