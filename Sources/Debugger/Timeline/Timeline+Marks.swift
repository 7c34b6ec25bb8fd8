/// Names for moments.
extension Timeline {
    /// Gives the present moment a name; a mark of that name moves.
    public func mark(_ name: String) {
        marks.removeAll { $0.name == name }
        marks.append(TimelineMark(name: name, moment: moment))
        marks.sort { $0.moment < $1.moment }
    }

    /// The mark of that name.
    public func mark(named name: String) -> TimelineMark? { marks.first { $0.name == name } }
}
