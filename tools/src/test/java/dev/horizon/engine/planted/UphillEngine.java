package dev.horizon.engine.planted;

import dev.horizon.mesh.ownership.RegionOwnership;

/** Breaks the downhill rule, so that a test can see it caught. */
public final class UphillEngine {
    RegionOwnership ownership;
}
