package dev.horizon.tools.mesh;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.mesh.agent.MeshView;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.tools.node.MeshOperator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the coordinator once a second, and says what has changed. */
final class MeshWatch implements AutoCloseable {
    private static final long LOOK_MILLIS = 1_000;

    /**
     * What was heard last.
     *
     * @param view the coordinator's answer
     * @param leader the member that gave it, or -1
     * @param trouble why there was none since; empty where there was
     */
    record Heard(MeshView view, int leader, String trouble) {
        static final Heard NOTHING =
                new Heard(
                        new MeshView(0, List.of(), List.of(), List.of()),
                        -1,
                        "the coordinator has not answered yet");
    }

    private final MeshOperator operator;
    private final MeshHistory history;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("mesh-watch").unstarted(this::run);
    private final Map<String, String> healths = new LinkedHashMap<>();
    private final Map<String, String> owners = new LinkedHashMap<>();
    private volatile Heard heard = Heard.NOTHING;

    private MeshWatch(MeshOperator operator, MeshHistory history) {
        this.operator = operator;
        this.history = history;
    }

    /** Begins to ask, over an operator's connection that is used here alone from now on. */
    static MeshWatch start(MeshOperator operator, MeshHistory history) {
        MeshWatch watch = new MeshWatch(operator, history);
        watch.thread.start();
        return watch;
    }

    Heard heard() {
        return heard;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            // It is closed.
        }
    }

    private void look() throws InterruptedException {
        try {
            MeshView view = operator.view();
            if (!heard.trouble().isEmpty()) {
                history.add("coordinator", "answers");
            }
            for (NodeEntry node : view.nodes()) {
                tell(healths, node.name(), "is " + MeshReport.health(node, view.now()));
            }
            Set<String> merged = new LinkedHashSet<>(owners.keySet());
            for (RegionEntry entry : view.regions()) {
                String region = "region " + entry.region().starSystem() + "/" + entry.region().id();
                if (entry.isPart() && !owners.containsKey(region)) {
                    history.add(region, "was cut off another");
                }
                merged.remove(region);
                tell(
                        owners,
                        region,
                        "is owned by %s since epoch %d%s"
                                .formatted(
                                        MeshReport.owner(view, entry),
                                        entry.region().epoch(),
                                        entry.heir() == 0
                                                ? ""
                                                : ", and moves to "
                                                        + MeshReport.heir(view, entry)));
            }
            for (String region : merged) {
                owners.remove(region);
                history.add(region, "is part of the one that it was cut off again");
            }
            int leader = operator.leader();
            if (leader >= 0 && leader != heard.leader()) {
                history.add(MeshLayout.member(leader), "leads");
            }
            heard = new Heard(view, leader, "");
        } catch (HorizonException e) {
            if (heard.trouble().isEmpty()) {
                history.add("coordinator", "does not answer; nodes that have joined tick on");
            }
            heard = new Heard(heard.view(), heard.leader(), String.valueOf(e.getMessage()));
        }
    }

    private void tell(Map<String, String> known, String who, String what) {
        if (!what.equals(known.put(who, what))) {
            history.add(who, what);
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
