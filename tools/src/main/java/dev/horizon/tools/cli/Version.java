package dev.horizon.tools.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"horizon " + text(), "java " + Runtime.version()};
    }

    static String text() {
        @Nullable String version = Horizon.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
