package dev.horizon.net.edge;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.channels.ReplicaEntity;
import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import dev.horizon.schemas.replication.RecutDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** What clients hold near, by brute force, written from "What a client holds" of the docs. */
final class NearOracle {
    private final ChannelConfig config;
    private final int closeMax;
    private final int mediumMax;
    private final int interestTicks;

    /** All frames of the near tiers, applied by the engine's receiver. */
    final ReplicaView replica = ReplicaView.open(id -> {});

    /** The same of MEDIUM alone. */
    final ReplicaView medium = ReplicaView.open(id -> {});

    int recuts;

    /** By tier and entity: the channels that have it, with the tick at which it entered each. */
    private final Map<Long, Map<Integer, Long>> slots = new HashMap<>();

    private final List<Map<Long, Map<Long, Long>>> channelsOf =
            List.of(new HashMap<>(), new HashMap<>());

    /** One client. */
    static final class Client {
        final long session;
        long own;
        double[] fallback = {Double.NaN, Double.NaN, Double.NaN};
        double sensors = Double.POSITIVE_INFINITY;
        List<Long> focus = List.of();
        Set<Integer> audiences = Set.of();
        boolean stirred = true;
        double @Nullable [] seen;
        boolean everSeen;
        Map<Long, Tier> held = new HashMap<>();

        Client(long session) {
            this.session = session;
        }
    }

    private record Near(long id, int order, double weighted) {}

    NearOracle(ChannelConfig config, EdgeConfig edge) {
        this.config = config;
        closeMax = edge.closeMax();
        mediumMax = edge.mediumMax();
        interestTicks = edge.interestTicks();
    }

    void hear(DirectBuffer buffer, int length) {
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        replica.apply(buffer, 0, length);
        if (header.templateId() != FrameDecoder.TEMPLATE_ID) {
            medium.apply(buffer, 0, length);
            if (header.templateId() == RecutDecoder.TEMPLATE_ID) {
                recut(new RecutDecoder().wrapAndApplyHeader(buffer, 0, header));
            }
            return;
        }
        FrameDecoder frame = new FrameDecoder().wrapAndApplyHeader(buffer, 0, header);
        long channel = frame.channelId();
        Tier tier = ChannelId.tier(channel);
        if (tier == Tier.MEDIUM) {
            medium.apply(buffer, 0, length);
        }
        Map<Integer, Long> held = slots.computeIfAbsent(channel, id -> new HashMap<>());
        Map<Long, Map<Long, Long>> of = channelsOf.get(tier.ordinal());
        if ((frame.flags() & 1) != 0) {
            held.values().forEach(entity -> of.get(entity).remove(channel));
            held.clear();
        }
        for (FrameDecoder.LeftDecoder row : frame.left()) {
            of.get(held.remove(row.slot())).remove(channel);
        }
        for (FrameDecoder.EnteredDecoder row : frame.entered()) {
            held.put(row.slot(), row.entityId());
            of.computeIfAbsent(row.entityId(), id -> new HashMap<>()).put(channel, frame.tick());
        }
    }

    /** What one channel has is another's now, since it entered the first. */
    private void recut(RecutDecoder recut) {
        recuts++;
        long from = recut.fromChannelId();
        long to = recut.toChannelId();
        Map<Long, Map<Long, Long>> of = channelsOf.get(ChannelId.tier(to).ordinal());
        for (RecutDecoder.MovedDecoder row : recut.moved()) {
            long entity = slots.get(from).remove(row.slot());
            slots.computeIfAbsent(to, id -> new HashMap<>()).put(row.newSlot(), entity);
            of.get(entity).put(to, of.get(entity).remove(from));
        }
    }

    /** Brings a client's set up to a tick. */
    void follow(Client client, long tick) {
        double[] p = place(client, tick);
        boolean jumped;
        if (p == null || client.seen == null) {
            jumped = (p == null) != (client.seen == null);
        } else {
            jumped =
                    distance(p, client.seen)
                            > 0.25 * config.radiusMetres(SizeClass.CRAFT, Tier.CLOSE);
        }
        boolean lacks = false;
        for (Map.Entry<Long, Tier> entry : client.held.entrySet()) {
            lacks |= seen(client, entry.getKey(), entry.getValue()) == null;
        }
        if (Math.floorMod(tick + client.session, interestTicks) != 0
                && !client.stirred
                && !jumped
                && !lacks) {
            return;
        }
        client.stirred = false;
        client.seen = p;
        client.held = p == null ? new HashMap<>() : evaluate(client, p, tick);
    }

    private double @Nullable [] place(Client client, long tick) {
        double[] p = new double[3];
        ReplicaEntity own = replica.find(new EntityId(client.own));
        if (client.own == 0 || own == null || !own.place(tick, Battlefield.DT, p)) {
            p = client.fallback.clone();
        }
        return Double.isFinite(p[0]) && Double.isFinite(p[1]) && Double.isFinite(p[2]) ? p : null;
    }

    private Map<Long, Tier> evaluate(Client client, double[] p, long tick) {
        List<Long> focus = new ArrayList<>();
        if (client.own != 0) {
            focus.add(client.own);
        }
        focus.addAll(client.focus.subList(0, Math.min(16, client.focus.size())));
        Map<Long, Double> distances = new HashMap<>();
        Set<Long> closeEligible = new HashSet<>();
        Set<Long> mediumEligible = new HashSet<>();
        double[] q = new double[3];
        replica.forEach(entity -> {
            if (!entity.place(tick, Battlefield.DT, q)) {
                return;
            }
            long id = entity.id().value();
            double d = distance(p, q);
            distances.put(id, d);
            SizeClass size = entity.sizeClass();
            Tier held = client.held.get(id);
            boolean inFocus = focus.contains(id);
            double close = range(client, size, Tier.CLOSE);
            double far = range(client, size, Tier.MEDIUM);
            double h = 1 + config.hysteresis();
            if (inFocus || d <= close || (held == Tier.CLOSE && d <= close * h)) {
                closeEligible.add(id);
                mediumEligible.add(id);
            } else if (d <= far || (held != null && d <= far * h)) {
                mediumEligible.add(id);
            }
        });
        Map<Long, Tier> next = new HashMap<>();
        for (long id :
                first(client, closeEligible, Tier.CLOSE, focus, distances, p, closeMax, Set.of())) {
            next.put(id, Tier.CLOSE);
        }
        Set<Long> taken = Set.copyOf(next.keySet());
        for (long id :
                first(client, mediumEligible, Tier.MEDIUM, focus, distances, p, mediumMax, taken)) {
            next.put(id, Tier.MEDIUM);
        }
        Map<Long, Tier> riders = new HashMap<>();
        replica.forEach(entity -> {
            Tier tier = entity.hasPlace() ? null : carrierTier(entity, next);
            if (tier != null && seen(client, entity.id().value(), tier) != null) {
                riders.put(entity.id().value(), tier);
            }
        });
        next.putAll(riders);
        return next;
    }

    private @Nullable Tier carrierTier(ReplicaEntity rider, Map<Long, Tier> held) {
        ReplicaEntity at = rider;
        for (int step = 0; step < 8; step++) {
            if (at.parent().value() == 0) {
                return null;
            }
            at = replica.find(at.parent());
            if (at == null) {
                return null;
            }
            if (at.hasPlace()) {
                return held.get(at.id().value());
            }
        }
        return null;
    }

    private List<Long> first(
            Client client,
            Set<Long> eligible,
            Tier tier,
            List<Long> focus,
            Map<Long, Double> distances,
            double[] p,
            int most,
            Set<Long> taken) {
        List<Near> list = new ArrayList<>();
        for (long id : eligible) {
            if (taken.contains(id) || !isReceived(client, id, tier, p, focus.contains(id))) {
                continue;
            }
            Tier held = client.held.get(id);
            boolean favoured = tier == Tier.CLOSE ? held == Tier.CLOSE : held != null;
            int order = focus.contains(id) ? focus.indexOf(id) : Integer.MAX_VALUE;
            double weight = favoured ? 1 - config.hysteresis() : 1;
            list.add(new Near(id, order, distances.get(id) * weight));
        }
        list.sort(
                Comparator.comparingInt(Near::order)
                        .thenComparingDouble(Near::weighted)
                        .thenComparing((a, b) -> Long.compareUnsigned(a.id(), b.id())));
        return list.stream().limit(most).map(Near::id).toList();
    }

    private boolean isReceived(Client client, long id, Tier tier, double[] p, boolean inFocus) {
        Long channel = seen(client, id, tier);
        if (channel == null) {
            return false;
        }
        SizeClass size = ChannelId.sizeClass(channel);
        double within =
                range(client, size, tier) * (1 + config.hysteresis())
                        + config.hysteresis() * config.edgeMetres(size, tier);
        double edge = config.edgeMetres(size, tier) / (1 << ChannelId.level(channel));
        edge *= ChannelId.audience(channel) == 0 ? 1 : 64;
        int[] cell = {ChannelId.cellX(channel), ChannelId.cellY(channel), ChannelId.cellZ(channel)};
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double off = Math.max(cell[axis] * edge - p[axis], p[axis] - (cell[axis] + 1) * edge);
            sum += off > 0 ? off * off : 0;
        }
        return inFocus || Math.sqrt(sum) <= within;
    }

    /** The same, null where the client is not of the channel's audience. */
    private @Nullable Long seen(Client client, long id, Tier tier) {
        Long channel = teller(id, tier);
        int audience = channel == null ? 0 : ChannelId.audience(channel);
        return audience == 0 || client.audiences.contains(audience) ? channel : null;
    }

    /** The channel that tells of an entity at a tier: the one entered last. */
    private @Nullable Long teller(long id, Tier tier) {
        Map<Long, Long> of = channelsOf.get(tier.ordinal()).getOrDefault(id, Map.of());
        return of.entrySet().stream()
                .max(
                        Map.Entry.<Long, Long>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private double range(Client client, SizeClass size, Tier tier) {
        double radius = config.tier(tier).radiusMetres() * config.scale(size);
        if (size == SizeClass.BODY) {
            return radius;
        }
        return client.sensors > 0 ? Math.min(radius, client.sensors) : 0;
    }

    /** What is known of some entities, for the message of a failed test. */
    String explain(Set<Long> ids, long tick) {
        StringBuilder text = new StringBuilder();
        for (long id : ids) {
            ReplicaEntity entity = replica.find(new EntityId(id));
            double[] q = new double[3];
            text.append(id).append(": ");
            if (entity != null && entity.place(tick, Battlefield.DT, q)) {
                text.append(entity.sizeClass()).append(" at ").append(Arrays.toString(q));
            }
            for (Tier tier : List.of(Tier.CLOSE, Tier.MEDIUM)) {
                channelsOf
                        .get(tier.ordinal())
                        .getOrDefault(id, Map.of())
                        .forEach((channel, entered) ->
                                text.append(' ')
                                        .append(ChannelId.text(channel))
                                        .append(" since ")
                                        .append(entered));
            }
            text.append("; ");
        }
        return text.toString();
    }

    private static double distance(double[] a, double[] b) {
        double x = a[0] - b[0];
        double y = a[1] - b[1];
        double z = a[2] - b[2];
        return Math.sqrt(x * x + y * y + z * z);
    }
}
