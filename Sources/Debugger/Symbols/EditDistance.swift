/// How many typing errors separate two texts (a character too many, missing, wrong, or swapped with its neighbour), or
/// `limit + 1` if more than `limit` do.
func editDistance(_ first: String, _ second: String, limit: Int) -> Int {
    let (first, second) = (Array(first), Array(second))
    guard abs(first.count - second.count) <= limit else { return limit + 1 }
    var rowBefore: [Int] = []
    var row = Array(0...second.count)
    for i in first.indices {
        var next = [i + 1]
        for j in second.indices {
            var distance = min(row[j] + (first[i] == second[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
            if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
                distance = min(distance, rowBefore[j - 1] + 1)
            }
            next.append(distance)
        }
        (rowBefore, row) = (row, next)
    }
    return min(row.last ?? 0, limit + 1)
}
