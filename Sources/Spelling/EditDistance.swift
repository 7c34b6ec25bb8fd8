/// How many slips of the keyboard separate two texts: a letter too many, missing, wrong, or swapped with its
/// neighbour (the optimal string alignment distance).
///
/// - Parameter limit: how many are of interest.
/// - Returns: 0 to `limit`, or `limit + 1` for more.
public func editDistance(_ first: some Collection<UInt8>, _ second: some Collection<UInt8>, limit: Int) -> Int {
    let (first, second) = (Array(first), Array(second))
    guard abs(first.count - second.count) <= limit else { return limit + 1 }
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for row in first.indices {
        var current = [row + 1]
        for column in second.indices {
            let change = last[column] + (first[row] == second[column] ? 0 : 1)
            var cost = min(change, last[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current.append(cost)
        }
        (beforeLast, last) = (last, current)
    }
    return min(last[second.count], limit + 1)
}
