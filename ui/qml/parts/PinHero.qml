// A service card on the reader, and what is wrong with it or its PIN.
import QtQuick
import "../tokens"

Item {
    id: hero
    required property string problem
    property string told: ""
    Note {
        id: note
        visible: label !== ""
        x: Tok.gutter
        width: parent.width - 2 * Tok.gutter
        y: parent.height - height - Tok.mm(6)
        alert: hero.problem !== ""
        label: hero.problem !== "" ? hero.problem : hero.told
    }
    Art {
        width: parent.width
        height: (note.visible ? note.y : parent.height) - Tok.mm(4)
        visible: height > Tok.mm(30)
        name: "service_card"
        margin: Tok.mm(8)
    }
}
