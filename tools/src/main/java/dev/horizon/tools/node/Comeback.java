package dev.horizon.tools.node;

import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.ProfileSink;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldSnapshot;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TransferDesk;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.net.archive.Snapshot;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.archive.TapeHeader;
import dev.horizon.net.replay.Difference;
import dev.horizon.net.replay.JarShelf;
import dev.horizon.net.replay.Rerun;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.net.replay.Tapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings back the world that a node had when it ended, however it ended: from its last whole
 * snapshot, and the ticks that its tape has behind it, run again and compared. With other plugins,
 * settings or another build, from the snapshot of a last tick alone: their ticks would come to
 * something else.
 */
final class Comeback {
    private static final Logger LOG = LoggerFactory.getLogger(Comeback.class);

    private final Path dataDirectory;
    private final TapeHeader header;
    private final TapeSetup setup;
    private final PluginHost host;
    private final LoadedPlugins plugins;
    private final int threads;
    private final ProfileSink profiles;

    /**
     * For a node about to start.
     *
     * @param header of the tape that it would begin
     * @param setup of the same
     * @param host that set the plugins up
     * @param profiles takes those that ticks cause again
     */
    Comeback(
            Path dataDirectory,
            TapeHeader header,
            TapeSetup setup,
            PluginHost host,
            LoadedPlugins plugins,
            int threads,
            ProfileSink profiles) {
        this.dataDirectory = dataDirectory;
        this.header = header;
        this.setup = setup;
        this.host = host;
        this.plugins = plugins;
        this.threads = threads;
        this.profiles = profiles;
    }

    /**
     * A world to go on with.
     *
     * @param world as it was at the end of the last tick
     * @param schedule of its systems
     * @param state what ticks depend on beside it
     * @param origin the tape, and the last tick
     * @param ticksRun those run again
     * @param encoder that knows where its entities are; null where that is to be found out
     */
    record Found(
            WorldState world,
            Schedule schedule,
            byte[] state,
            TapeSetup.Origin origin,
            long ticksRun,
            @Nullable ChannelEncoder encoder) {}

    /**
     * Looks for it.
     *
     * @return null in a folder where no node has ticked, or one whose tapes go on from nothing
     * @throws HorizonException HZ-TAPE-015 when this node can't go on with it, HZ-TAPE-016 when its
     *     ticks come to something else now, HZ-TAPE-005 and 013 when its tape is damaged
     */
    @Nullable Found find() {
        TapeFile last = lastBegun();
        if (last == null || last.formatVersion() < TapeFile.GOES_ON_FROM_VERSION) {
            return null;
        }
        List<String> differing = differences(last);
        return differing.isEmpty() ? rerun(last) : carryOver(last, differing);
    }

    /** A life that ended before its first tick left a tape that goes on from nothing. */
    private @Nullable TapeFile lastBegun() {
        List<TapeFile> tapes = TapeFile.list(dataDirectory);
        Tapes.requireLatest(dataDirectory, tapes);
        for (TapeFile tape : tapes.reversed()) {
            if (Tapes.isBegun(tape)) {
                return tape;
            }
        }
        return null;
    }

    private List<String> differences(TapeFile tape) {
        List<String> differing = new ArrayList<>(setup.differences(Tapes.setup(tape)));
        differing.addAll(differences(header, tape.header()));
        if (!header.starSystem().equals(tape.header().starSystem())) {
            throw new HorizonException(
                    "HZ-TAPE-015",
                    dataDirectory
                            + " holds the star system "
                            + tape.header().starSystem()
                            + ", not "
                            + header.starSystem()
                            + ": name another folder with node.data-dir, or begin a new world here"
                            + " with --new-world, which keeps the tape of the old one");
        }
        return differing;
    }

    /** What a process would make other ticks for than those of a tape, in words. */
    static List<String> differences(TapeHeader header, TapeHeader made) {
        List<String> differing = new ArrayList<>();
        if (!header.build().equals(made.build())) {
            differing.add("build " + header.build() + " instead of " + made.build());
        }
        if (header.seed() != made.seed()) {
            differing.add("seed " + header.seed() + " instead of " + made.seed());
        }
        return differing;
    }

    private Found rerun(TapeFile tape) {
        try (Rerun rerun = Rerun.at(tape, this::load, threads, Long.MAX_VALUE, profiles)) {
            long from = rerun.tick();
            while (rerun.difference() == null && rerun.step()) {
                // The step compares.
            }
            Difference difference = rerun.difference();
            if (difference != null) {
                throw new HorizonException(
                        "HZ-TAPE-016",
                        "tick "
                                + difference.tick()
                                + " of tape "
                                + tape.recordingId()
                                + " comes to another world now, in "
                                + (difference.components().isEmpty()
                                        ? "which entities there are"
                                        : String.join(", ", difference.components()))
                                + ": nothing is lost, but this build can't go on from there. Start"
                                + " the one that made the tape, or find the cause with 'horizon"
                                + " replay verify'; --new-world begins anew and keeps the tape");
            }
            HungPlugin hung = HungPlugin.in(dataDirectory);
            if (hung == null) {
                rerun.finish();
            } else {
                skip(hung, rerun);
            }
            Rerun.Outcome outcome = rerun.handOver();
            return new Found(
                    outcome.world(),
                    outcome.schedule(),
                    outcome.state(),
                    new TapeSetup.Origin(tape.recordingId(), outcome.tick()),
                    outcome.tick() - from,
                    null);
        }
    }

    /** Nobody saw anything of the tick that it held: that one isn't run again. */
    private void skip(HungPlugin hung, Rerun rerun) {
        Set<String> skipped = new LinkedHashSet<>(Set.of(hung.plugin()));
        PluginDesk.addDependents(skipped, plugins);
        skipped.forEach(rerun::skip);
        String what = hung.name() + " did not return from tick " + hung.tick();
        LOG.warn("HZ-PLG-021: {}; without {} from now on\n{}", what, skipped, hung.stack());
        HorizonException held = new HorizonException("HZ-PLG-021", what);
        held.setStackTrace(new StackTraceElement[0]);
        plugins.events()
                .quarantine()
                .add(hung.name(), hung.plugin(), hung.tick(), "tick " + hung.tick(), held);
    }

    /** Those that will go on, or those that ran before them. */
    private LoadedPlugins load(TapeSetup made) {
        return made.plugins().equals(setup.plugins())
                ? plugins
                : host.beside(new JarShelf(dataDirectory).kept(made));
    }

    /**
     * What is in quarantine is not carried over, for other code may have mended it; what is on its
     * way between nodes is.
     */
    private Found carryOver(TapeFile tape, List<String> differing) {
        Snapshot snapshot = Tapes.atEnd(tape);
        if (snapshot == null) {
            throw new HorizonException(
                    "HZ-TAPE-015",
                    "tape "
                            + tape.recordingId()
                            + " in "
                            + dataDirectory
                            + " ended without a snapshot of its last tick, as after a kill, and"
                            + " was made with other "
                            + String.join("; other ", differing)
                            + ". Nothing is lost: start once as it was and stop it in order, and"
                            + " its world carries over to this build; or begin a new world with"
                            + " --new-world, which keeps the tape");
        }
        LOG.info("the world of tick {} is carried over to other {}", snapshot.tick(), differing);
        List<ComponentType<?>> components = Beginning.components(plugins);
        WorldState world =
                WorldSnapshot.read(snapshot.world(), 0, snapshot.world().capacity(), components);
        try {
            return new Found(
                    world,
                    Schedule.of(world, plugins.systems(), plugins.derived(), threads),
                    TransferDesk.lasting(snapshot.state()),
                    new TapeSetup.Origin(tape.recordingId(), snapshot.tick()),
                    0,
                    null);
        } catch (RuntimeException e) {
            world.close();
            throw e;
        }
    }
}
