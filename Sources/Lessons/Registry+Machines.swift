import LessonEngine

extension Registry {
    /// Everything that lessons may use: the engine's own kinds, and those that need a machine.
    public static func withMachines(_ library: MachineLibrary) -> Registry {
        var registry = Registry.builtIn
        registry.register(TraceKind(library: library))
        registry.register(ValueKind(library: library))
        registry.register(WhereKind(library: library))
        registry.register(ServiceList(library: library))
        registry.register(PredictKind(library: library))
        return registry
    }
}
