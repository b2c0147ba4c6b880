package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.net.standby.CopySource;
import dev.horizon.net.standby.FollowedNode;
import dev.horizon.net.standby.JarSeal;
import dev.horizon.net.standby.NodePact;
import dev.horizon.net.standby.Stage;
import dev.horizon.net.standby.StandbyDesk;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.live.StandbyStatus;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A node's place for a standby: what the desk needs of the node, and what the node shows of it. */
final class StandbyPlace implements FollowedNode {
    private final StandbyMark mark;
    private final TickLoop loop;
    private final TickThread thread;
    private final @Nullable Membership membership;
    private volatile @Nullable StandbyDesk desk;

    StandbyPlace(
            StandbyMark mark, TickLoop loop, TickThread thread, @Nullable Membership membership) {
        this.mark = mark;
        this.loop = loop;
        this.thread = thread;
        this.membership = membership;
    }

    /** Opens the desk, to be closed by the caller; a node that takes no standby has none. */
    StandbyDesk open(
            EmbeddedDriver driver,
            CopySource source,
            JarSeal seal,
            HorizonConfig config,
            NodePact pact) {
        StandbyDesk opened =
                new StandbyDesk(driver, source, seal, config.standby().standbyConfig(), pact, this);
        desk = opened;
        return opened.start();
    }

    @Override
    public long tick() {
        return loop.metrics().tick();
    }

    @Override
    public int tickHz() {
        return (int) (TimeUnit.SECONDS.toNanos(1) / loop.metrics().budgetNanos());
    }

    @Override
    public void attached(String standby) {
        mark.attached(standby);
    }

    @Override
    public void letGo() {
        mark.remove();
    }

    @Override
    public void replaced(HorizonException why) {
        if (membership != null) {
            membership.replaced();
        }
        thread.replace(why);
    }

    @Override
    public void askSnapshot() {
        loop.snapshots().ask();
    }

    StandbyStatus status() {
        StandbyDesk at = desk;
        if (at == null) {
            return StandbyStatus.NONE;
        }
        NodePact pact = at.pact();
        Stage stage = pact.stage();
        boolean isThere = stage != Stage.NONE;
        return new StandbyStatus(
                "node",
                name(stage),
                pact.isAttached(),
                name(pact.survivor()),
                tick(),
                isThere ? pact.verifiedTick() : 0,
                isThere ? at.behindBytes() : 0,
                TimeUnit.NANOSECONDS.toMillis(pact.silenceNanos(System.nanoTime())),
                at.lastAlarm());
    }

    /** Before the node runs other plugins. */
    void share(TapeSetup setup) throws InterruptedException {
        StandbyDesk at = desk;
        if (at != null) {
            at.share(setup);
        }
    }

    void detach(boolean isStandbyGone) throws InterruptedException {
        StandbyDesk at = desk;
        if (at == null) {
            throw new HorizonException(
                    "HZ-STB-011", "the node takes no standby: standby.port is not set");
        }
        at.detach(isStandbyGone);
    }

    /** As the configuration spells it. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
