// A picture of this machine, drawn for this step.
import QtQuick

Image {
    required property string name
    source: Qt.resolvedUrl("../art/" + name + ".svg")
    fillMode: Image.PreserveAspectFit
    sourceSize: Qt.size(Math.max(1, width), Math.max(1, width * 0.65))
    Accessible.ignored: true
}
