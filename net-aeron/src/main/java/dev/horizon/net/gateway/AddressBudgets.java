package dev.horizon.net.gateway;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** What all connections of one address may do together. Thread-safe. */
final class AddressBudgets {
    /** More addresses than a gateway has sockets for; those beyond share one budget. */
    private static final int ADDRESSES_MAX = 65_536;

    /** More than any machine can send itself. */
    private static final double UNLIMITED = 1e9;

    private final GatewayConfig.Limits limits;
    private final Map<InetAddress, Budget> budgets = new HashMap<>();
    private final Budget unlimited;
    private final Budget others;

    AddressBudgets(GatewayConfig.Limits limits) {
        this.limits = limits;
        this.unlimited = new Budget(UNLIMITED, 0);
        this.others = new Budget(1, 0);
    }

    /** The budget of an address. */
    Budget of(InetAddress address, long nowNanos) {
        if (address.isLoopbackAddress() && !limits.limitLoopback()) {
            return unlimited;
        }
        synchronized (budgets) {
            if (budgets.size() >= ADDRESSES_MAX) {
                return budgets.getOrDefault(address, others);
            }
            return budgets.computeIfAbsent(address, key -> new Budget(1, nowNanos));
        }
    }

    /** Drops the addresses that used nothing for as long as their burst takes to fill. */
    void forgetIdle(long nowNanos) {
        synchronized (budgets) {
            budgets.values().removeIf(budget -> budget.isIdle(nowNanos));
        }
    }

    int size() {
        synchronized (budgets) {
            return budgets.size();
        }
    }

    /** The buckets of one address. */
    final class Budget {
        private final TokenBucket connections;
        private final TokenBucket messages;
        private final TokenBucket bytes;

        private Budget(double factor, long nowNanos) {
            connections =
                    new TokenBucket(
                            limits.addressConnectionsPerSecond() * factor,
                            4 * limits.addressConnectionsPerSecond() * factor,
                            nowNanos);
            messages =
                    new TokenBucket(
                            limits.addressMessagesPerSecond() * factor,
                            2 * limits.addressMessagesPerSecond() * factor,
                            nowNanos);
            bytes =
                    new TokenBucket(
                            limits.addressBytesPerSecond() * factor,
                            2.0 * limits.addressBytesPerSecond() * factor,
                            nowNanos);
        }

        synchronized boolean connect(long nowNanos) {
            return connections.take(1, nowNanos);
        }

        synchronized boolean receive(int length, long nowNanos) {
            return messages.take(1, nowNanos) && bytes.take(length, nowNanos);
        }

        private synchronized boolean isIdle(long nowNanos) {
            return connections.isFull(nowNanos)
                    && messages.isFull(nowNanos)
                    && bytes.isFull(nowNanos);
        }
    }
}
