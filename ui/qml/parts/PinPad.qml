// A PIN of staff: how many digits are typed, and the keys.
import QtQuick
import "../tokens"

Item {
    id: pin
    required property int digits
    implicitHeight: cells.height + Tok.mm(7) + pad.implicitHeight
    PinCells { id: cells; width: parent.width; digits: pin.digits }
    NumPad {
        id: pad
        y: cells.height + Tok.mm(7)
        width: parent.width
        height: parent.height - y
        field: "pin"
        typed: ""
    }
}
