// The frame of every screen: a ground with wordmark, steps and picture; one heading, at
// most two sentences, the screen's own content; one primary button in one place; the
// footer. Upright the ground is above the words, lying it is beside them.
import QtQuick
import Kiosk.Native 1.0
import "../tokens"

Item {
    id: page

    // Who sits finds everything to read, to scan and to press lower down.
    readonly property real ceiling: !Kiosk.seated || wide ? 0 : Math.max(0, Math.min(Math.round(height * 0.2), spare))
    readonly property real spare: foot.y - headHeight - Tok.mm(34 + 76) - stage.blocks - buttons.height
    property string title: ""
    property string beside: ""
    property string body: ""
    property string art: ""
    property bool scene: false
    property bool grounded: false
    property color ground: Tok.sage
    property bool loud: false
    property real titleSize: loud ? Tok.display : Tok.heading
    property int step: -1
    // Another row of steps than the citizen's five.
    property Component strip: null
    readonly property bool stepped: step >= 0 || strip !== null
    property real bodySize: loud ? Tok.lead : Tok.body
    property string primary: ""
    property string primaryArgument: ""
    property string primaryLabel: qsTrId("continue")
    property bool primaryEnabled: true
    property bool secondaryEnabled: true
    property string secondary: ""
    property string secondaryLabel: ""
    property bool equalChoice: false
    property bool inSession: true
    property bool mayBack: false
    property bool mayLeave: inSession
    property bool mayHelp: inSession
    property real heroShare: 0.46
    // Much to read in large text: lying, the picture gives its place to the words.
    property bool dense: false
    // Nothing but words and choices: lying, there is no picture.
    property bool bare: false
    property Component hero: artHero
    property Component content: null
    readonly property bool wide: width > height
    readonly property bool hasHero: !wide || (!bare && (!dense || Kiosk.zoom === 1))
    readonly property bool hasButtons: primary !== "" || secondary !== ""
    readonly property real headHeight: wide || !stepped ? Tok.mm(17) : Tok.mm(36)

    Rectangle { anchors.fill: parent; color: Tok.paper }

    Rectangle {
        id: plate
        visible: page.hasHero
        color: Tok.strong ? Tok.paper : page.ground
        width: page.wide ? (page.hasHero ? Math.round(page.width * page.heroShare) : 0) : page.width
        height: Math.round(page.wide ? foot.y - Tok.mm(7) : stage.y + words.y - Tok.mm(8))
        Loader {
            id: heroBox
            readonly property real under: page.scene && !Tok.strong && !page.ceiling ? 0 : head.y + head.height + Tok.mm(4)
            y: under
            width: parent.width
            height: Math.max(0, parent.height - under)
            visible: height > Tok.mm(34)
            sourceComponent: page.hasHero ? page.hero : null
        }
    }

    Item {
        id: head
        x: Tok.gutter
        y: Tok.mm(9) + page.ceiling
        width: page.width - 2 * Tok.gutter
        height: page.headHeight
        Header {
            width: page.wide && page.stepped ? (page.hasHero ? plate.width - 1.5 * Tok.gutter : parent.width * 0.48)
                 : parent.width - (power.visible ? power.width + Tok.mm(4) : 0)
        }
        Battery {
            id: power
            y: (Tok.mm(15) - height) / 2
            anchors.right: parent.right
            visible: Kiosk.battery >= 0 && (!page.wide || !page.stepped)
        }
        StepBar {
            visible: page.step >= 0
            step: page.step
            onPaper: page.wide
            anchors { right: parent.right; bottom: parent.bottom }
            width: !page.wide ? parent.width : page.hasHero ? stage.width - words.x : parent.width * 0.5
        }
        Loader {
            anchors { right: parent.right; bottom: parent.bottom }
            width: !page.wide ? parent.width : page.hasHero ? stage.width - words.x : parent.width * 0.5
            sourceComponent: page.strip
        }
    }

    Item {
        id: stage
        x: Tok.gutter
        y: head.y + head.height + (page.wide ? Tok.mm(5) : Tok.mm(8))
        readonly property real gap: page.wide ? Tok.mm(6) : Tok.mm(8)
        width: page.width - 2 * Tok.gutter
        height: foot.y - y - Tok.mm(7)
        readonly property real blocks: words.height + contentBox.height + (contentBox.height > 0 ? gap : 0)
        readonly property real free: height - buttons.height - (page.hasButtons ? Tok.mm(7) : 0)

        Column {
            id: words
            x: page.wide && page.hasHero ? plate.width - stage.x + Tok.mm(14) : 0
            y: page.wide ? Math.max(0, (stage.free - stage.blocks) * (Kiosk.seated ? 0.9 : 0.42)) : stage.free - stage.blocks
            width: parent.width - x
            spacing: Tok.mm(3)
            Words {
                width: parent.width
                text: page.title
                size: page.titleSize
                font.weight: Font.Bold
                lineHeight: 0.9
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Words {
                width: parent.width
                visible: text !== ""
                text: page.beside
                size: Tok.label
                color: Tok.accent
                font.family: Kiosk.nameFamily
                font.weight: Font.Medium
            }
            Words {
                width: parent.width
                visible: text !== ""
                text: page.body
                size: page.bodySize
                color: Tok.muted
            }
        }
        Loader {
            id: contentBox
            sourceComponent: page.content
            x: words.x
            width: words.width
            y: words.y + words.height + stage.gap
            readonly property real wanted: (item as Item)?.implicitHeight ?? 0
            height: page.wide ? Math.min(wanted, stage.free - words.height - stage.gap) : wanted
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
                enabled: page.secondaryEnabled
                size: page.equalChoice ? Tok.body : Tok.label
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
                size: page.equalChoice || page.secondary !== "" ? Tok.body : Tok.lead
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
        mayBack: page.mayBack
        mayLeave: page.mayLeave
        mayHelp: page.mayHelp
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: Tok.gutter }
        anchors.bottomMargin: Tok.mm(8)
        height: implicitHeight
    }

    Component {
        id: artHero
        Art {
            visible: page.art !== ""
            name: page.art === "" ? "hello" : page.art
            scene: page.scene
            grounded: page.grounded
            margin: page.scene ? 0 : Math.min(Tok.mm(10), width * 0.05)
        }
    }
}
