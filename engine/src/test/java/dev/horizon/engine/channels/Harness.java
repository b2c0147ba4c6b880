package dev.horizon.engine.channels;

import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.FrameDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;

/** A fleet, its encoder, and receivers that hear what the encoder sends. */
final class Harness implements AutoCloseable {
    final Fleet fleet;
    final ChannelConfig config;
    final ChannelEncoder encoder;
    final FrameOutbox outbox = new FrameOutbox(32 << 20);
    final List<Receiver> receivers = new ArrayList<>();

    /** Decides which messages the sink takes; all by default. */
    Predicate<Tier> takes = tier -> true;

    Harness(Fleet fleet, ChannelConfig config) {
        this.fleet = fleet;
        this.config = config;
        this.encoder = new ChannelEncoder(fleet.world, config, Fleet.TICK_HZ);
    }

    /** Sees every message that left. */
    MessageListener onMessage = (buffer, offset, length) -> {};

    /** Takes a message. */
    interface MessageListener {
        void onMessage(DirectBuffer buffer, int offset, int length);
    }

    /** Sees every frame that left: buffer and offset. */
    BiConsumer<DirectBuffer, Integer> onFrame = (buffer, offset) -> {};

    /** Who listens, and what of it gets through. */
    final class Receiver implements ReplicaListener {
        final int gatewayId;
        final ReplicaView view;
        final List<String> log = new ArrayList<>();
        Predicate<Long> hears = channelId -> true;
        IntPredicate hearsTemplate = template -> true;
        long bytes;
        int messages;

        Receiver(int gatewayId) {
            this.gatewayId = gatewayId;
            this.view = ReplicaView.watching(this);
        }

        void watch(long... channelIds) {
            for (long id : channelIds) {
                view.watch(id);
                encoder.subscriptions().onSubscribe(gatewayId, id);
            }
        }

        void unwatch(long... channelIds) {
            for (long id : channelIds) {
                view.forget(id);
                encoder.subscriptions().onUnsubscribe(gatewayId, id);
            }
        }

        @Override
        public void onKeyframeNeeded(long channelId) {
            encoder.subscriptions().onKeyframeRequest(gatewayId, channelId);
        }

        @Override
        public void onEnter(ReplicaEntity entity) {
            log.add("+" + entity.id());
        }

        @Override
        public void onLeave(ReplicaEntity entity, boolean gone) {
            log.add((gone ? "x" : "-") + entity.id());
        }
    }

    Receiver receiver(long... channelIds) {
        Receiver receiver = new Receiver(receivers.size() + 1);
        receivers.add(receiver);
        receiver.watch(channelIds);
        return receiver;
    }

    Receiver receiver(Tier tier) {
        return receiver(InterestRules.wholeSystem(tier));
    }

    /** Moves the fleet by a tick and publishes it. */
    void tick() {
        fleet.step();
        publish();
    }

    void publish() {
        encoder.locate(fleet.tick);
        encoder.encode(fleet.tick, outbox);
        outbox.release(this::deliver, encoder);
    }

    private boolean deliver(
            Tier tier, long channelId, DirectBuffer buffer, int offset, int length) {
        if (!takes.test(tier)) {
            return false;
        }
        if ((buffer.getShort(offset + 2) & 0xFFFF) == FrameDecoder.TEMPLATE_ID) {
            onFrame.accept(buffer, offset);
        }
        onMessage.onMessage(buffer, offset, length);
        for (Receiver receiver : receivers) {
            receiver.messages++;
            int template = buffer.getShort(offset + 2) & 0xFFFF;
            if (receiver.hears.test(channelId) && receiver.hearsTemplate.test(template)) {
                receiver.bytes += length;
                receiver.view.apply(buffer, offset, length);
            }
        }
        return true;
    }

    @Override
    public void close() {
        fleet.close();
    }
}
