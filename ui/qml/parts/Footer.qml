// What every screen offers: back, leave, help, three languages, text size, contrast.
import QtQuick
import QtQuick.Layouts
import Kiosk.Native 1.0
import "../tokens"

Item {
    id: footer

    property bool wide: false
    property bool mayBack: false
    property bool mayLeave: true
    property bool mayHelp: true
    readonly property bool anyWay: mayBack || mayLeave || mayHelp
    implicitHeight: wide || !anyWay ? Tok.utility : Tok.target + Tok.mm(5) + Tok.utility

    component Way: KButton {
        look: "soft"
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1
    }
    component Language: KButton {
        required property string code
        action: "set_language"
        argument: code
        label: qsTrId("language_" + code)
        size: Tok.mm(7.6)
        family: code === "en" ? Tok.figures : Kiosk.nameFamily
        chosen: Kiosk.language === code
        look: "quiet"
        implicitHeight: Tok.utility
        Layout.fillWidth: true
        Layout.preferredWidth: 1
    }
    component Toggle: Rectangle {
        id: toggle
        required property string label
        required property string mark
        required property string name
        objectName: "action:" + name
        property bool on: false
        property real markSize: Tok.mm(9)
        signal turned()
        Layout.preferredWidth: Tok.mm(26)
        implicitHeight: Tok.utility
        radius: Tok.radius
        color: on ? Tok.accent : area.pressed ? Tok.sage : "transparent"
        border { width: Tok.line; color: Tok.edge }
        activeFocusOnTab: true
        Accessible.role: Accessible.Button
        Accessible.name: label
        Accessible.onPressAction: turned()
        Words {
            anchors.centerIn: parent
            text: toggle.mark
            size: toggle.markSize
            color: toggle.on ? Tok.accentText : Tok.ink
            font.family: Tok.figures
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        MouseArea { id: area; anchors.fill: parent; onClicked: toggle.turned() }
    }

    RowLayout {
        visible: footer.anyWay
        anchors { left: parent.left; top: parent.top }
        width: footer.wide ? parent.width * 0.46 : parent.width
        height: footer.wide ? Tok.utility : Tok.target
        spacing: Tok.mm(4)
        Way { visible: footer.mayBack; action: "back"; icon: "back"; label: qsTrId("back") }
        Way { visible: footer.mayLeave; action: "leave"; icon: "cancel"; label: qsTrId("cancel") }
        Way { visible: footer.mayHelp; action: "help"; icon: "help"; label: qsTrId("help") }
    }
    RowLayout {
        anchors { right: parent.right; bottom: parent.bottom }
        width: footer.wide ? parent.width * 0.5 : parent.width
        height: Tok.utility
        spacing: Tok.mm(4)
        Rectangle {
            Layout.fillWidth: true
            Layout.fillHeight: true
            radius: Tok.radius
            color: "transparent"
            border { width: Tok.line; color: Tok.edge }
            RowLayout {
                anchors.fill: parent
                spacing: 0
                Language { code: "zh_HK" }
                Language { code: "zh_CN" }
                Language { code: "en" }
            }
        }
        Toggle {
            name: "text_size"
            label: qsTrId("text_size")
            mark: "A+"
            on: Kiosk.zoom > 1
            onTurned: Kiosk.setZoom(Kiosk.zoom > 1 ? 1 : 1.35)
        }
        Toggle {
            name: "contrast"
            label: qsTrId("contrast")
            mark: "\u25D0"
            markSize: Tok.mm(12)
            on: Kiosk.contrast
            onTurned: Kiosk.setContrast(!Kiosk.contrast)
        }
    }
}
