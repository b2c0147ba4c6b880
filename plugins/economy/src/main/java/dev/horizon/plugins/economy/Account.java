package dev.horizon.plugins.economy;

import dev.horizon.engine.world.Component;

/**
 * Money. Whatever holds any has an account: players, stations, the treasury, and entities that keep
 * money for a purpose, such as orders and bounties. Money is only ever moved from one account to
 * another; the sum over all of them never changes, and {@code economy/audit} looks at it in every
 * tick.
 *
 * @param credits never below 0
 */
@Component
public record Account(long credits) {}
