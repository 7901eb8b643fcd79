import QtQuick
import Kiosk.Native 1.0
import "../parts"
import "../tokens"

Page {
    title: qsTrId("title_LANGUAGE")
    beside: qsTrId("beside_LANGUAGE")
    art: "hello"
    scene: true
    content: Component {
        Column {
            spacing: Tok.gap
            Repeater {
                model: ["zh_HK", "zh_CN", "en"]
                delegate: KButton {
                    required property string modelData
                    width: parent.width
                    height: Tok.mm(32)
                    action: "set_language"
                    argument: modelData
                    label: qsTrId("language_" + modelData)
                    family: modelData === "en" ? Tok.figures : Kiosk.nameFamily
                    size: Tok.mm(13)
                }
            }
        }
    }
}
