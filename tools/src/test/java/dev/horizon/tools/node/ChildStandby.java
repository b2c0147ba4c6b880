package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.tools.live.StandbyStatus;
import dev.horizon.tools.pages.DemoNode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The main of a standby in a process of its own, for {@link ChildNode}. */
final class ChildStandby {
    private static final long WATCH_MILLIS = 5;

    private ChildStandby() {}

    /** Says where it is, how it becomes attached, and when it took over. */
    public static void main(String[] args) throws InterruptedException {
        StandbyProcess standby = DemoNode.standby(Path.of(args[0]), ChildNode.settings(args));
        Runtime.getRuntime().addShutdownHook(new Thread(standby::close, "shutdown"));
        System.out.println("address " + standby.address());
        Thread.ofPlatform().daemon().start(() -> watch(standby));
        try {
            standby.awaitEnd();
        } catch (HorizonException e) {
            System.out.println("ended " + e.code() + " " + e.getMessage());
            System.exit(3);
        }
    }

    private static void watch(StandbyProcess standby) {
        boolean wasAttached = false;
        NodeProcess node = standby.node();
        while (node == null) {
            StandbyStatus status = standby.status();
            if (status.attached() != wasAttached) {
                wasAttached = status.attached();
                System.out.println((wasAttached ? "attached " : "let-go ") + status.verifiedTick());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(WATCH_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            node = standby.node();
        }
        System.out.println("memory " + node.sharedMemory());
        System.out.println("over " + node.comebackTick());
    }
}
