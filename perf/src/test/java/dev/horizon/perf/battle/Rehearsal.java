package dev.horizon.perf.battle;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.config.ConfigBinder;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.edge.Cells;
import dev.horizon.net.edge.Edge;
import dev.horizon.net.edge.EdgeCache;
import dev.horizon.net.edge.EdgeConfig;
import dev.horizon.net.edge.Viewer;
import dev.horizon.perf.KeepsNothing;
import dev.horizon.perf.stage.ArenaWorld;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The battle, or the swarm of {@code bench wire}, in one thread without sockets: where a client's
 * bytes go, row by row, and how far from the truth it is shown. Deterministic; seconds instead of
 * minutes. Run its main with {@code budget=6144}, {@code close=32}, {@code viewers=6}, {@code
 * ticks=600}, {@code warm=300}, {@code wire=true} (dead reckoning) or {@code wire=false}, {@code
 * steering=false} (nodes that don't steer), {@code flights=false} (clients that know no flights);
 * the tables of {@code docs/adr} 8 and 9 come from it.
 */
public final class Rehearsal {
    private static final Cells ALL =
            new Cells() {
                @Override
                public void need(Viewer viewer, long channelId) {}

                @Override
                public void release(Viewer viewer, long channelId) {}
            };

    /** Of 500 ships, as {@link Battle} has it. */
    static final Map<String, Object> BATTLE =
            Map.of("ships", 500, "group-metres", 1_200.0, "thrust", 30.0, "skirmish", true);

    private Rehearsal() {}

    /** Arguments as above. */
    public static void main(String[] arguments) {
        Map<String, Object> arena = new TreeMap<>();
        Map<String, Object> channels = new TreeMap<>();
        int budget = 0;
        int closeMax = 32;
        int viewers = 6;
        boolean knowsFlights = true;
        int ticks = 600;
        int warm = 300;
        arena.putAll(BATTLE);
        for (String each : arguments) {
            String[] pair = each.split("=");
            switch (pair[0]) {
                case "budget" -> budget = Integer.parseInt(pair[1]);
                case "close" -> closeMax = Integer.parseInt(pair[1]);
                case "viewers" -> viewers = Integer.parseInt(pair[1]);
                case "room" -> arena.put("group-metres", Double.parseDouble(pair[1]));
                case "warm" -> warm = Integer.parseInt(pair[1]);
                case "ticks" -> ticks = Integer.parseInt(pair[1]);
                case "flights" -> knowsFlights = Boolean.parseBoolean(pair[1]);
                case "steering" -> channels.put("steering", Boolean.parseBoolean(pair[1]));
                case "wire" -> {
                    arena.clear();
                    arena.putAll(
                            Map.of(
                                    "ships",
                                    1_040,
                                    "groups",
                                    10,
                                    "extent-metres",
                                    1e8,
                                    "group-metres",
                                    400.0,
                                    "turning",
                                    false));
                    closeMax = 1_024;
                    channels.put("dead-reckoning", Boolean.parseBoolean(pair[1]));
                }
                default -> throw new IllegalArgumentException(each);
            }
        }
        System.out.println(List.of(arguments));
        Seen.report(
                play(arena, channels, budget, closeMax, viewers, knowsFlights, warm, ticks),
                ticks / 20.0);
    }

    /** Plays it, and answers what each client saw after the warm-up. */
    static List<Seen> play(
            Map<String, Object> arena,
            Map<String, Object> channels,
            int budget,
            int closeMax,
            int viewers,
            boolean knowsFlights,
            int warm,
            int ticks) {
        try (ArenaWorld world = new ArenaWorld(arena, 1)) {
            ChannelConfig config = ConfigBinder.bind(ChannelConfig.class, channels, "channels");
            ChannelEncoder encoder = new ChannelEncoder(world.state(), config, 20);
            EdgeCache cache = new EdgeCache();
            cache.tickHz(20);
            Edge edge =
                    new Edge(
                            cache,
                            config,
                            new EdgeConfig(5, closeMax, Math.min(20, closeMax), 1_024, budget, 32),
                            ALL);
            Truth truth = new Truth(world.state());
            long[] tierBytes = new long[4];
            List<Seen> seen = new ArrayList<>();
            try (TickLoop loop =
                    world.loop()
                            .config(TickConfig.standard().at(20))
                            .tickLog(new KeepsNothing())
                            .frames((tier, channelId, buffer, offset, length) -> {
                                tierBytes[tier.ordinal()] += length + 2;
                                if (buffer.getShort(offset + 2) == 1) {
                                    cache.apply(buffer, offset, length);
                                }
                                for (Seen each : seen) {
                                    if (tier.ordinal() > 1 && !each.viewer.isSilent(channelId)) {
                                        each.far(length + 2);
                                    }
                                }
                                return true;
                            })
                            .encoder(encoder)
                            .build()) {
                loop.step();
                for (SizeClass size : SizeClass.values()) {
                    for (Tier tier : Tier.values()) {
                        encoder.subscriptions().onSubscribe(1, ChannelId.whole(size, tier));
                    }
                }
                List<Long> ids = new ArrayList<>();
                for (int tick = 1; tick <= warm + ticks; tick++) {
                    if (tick == warm + 1) {
                        Arrays.fill(tierBytes, 0);
                        seen.forEach(Seen::begin);
                    }
                    loop.step();
                    long now = cache.tick();
                    truth.onTick(now);
                    if (tick == 3) {
                        for (int i = 0; i < viewers; i++) {
                            Viewer viewer = edge.join(i);
                            viewer.steering(knowsFlights);
                            seen.add(new Seen(viewer, truth));
                        }
                        truth.ids(now, ids);
                        for (int i = 0; i < viewers; i++) {
                            seen.get(i)
                                    .viewer
                                    .focus(
                                            ids.get(i * 31 % ids.size()),
                                            0,
                                            0,
                                            0,
                                            Double.POSITIVE_INFINITY,
                                            new long[0],
                                            0);
                        }
                    }
                    cache.tick(now);
                    for (Seen each : seen) {
                        edge.follow(each.viewer);
                        int length = edge.gather(each.viewer);
                        edge.spend(each.viewer, length + 4);
                        each.on(edge.bundle(), length, now);
                    }
                    edge.endRound();
                }
            }
            double seconds = ticks / 20.0;
            System.out.printf(
                    Locale.ROOT,
                    "far B/s: LOW %.0f SENSOR %.0f; published CLOSE %.0f MEDIUM %.0f%n",
                    tierBytes[2] / seconds,
                    tierBytes[3] / seconds,
                    tierBytes[0] / seconds,
                    tierBytes[1] / seconds);
            return seen;
        }
    }

    /** One viewer's client. */
    static final class Seen {
        private static final List<String> NAMED = List.of("shifted", "stripped", "guided", "flown");
        final Viewer viewer;
        final Witness witness;
        private final Map<String, long[]> kinds = new TreeMap<>();
        private final byte[] tierOf = new byte[1 << 16];
        private boolean counts;
        long bytes;
        long held;
        private long close;
        int closeMin = Integer.MAX_VALUE;
        int closeMax;
        int heldMin = Integer.MAX_VALUE;
        private long views;
        private long farBytes;

        Seen(Viewer viewer, Truth truth) {
            this.viewer = viewer;
            this.witness = new Witness(truth);
        }

        void begin() {
            counts = true;
            witness.begin();
        }

        void far(int length) {
            if (counts) {
                farBytes += length;
            }
        }

        void on(byte[] bundle, int length, long now) {
            if (counts) {
                bytes += length == 0 ? 0 : length + 4;
                held += viewer.held();
                close += viewer.heldClose();
                closeMin = Math.min(closeMin, viewer.heldClose());
                closeMax = Math.max(closeMax, viewer.heldClose());
                views += length == 0 ? 0 : 1;
            }
            UnsafeBuffer all = new UnsafeBuffer(bundle, 0, length);
            for (int at = 0; at < length; ) {
                int size = all.getShort(at) & 0xFFFF;
                UnsafeBuffer message = new UnsafeBuffer(bundle, at + 2, size);
                count(message);
                witness.onMessage(message, size);
                at += 2 + size;
            }
            if (counts) {
                heldMin = Math.min(heldMin, witness.entities());
            }
        }

        private void count(UnsafeBuffer m) {
            boolean lean = (m.getShort(2) & 0xFFFF) == 7;
            String[] names =
                    lean
                            ? new String[] {"nudged", "kicked", "settled", "turned", "component"}
                            : new String[] {
                                "left",
                                "entered",
                                "placed",
                                "nudged+",
                                "kicked+",
                                "faced",
                                "turned+",
                                "stripped",
                                "component+"
                            };
            boolean flies = (m.getShort(6) & 0xFFFF) >= 4;
            String[] more =
                    lean
                            ? new String[] {"shifted", "stripped", "steered", "guided", "flown"}
                            : new String[] {"steered+", "flown+"};
            int at = 8 + (m.getShort(0) & 0xFFFF);
            int heads = lean ? 10 : 36;
            for (int g = 0; g < names.length - 1; g++) {
                at = group(m, at, names[g], lean);
            }
            int entries = lean ? m.getByte(at + 1) & 0xFF : m.getShort(at + 2) & 0xFFFF;
            at += lean ? 2 : 4;
            for (int i = 0; i < entries; i++) {
                int rowBytes = (m.getShort(at + 2) & 0xFFFF) + (lean ? 1 : 2);
                int data = lean ? m.getShort(at + 4) & 0xFFFF : m.getInt(at + 4);
                int from = at + (lean ? 6 : 8);
                int last = -1;
                for (int r = from; r < from + data; r += rowBytes) {
                    last = lean ? step(last, m.getByte(r) & 0xFF) : m.getShort(r) & 0xFFFF;
                    add(
                            names[names.length - 1] + " " + (rowBytes - (lean ? 1 : 2)),
                            last,
                            rowBytes);
                }
                at = from + data;
                add("component heads", -1, lean ? 6 : 8);
            }
            for (int g = 0; flies && g < more.length; g++) {
                at = group(m, at, more[g], lean);
                heads += lean ? 2 : 4;
            }
            if (lean && flies) {
                patches(m, at);
                heads += 2;
            }
            add(lean ? "fixed glance" : "fixed view", -1, 8 + (m.getShort(0) & 0xFFFF) + heads + 2);
        }

        private int group(UnsafeBuffer m, int start, String name, boolean lean) {
            int each = lean ? m.getByte(start) & 0xFF : m.getShort(start) & 0xFFFF;
            int rows = lean ? m.getByte(start + 1) & 0xFF : m.getShort(start + 2) & 0xFFFF;
            int at = start + (lean ? 2 : 4);
            int last = -1;
            for (int i = 0; i < rows; i++) {
                boolean steps = lean && !NAMED.contains(name);
                last = steps ? step(last, m.getByte(at) & 0xFF) : m.getShort(at) & 0xFFFF;
                if (steps && (m.getByte(at) & 0xFF) == 255) {
                    add(name + " (skip)", -1, each);
                    at += each;
                    continue;
                }
                if (name.equals("entered")) {
                    tierOf[last] = m.getByte(at + 2);
                } else if (name.equals("shifted")) {
                    tierOf[last] = m.getByte(at + 2);
                }
                add(name, last, each);
                at += each;
            }
            return at;
        }

        private void patches(UnsafeBuffer m, int start) {
            int at = start + 2;
            for (int i = 0; i < (m.getByte(start + 1) & 0xFF); i++) {
                int mask = (m.getByte(at + 2) & 0xFF) + 7 >> 3;
                int data = m.getShort(at + 3) & 0xFFFF;
                String name = "patched " + (m.getByte(at + 2) & 0xFF);
                int last = -1;
                at += 5;
                add("patch heads", -1, 5);
                for (int end = at + data; at < end; ) {
                    int length = 1 + mask;
                    for (int b = 0; b < mask; b++) {
                        length += Integer.bitCount(m.getByte(at + 1 + b) & 0xFF);
                    }
                    int step = m.getByte(at) & 0xFF;
                    last = step(last, step);
                    length = step == 255 ? 1 : length;
                    add(name, last, length);
                    at += length;
                }
            }
        }

        private static int step(int last, int step) {
            return last + step + (step == 255 ? 0 : 1);
        }

        private void add(String name, int handle, int size) {
            if (counts) {
                String key =
                        (handle < 0 ? "-" : tierOf[handle] == 0 ? "CLOSE" : "MEDIUM") + " " + name;
                long[] to = kinds.computeIfAbsent(key, k -> new long[2]);
                to[0]++;
                to[1] += size;
            }
        }

        static void report(List<Seen> all, double seconds) {
            Map<String, long[]> sum = new TreeMap<>();
            long bytes = 0;
            long held = 0;
            long close = 0;
            long views = 0;
            long far = 0;
            for (Seen each : all) {
                each.kinds.forEach((name, n) -> {
                    long[] to = sum.computeIfAbsent(name, k -> new long[2]);
                    to[0] += n[0];
                    to[1] += n[1];
                });
                bytes += each.bytes;
                held += each.held;
                close += each.close;
                views += each.views;
                far += each.farBytes;
            }
            double n = all.size() * seconds;
            System.out.printf(
                    Locale.ROOT,
                    "CLOSE %d to %d, held %d at least%n",
                    all.stream().mapToInt(each -> each.closeMin).min().orElse(0),
                    all.stream().mapToInt(each -> each.closeMax).max().orElse(0),
                    all.stream().mapToInt(each -> each.heldMin).min().orElse(0));
            System.out.printf(
                    Locale.ROOT,
                    "%.0f B/s near a client, %.1f held, %.1f close, %.1f views/s, far %.0f B/s%n",
                    bytes / n,
                    held / n / 20,
                    close / n / 20,
                    views / n,
                    far / n);
            sum.forEach((name, each) ->
                    System.out.printf(
                            Locale.ROOT,
                            "  %-24s %9.1f rows/s %9.0f B/s%n",
                            name,
                            each[0] / n,
                            each[1] / n));
            for (Tier tier : List.of(Tier.CLOSE, Tier.MEDIUM)) {
                Histogram place = new Histogram(3);
                Histogram turn = new Histogram(3);
                all.forEach(each -> place.add(each.witness.placeErrors(tier)));
                all.forEach(each -> turn.add(each.witness.attitudeErrors(tier)));
                for (Histogram h : List.of(place, turn)) {
                    System.out.printf(
                            Locale.ROOT,
                            "  %s %s: n %d p50 %.3f p90 %.3f p99 %.3f p99.9 %.3f max %.3f%n",
                            tier,
                            h == place ? "place" : "turn",
                            h.getTotalCount(),
                            h.getValueAtPercentile(50) * Witness.STEP,
                            h.getValueAtPercentile(90) * Witness.STEP,
                            h.getValueAtPercentile(99) * Witness.STEP,
                            h.getValueAtPercentile(99.9) * Witness.STEP,
                            h.getMaxValue() * Witness.STEP);
                }
            }
            System.out.println("faults " + all.stream().mapToLong(s -> s.witness.faults()).sum());
        }
    }
}
