package dev.horizon.ecs.gates;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Jump;
import dev.horizon.engine.world.MaxLength;

/**
 * A gate to another star system. It rests, and so does the gate at the other end: what goes through
 * comes out beside that as it was beside this one.
 *
 * @param starSystem where it leads
 * @param x of the other gate there, metres
 * @param y metres
 * @param z metres
 */
@Component
public record Gate(
        @MaxLength(Jump.STAR_SYSTEM_BYTES_MAX) String starSystem, double x, double y, double z) {}
