package dev.horizon.net.driver;

import dev.horizon.net.ChildProcess;
import java.nio.file.Path;

/** A process with a driver that says where its shared memory is, and lives until its input ends. */
final class DriverChild {
    private DriverChild() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedDriver driver = EmbeddedDriver.start(DriverConfig.at(Path.of(arguments[0])));
        ChildProcess.say(driver.driverDirectory().toString());
        while (System.in.read() >= 0) {
            // Only the end of the input matters.
        }
        System.exit(0);
    }
}
