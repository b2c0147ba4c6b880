package dev.horizon.tools.node;

/** Which build runs. */
final class Build {
    private Build() {}

    /** As the jar's manifest names it, or {@code development} for classes that are in no jar. */
    static String name() {
        String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
