// The frame of every screen: wordmark, steps, picture, one heading, at most two
// sentences, the screen's own content, one primary button in one place, the footer.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Item {
    id: page

    property string title: ""
    property string body: ""
    property string art: ""
    property int step: -1
    property string primary: ""
    property string primaryLabel: qsTrId("continue")
    property string primaryArgument: ""
    property bool primaryEnabled: true
    property string secondary: ""
    property string secondaryLabel: ""
    property bool equalChoice: false
    property bool inSession: true
    property bool mayLeave: true
    property bool mayHelp: true
    property real heroShare: 0.46
    property Component hero: artHero
    property Component content: null
    readonly property bool wide: width > height
    readonly property bool hasButtons: primary !== "" || secondary !== ""

    Rectangle { anchors.fill: parent; color: Tok.paper }

    Item {
        id: head
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Tok.gutter }
        anchors.topMargin: Tok.mm(9)
        height: page.wide ? Tok.mm(17) : page.step >= 0 ? Tok.mm(35) : Tok.mm(17)
        Row {
            id: mark
            spacing: Tok.mm(4)
            height: Tok.mm(15)
            Rectangle {
                width: Tok.mm(13); height: width; radius: Tok.mm(4)
                anchors.verticalCenter: parent.verticalCenter
                color: Tok.accent
                Rectangle {
                    anchors.centerIn: parent
                    width: Tok.mm(6); height: width; radius: width / 2
                    color: "transparent"
                    border { width: Tok.mm(1.4); color: Tok.accentText }
                }
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTrId("wordmark")
                size: Tok.mm(10.4)
                font.weight: Font.Bold
                color: Tok.accent
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTrId("wordmark_more")
                size: Tok.mm(7.2)
                color: Tok.muted
            }
        }
        StepBar {
            visible: page.step >= 0
            step: page.step
            anchors { right: parent.right; bottom: parent.bottom }
            width: page.wide ? parent.width * 0.55 : parent.width
        }
    }

    Item {
        id: stage
        anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: foot.top }
        anchors { leftMargin: Tok.gutter; rightMargin: Tok.gutter }
        anchors { topMargin: Tok.mm(8); bottomMargin: Tok.mm(8) }

        Loader {
            id: heroBox
            sourceComponent: page.hero
            x: 0
            y: 0
            width: page.wide ? parent.width * page.heroShare : parent.width
            height: page.wide ? parent.height : words.y - Tok.mm(7)
        }
        Column {
            id: words
            x: page.wide ? heroBox.width + Tok.mm(14) : 0
            y: page.wide ? 0 : Math.max(0, contentBox.y - height - Tok.mm(8))
            width: parent.width - x
            spacing: Tok.mm(4)
            Words {
                width: parent.width
                text: page.title
                size: Tok.heading
                font.weight: Font.Bold
                lineHeight: 1.1
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Words {
                width: parent.width
                visible: text !== ""
                text: page.body
                size: Tok.body
                color: Tok.muted
            }
        }
        Loader {
            id: contentBox
            sourceComponent: page.content
            x: words.x
            width: words.width
            y: page.wide ? words.height + Tok.mm(8)
                         : buttons.y - height - (height > 0 && page.hasButtons ? Tok.mm(8) : 0)
            readonly property real wanted: (item as Item)?.implicitHeight ?? 0
            height: page.wide && item ? Math.min(wanted, buttons.y - y - Tok.mm(5)) : wanted
        }
        Item {
            id: buttons
            x: words.x
            width: words.width
            height: !page.hasButtons ? 0 : Tok.target * 1.15
            y: parent.height - height
            KButton {
                visible: page.secondary !== ""
                action: page.secondary === "" ? "none" : page.secondary
                label: page.secondaryLabel
                width: page.primary === "" ? parent.width
                       : page.equalChoice ? (parent.width - Tok.gap) / 2 : (parent.width - Tok.gap) * 0.42
                height: parent.height
            }
            KButton {
                visible: page.primary !== ""
                look: page.equalChoice ? "plain" : "main"
                action: page.primary === "" ? "none" : page.primary
                argument: page.primaryArgument
                label: page.primaryLabel
                enabled: page.primaryEnabled
                size: Tok.body
                anchors.right: parent.right
                width: page.secondary === "" ? parent.width
                       : page.equalChoice ? (parent.width - Tok.gap) / 2 : (parent.width - Tok.gap) * 0.58
                height: parent.height
            }
        }
    }

    Footer {
        id: foot
        wide: page.wide
        inSession: page.inSession
        mayLeave: page.mayLeave
        mayHelp: page.mayHelp
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: Tok.gutter }
        anchors.bottomMargin: Tok.mm(9)
        height: implicitHeight
    }

    Component {
        id: artHero
        Item {
            Art {
                visible: page.art !== ""
                name: page.art === "" ? "hello" : page.art
                anchors.centerIn: parent
                width: Math.min(parent.width, parent.height / 0.65)
                height: width * 0.65
            }
        }
    }
}
