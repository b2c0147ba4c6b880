package dev.horizon.tools.soak;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.Trust;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.tools.soak.bots.Fleet;
import dev.horizon.tools.soak.bots.Places;
import dev.horizon.tools.soak.bots.TicketSource;
import dev.horizon.tools.soak.plan.FaultPlan;
import dev.horizon.tools.soak.plan.PlanFile;
import dev.horizon.tools.soak.plan.Sample;
import dev.horizon.tools.soak.plan.SoakPlan;
import dev.horizon.tools.soak.plan.StagePlan;
import dev.horizon.tools.soak.plan.Totals;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a plan from its beginning to its end. */
public final class SoakRun {
    private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int ERRORS_SHOWN_MAX = 20;

    /** What a fault may take beyond the plan's end. */
    private static final long LATE_NANOS_MAX = TimeUnit.MINUTES.toNanos(3);

    private final PlanFile file;
    private final SoakPlan plan;
    private final SoakTarget target;
    private final SoakWatcher watcher;
    private final TimeLine line = new TimeLine();
    private final Map<String, Totals> stages = new LinkedHashMap<>();
    private final Totals whole = new Totals();

    private SoakRun(PlanFile file, SoakTarget target, SoakWatcher watcher) {
        this.file = file;
        this.plan = file.plan();
        this.target = target;
        this.watcher = watcher;
        stages.put(SoakResult.WHOLE, whole);
        plan.stages().forEach(stage -> stages.put(stage.name(), new Totals()));
    }

    /**
     * Runs it.
     *
     * @throws HorizonException HZ-SOAK-001 when the plan asks for what can't be done to this node,
     *     002 when the node doesn't start, 003 when it doesn't answer
     */
    public static SoakResult run(PlanFile file, SoakTarget target, SoakWatcher watcher)
            throws IOException, InterruptedException {
        return new SoakRun(file, target, watcher).run();
    }

    private SoakResult run() throws IOException, InterruptedException {
        URI given = target.node();
        if (given != null) {
            refuseWhatNeedsAProcess();
            Files.createDirectories(target.folder());
            return run(
                    new GivenNode(
                            given,
                            target.trust(),
                            target.aeron(),
                            target.dataDir(),
                            ticketsOf(given)));
        }
        Files.createDirectories(target.folder());
        try (Soaked soaked = start()) {
            return run(soaked);
        }
    }

    private Soaked start() throws IOException, InterruptedException {
        if (plan.mesh().isThere()) {
            if (file.settings().stream().anyMatch(each -> each.path().contains("tls-cert"))) {
                throw new HorizonException(
                        "HZ-SOAK-001",
                        "the plan has a mesh, and its players speak no TLS: leave out"
                                + " gateway.tls-certificate");
            }
            watcher.say("starting a mesh of " + plan.mesh().text());
            return new StartedMesh(target.launcher(), target.folder(), file);
        }
        watcher.say("starting a node");
        return new StartedNode(target.launcher(), target.folder(), file, Tickets.freshKey());
    }

    private void refuseWhatNeedsAProcess() {
        for (FaultPlan fault : plan.faults()) {
            if (fault.kind().isOfProcess()) {
                throw new HorizonException(
                        "HZ-SOAK-001",
                        "the plan has a "
                                + fault.kind().word()
                                + ", which is done to a node that soak starts itself: leave out"
                                + " --node, or the fault");
            }
        }
        if (plan.mesh().isThere()) {
            throw new HorizonException(
                    "HZ-SOAK-001",
                    "the plan has a mesh, which soak starts itself: leave out --node, or [mesh]");
        }
        if (plan.aeronShare() > 0 && target.aeron() == null) {
            throw new HorizonException(
                    "HZ-SOAK-001",
                    "the plan has players who come over Aeron: name the node's gateway.aeron with"
                            + " --aeron, or leave out aeron-share");
        }
        if (!file.settings().isEmpty()) {
            throw new HorizonException(
                    "HZ-SOAK-001",
                    "the plan has [settings], which are for a node that soak starts itself: leave"
                            + " out --node, or the settings");
        }
    }

    private TicketSource ticketsOf(URI node) {
        Path key = target.ticketKey();
        return key == null
                ? Tickets.askedOf(node, target.trust().client())
                : Tickets.signedBy(TicketKey.read(false, key));
    }

    private SoakResult run(Soaked soaked) throws IOException, InterruptedException {
        List<NodeReader> nodes = new ArrayList<>();
        List<NodeReader> gateways = new ArrayList<>();
        try {
            for (Soaked.NodeAt node : soaked.nodes()) {
                nodes.add(new NodeReader(node.pages(), soaked.trust()));
            }
            for (URI gateway : soaked.gateways()) {
                gateways.add(new NodeReader(gateway, soaked.trust()));
            }
            return run(soaked, nodes, gateways);
        } finally {
            nodes.forEach(NodeReader::close);
            gateways.forEach(NodeReader::close);
        }
    }

    private SoakResult run(Soaked soaked, List<NodeReader> readers, List<NodeReader> gateways)
            throws IOException, InterruptedException {
        List<InetSocketAddress> servers =
                soaked.entrances().stream()
                        .map(each -> new InetSocketAddress(each.getHost(), each.getPort()))
                        .toList();
        boolean isTls = soaked.entrances().getFirst().getScheme().equals("https");
        Trust tls = isTls ? soaked.trust() : null;
        try (Fleet fleet =
                new Fleet(
                        servers,
                        tls,
                        soaked.aeron(),
                        plan,
                        soaked.tickets(),
                        places(soaked, readers))) {
            boolean isHere = servers.getFirst().getAddress().isLoopbackAddress();
            Sampler sampler = new Sampler(plan, soaked, readers, gateways, fleet, isHere);
            watcher.say("%s against %s".formatted(plan.name(), soaked.text()));
            sampler.begin();
            fleet.begin();
            long began = System.nanoTime();
            List<Mark> marks;
            try (FaultDesk desk = new FaultDesk(plan.faults(), soaked, readers, fleet, began)) {
                readUntilTheEnd(soaked, sampler, desk, began);
                marks = desk.marks();
            }
            Map<String, Integer> causes = fleet.causes();
            fleet.end();
            return new SoakResult(
                    file,
                    (System.nanoTime() - began) / 1e9,
                    soaked.text(),
                    line,
                    stages,
                    marks,
                    causes,
                    soaked.errorLines(ERRORS_SHOWN_MAX));
        }
    }

    /** What all nodes have of the star system in which players begin. */
    private static Places places(Soaked soaked, List<NodeReader> readers) {
        List<Places> all = new ArrayList<>();
        String starSystem = soaked.nodes().getFirst().starSystem();
        for (int i = 0; i < readers.size(); i++) {
            if (soaked.nodes().get(i).starSystem().equals(starSystem)) {
                all.add(readers.get(i).places());
            }
        }
        return Places.of(all);
    }

    private void readUntilTheEnd(Soaked soaked, Sampler sampler, FaultDesk desk, long began)
            throws InterruptedException {
        long end = began + plan.duration().toNanos();
        long due = began;
        int told = 0;
        boolean hasEnded = false;
        while ((due < end || due < end + LATE_NANOS_MAX && desk.isUnderWay()) && !hasEnded) {
            // One that took too long leaves the next out rather than be followed by another at
            // once.
            due = Math.max(due + SAMPLE_NANOS, System.nanoTime());
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            double second = (System.nanoTime() - began) / 1e9;
            add(sampler.take(second), second);
            for (double recovery : desk.takeRecoveries()) {
                whole.recovered(recovery);
                totals(second).recovered(recovery);
            }
            for (FaultDesk.Raided raid : desk.takeRaids()) {
                whole.raided(raid.goneSecondsMax());
                totals(raid.second()).raided(raid.goneSecondsMax());
            }
            for (Mark mark : desk.marks().subList(told, desk.marks().size())) {
                watcher.say("%.0f s: %s".formatted(mark.second(), mark.text()));
                told++;
            }
            hasEnded = !soaked.isAsItShouldBe();
            if (hasEnded) {
                watcher.say("a process ended though nobody asked it to");
                whole.nodeEnded();
                totals(second).nodeEnded();
            }
        }
    }

    private Totals totals(double second) {
        Totals of = stages.get(plan.stageAt(second).name());
        return of == null ? whole : of;
    }

    /** A second counts into the stage that it is of. */
    private void add(Sample sample, double second) {
        StagePlan stage = plan.stageAt(second - 0.5);
        Totals of = stages.get(stage.name());
        line.add(sample);
        whole.add(sample);
        if (of != null) {
            of.add(sample);
        }
        watcher.sampled(sample, stage, whole);
    }
}
