package dev.horizon.plugins.economy;

import dev.horizon.engine.world.Component;

/**
 * Declares that money came from another node of the mesh or went there. An entity from the tick in
 * which it happened to the next, when the audit books it.
 *
 * @param credits more than 0 for what came, less for what went
 */
@Component
record MoneyFlow(long credits) {}
