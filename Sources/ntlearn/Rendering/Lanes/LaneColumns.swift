/// How wide the two lanes are, and the columns inside one.
struct LaneColumns {
    /// Below this width the lanes fold into one, with the ring at the margin.
    static let narrowestPair = 80
    private static let widest = 140

    /// Of the lane of ring 3; 0 if there is one lane only.
    let left: Int
    /// Of the lane of ring 0, or of the only one.
    let right: Int
    /// Room for whole addresses; else for offsets to the symbol in the heading.
    let showsAddresses: Bool

    /// - Parameter width: the terminal's columns.
    init(width: Int) {
        let width = min(width, Self.widest)
        let isPair = width >= Self.narrowestPair
        // The kernel's instructions are the longer ones.
        left = isPair ? (width - Self.border) * 47 / 100 : 0
        right = isPair ? width - Self.border - left : max(24, width - Self.border)
        showsAddresses = width >= 100
    }

    /// Of what stands between the lanes, or between the ring at the margin and the only lane.
    static let border = 3

    var isPair: Bool { left > 0 }
    var width: Int { left + Self.border + right }
    /// Of the place at the left of an instruction, with the blank behind it.
    var margin: Int { showsAddresses ? 9 : 5 }

    /// Where changes begin in a lane; `nil` where they have no column and stand at the lane's right edge.
    func changesStart(in lane: Int) -> Int? { lane < 45 ? nil : lane - (lane < 60 ? 19 : 26) }
}
