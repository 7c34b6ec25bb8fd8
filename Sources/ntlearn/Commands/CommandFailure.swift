struct CommandFailure: Error {
    var m: String; init(_ m: String, status: Int32 = 1) { self.m = m }; init(_ e: WordError) { m = e.text }
    static func warn(_ m: String) { print(m) }
}
