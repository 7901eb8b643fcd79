// What every screen offers: leave, help, three languages, text size, contrast.
import QtQuick
import QtQuick.Layouts
import Kiosk.Native 1.0
import "../tokens"

Item {
    id: footer

    property bool wide: false
    property bool inSession: true
    property bool mayLeave: true
    property bool mayHelp: true
    implicitHeight: wide || !inSession ? Tok.utility : Tok.target + Tok.gap + Tok.utility

    component Language: KButton {
        required property string code
        action: "set_language"
        argument: code
        label: qsTrId("language_" + code)
        size: Tok.mm(7.4)
        chosen: Kiosk.language === code
        look: "quiet"
        implicitHeight: Tok.utility
        Layout.fillWidth: true
        Layout.preferredWidth: Tok.mm(44)
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
        color: on ? Tok.accent : "transparent"
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
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        MouseArea { anchors.fill: parent; onClicked: toggle.turned() }
    }

    RowLayout {
        id: ways
        visible: footer.inSession
        anchors { left: parent.left; top: parent.top }
        width: footer.wide ? parent.width * 0.42 : parent.width
        height: footer.wide ? Tok.utility : Tok.target
        spacing: Tok.gap
        KButton {
            visible: footer.mayLeave
            action: "leave"
            label: qsTrId("cancel")
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
        }
        KButton {
            visible: footer.mayHelp
            action: "help"
            label: qsTrId("help")
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
        }
        Item { visible: !footer.mayLeave && !footer.mayHelp; Layout.fillWidth: true }
    }
    RowLayout {
        anchors { right: parent.right; bottom: parent.bottom }
        width: footer.wide ? parent.width * 0.55 : parent.width
        height: Tok.utility
        spacing: Tok.mm(3)
        Language { code: "zh_HK" }
        Language { code: "zh_CN" }
        Language { code: "en" }
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
