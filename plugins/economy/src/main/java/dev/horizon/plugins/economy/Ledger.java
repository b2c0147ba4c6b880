package dev.horizon.plugins.economy;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Length;

/**
 * What there should be and what the audit counted in the last tick; one entity.
 *
 * @param expected units of each commodity by the declared flows
 * @param counted units of each commodity in all holds, stores and rocks
 * @param moneyExpected credits since the books were opened, and by what other nodes sent or got
 * @param moneyCounted credits in all accounts
 * @param state whether trade may go on
 */
@Component
public record Ledger(
        @Length(Commodity.COUNT) long[] expected,
        @Length(Commodity.COUNT) long[] counted,
        long moneyExpected,
        long moneyCounted,
        State state) {
    /** Whether the books balance. The ordinals are stored. */
    public enum State {
        /** The next audit takes stock and opens them. */
        NEW,
        /** They balanced in every tick so far. */
        BALANCED,
        /** They don't: nobody trades until an operator says {@code economy:recount}. */
        BROKEN
    }
}
