package dev.horizon.tools.soak;

import dev.horizon.tools.live.OperatorToken;
import dev.horizon.tools.soak.bots.Fleet;
import dev.horizon.tools.soak.plan.FaultPlan;
import dev.horizon.tools.soak.raid.Burn;
import dev.horizon.tools.soak.raid.Raid;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has faults happen when they are due, one after the other, on a thread of its own: the readings go
 * on meanwhile.
 */
final class FaultDesk implements AutoCloseable {
    private static final long WELL_SECONDS_MAX = 120;
    private static final long POLL_MILLIS = 50;

    /** For a fault that is interrupted to be over; a start that hangs ends with its process. */
    private static final long END_MILLIS_MAX = 10_000;

    /** After the node is well again players still come back for a while. */
    private static final long COMEBACK_MILLIS = 2_000;

    /** Nobody hears of a killed node by Aeron: its players wait for as long as it may be silent. */
    private static final long LINES_NANOS_MAX = TimeUnit.SECONDS.toNanos(7);

    /**
     * What a raid came to.
     *
     * @param second in the middle of it, since the beginning
     * @param goneSecondsMax that its last offender was there
     */
    record Raided(double second, double goneSecondsMax) {}

    private final Soaked soaked;
    private final List<NodeReader> readers;
    private final Fleet fleet;
    private final long beganNanos;
    private final List<Mark> marks = new ArrayList<>();
    private final List<Double> recoveries = new ArrayList<>();
    private final List<Raided> raids = new ArrayList<>();
    private final Thread thread;

    /** Of one processor, what the last raid's raiders took themselves. */
    private double raidersShare;

    private volatile boolean isUnderWay;

    FaultDesk(
            List<FaultPlan> faults,
            Soaked soaked,
            List<NodeReader> readers,
            Fleet fleet,
            long beganNanos) {
        this.soaked = soaked;
        this.readers = readers;
        this.fleet = fleet;
        this.beganNanos = beganNanos;
        List<FaultPlan> inOrder =
                faults.stream().sorted(Comparator.comparing(FaultPlan::at)).toList();
        thread = Thread.ofVirtual().name("faults").start(() -> run(inOrder));
    }

    private void run(List<FaultPlan> faults) {
        try {
            for (FaultPlan fault : faults) {
                double wait = fault.at().toMillis() / 1e3 - seconds();
                if (wait > 0) {
                    TimeUnit.MICROSECONDS.sleep((long) (wait * 1e6));
                }
                double from = seconds();
                isUnderWay = true;
                String text;
                try {
                    text = fault.text() + happen(fault);
                } catch (IOException | RuntimeException e) {
                    text = fault.text() + ": " + e.getMessage();
                }
                add(new Mark(from, seconds(), fault.kind().word(), text));
                isUnderWay = false;
            }
        } catch (InterruptedException e) {
            // The soak is over.
        }
    }

    private String happen(FaultPlan fault) throws IOException, InterruptedException {
        long millis = fault.duration().toMillis();
        return switch (fault.kind()) {
            case KILL -> {
                String process = soaked.resolve(fault.process());
                boolean losesPlayers = soaked.holdsPlayers(process);
                fleet.expectLosses(losesPlayers);
                long from = System.nanoTime();
                soaked.kill(process);
                TimeUnit.MILLISECONDS.sleep(millis);
                soaked.startAgain(process);
                boolean isWell = awaitWell(process);
                double took = (System.nanoTime() - from) / 1e9;
                synchronized (this) {
                    recoveries.add(took);
                }
                long linesMax = soaked.aeron() == null ? 0 : LINES_NANOS_MAX;
                TimeUnit.NANOSECONDS.sleep(
                        Math.max(
                                TimeUnit.MILLISECONDS.toNanos(COMEBACK_MILLIS),
                                from + linesMax - System.nanoTime()));
                fleet.expectLosses(false);
                String which = process.equals(fault.process()) ? "" : ", " + process;
                yield isWell
                        ? which + ", well again after %.1f s".formatted(took)
                        : which + ", not well after " + WELL_SECONDS_MAX + " s";
            }
            case PAUSE -> {
                String process = soaked.resolve(fault.process());
                soaked.pause(process);
                try {
                    TimeUnit.MILLISECONDS.sleep(millis);
                } finally {
                    soaked.goOn(process);
                }
                yield process.equals(fault.process()) ? "" : ": " + process;
            }
            case SLOW_CLIENTS -> {
                fleet.slow(fault.share(), millis);
                TimeUnit.MILLISECONDS.sleep(millis);
                yield "";
            }
            case LOSS -> {
                double share = fault.share() == 0 ? 100 : fault.share();
                yield ": %d datagrams".formatted(fleet.lose(fault.rate(), share, millis));
            }
            case RELOAD -> {
                yield reload(fault.plugin());
            }
            case HOSTILE -> {
                double middle = seconds() + millis / 2e3;
                try (Raid raid = raid(fault.raiders())) {
                    TimeUnit.MILLISECONDS.sleep(millis);
                    Raid.Outcome outcome = raid.end();
                    synchronized (this) {
                        raids.add(new Raided(middle, outcome.goneSecondsMax()));
                    }
                    raidersShare = Math.min(1, outcome.cpuSeconds() * 1_000 / millis);
                    yield (": %d connections, %d malformed frames, %.2f s of a processor themselves;"
                                    + " gone after, the longest: %s")
                            .formatted(
                                    outcome.connections(),
                                    outcome.frames(),
                                    outcome.cpuSeconds(),
                                    outcome.text());
                }
            }
            case BURN -> {
                double share = fault.share() > 0 ? fault.share() / 100 : raidersShare;
                yield ": %.2f s of a processor".formatted(Burn.during(millis, share));
            }
        };
    }

    private Raid raid(int raiders) {
        URI at = soaked.entrances().getFirst();
        return Raid.on(
                new InetSocketAddress(at.getHost(), at.getPort()),
                at.getScheme().equals("https") ? soaked.trust() : null,
                soaked.tickets(),
                raiders);
    }

    /** At all nodes, one after the other. */
    private String reload(String plugin) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < readers.size(); i++) {
            Soaked.NodeAt node = soaked.nodes().get(i);
            Path data = node.dataDir();
            if (data == null) {
                throw new IOException("no --data-dir with the operator's token");
            }
            text.append(node.name().isEmpty() ? ": " : "; " + node.name() + ": ");
            text.append(readers.get(i).reload(plugin, OperatorToken.in(data).secret()));
        }
        return text.toString();
    }

    private boolean awaitWell(String process) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WELL_SECONDS_MAX);
        while (!(soaked.isUp() && readers.stream().allMatch(NodeReader::isWell))) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return soaked.awaitAnswer(process, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
    }

    private double seconds() {
        return (System.nanoTime() - beganNanos) / 1e9;
    }

    private synchronized void add(Mark mark) {
        marks.add(mark);
    }

    /** True while something goes wrong: the soak doesn't end before that is over. */
    boolean isUnderWay() {
        return isUnderWay;
    }

    /** What has happened. */
    synchronized List<Mark> marks() {
        return List.copyOf(marks);
    }

    /** Seconds from each kill to a node that was well since the last time, and forgets them. */
    synchronized List<Double> takeRecoveries() {
        List<Double> taken = List.copyOf(recoveries);
        recoveries.clear();
        return taken;
    }

    /** Raids that ended since the last time. */
    synchronized List<Raided> takeRaids() {
        List<Raided> taken = List.copyOf(raids);
        raids.clear();
        return taken;
    }

    /** What is under way is ended: a node that is paused goes on. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(END_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
