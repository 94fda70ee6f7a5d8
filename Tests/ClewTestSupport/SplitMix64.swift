/// Placeholder
public struct SplitMix64 {}
