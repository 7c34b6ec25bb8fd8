import LessonEngine

extension Registry {
    /// Everything that lessons may use: the engine's own kinds, and those that need a machine.
    /// - Parameter player: plays the words of challenges; without one they can be read but not judged.
    public static func withMachines(_ library: MachineLibrary, player: (any ChallengePlayer)? = nil) -> Registry {
        var registry = Registry.builtIn
        registry.register(TraceKind(library: library))
        registry.register(ValueKind(library: library))
        registry.register(WhereKind(library: library))
        registry.register(ServiceList(library: library))
        registry.register(PredictKind(library: library))
        registry.register(AsmKind(library: library))
        registry.register(AssembleKind(library: library))
        registry.register(ChallengeKind(library: library, player: player))
        registry.register(NamedQuizKind("challenge"))
        return registry
    }
}
