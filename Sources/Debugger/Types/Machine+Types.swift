extension Machine {
    /// The structures that its source laid out.
    public var types: TypeTable { image.types }
}
