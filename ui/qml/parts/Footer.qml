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
    component Toggle: Pressable {
        id: toggle
        property string mark: ""
        property string icon: ""
        property bool on: false
        property real markSize: Tok.mm(9)
        own: true
        Layout.preferredWidth: Tok.mm(23)
        implicitHeight: Tok.utility
        color: on ? Tok.accent : down ? Tok.sage : "transparent"
        border { width: Tok.line; color: Tok.edge }
        Icon {
            anchors.centerIn: parent
            visible: toggle.icon !== ""
            name: toggle.icon
            size: Tok.mm(13)
            colour: toggle.on ? Tok.accentText : Tok.ink
        }
        Words {
            anchors.centerIn: parent
            visible: text !== ""
            text: toggle.mark
            size: toggle.markSize
            color: toggle.on ? Tok.accentText : Tok.ink
            font.family: Tok.figures
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
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
            action: "text_size"
            spoken: qsTrId("text_size")
            mark: "A+"
            on: Kiosk.zoom > 1
            onTurned: Kiosk.setZoom(Kiosk.zoom > 1 ? 1 : 1.35)
        }
        Toggle {
            action: "contrast"
            spoken: qsTrId("contrast")
            mark: "\u25D0"
            markSize: Tok.mm(12)
            on: Kiosk.contrast
            onTurned: Kiosk.setContrast(!Kiosk.contrast)
        }
        Toggle {
            action: "seated"
            spoken: qsTrId("seated")
            icon: "seated"
            on: Kiosk.seated
            onTurned: Kiosk.setSeated(!Kiosk.seated)
        }
    }
}
