package dev.horizon.tools.config;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.plugin.Default;
import dev.horizon.engine.tick.GhostConfig;
import dev.horizon.engine.world.SizeClass;
import java.time.Duration;
import java.util.List;

/**
 * Who decides which node owns which region.
 *
 * @param coordinators members of the coordinator, host:port each
 * @param member which of them this process is
 * @param keyFile the secret that the mesh shares
 * @param host of this process, as members reach it
 * @param joinTimeout how long a start waits for the coordinator
 * @param leaderTimeout how long members wait for a silent leader
 * @param ghostMetres how far from a neighbour's regions a node tells it of what it has
 * @param ghostTicks between two words of that
 */
@Doc(
        "Who decides which node owns which region. Without coordinators each node owns what it is configured with.")
public record MeshSettings(
        @Default("")
                @Doc(
                        "Members of the coordinator, host:port each, the first of five UDP ports; the same list everywhere.")
                List<String> coordinators,
        @Default("0")
                @Range(min = 0, max = 6)
                @Doc("Which of them `horizon coordinator` is, from 0.")
                int member,
        @Default("")
                @Doc(
                        "File of the secret that members, nodes and operators share; empty for mesh.key in node.data-dir, which development makes.")
                String keyFile,
        @Default("127.0.0.1")
                @Doc("Address of this process, as members of the coordinator reach it.")
                String host,
        @Default("30s")
                @Range(min = 1, max = 3_600)
                @Doc("How long a start waits for the coordinator.")
                Duration joinTimeout,
        @Default("1s")
                @Range(min = 1, max = 60)
                @Doc(
                        "A leader that is silent for so long is replaced, after half as long again; the same for all members. More for machines that pause.")
                Duration leaderTimeout,
        @Default("20000")
                @Range(min = 0, max = 1_000_000)
                @Doc(
                        "Metres from the regions of another node of its star system within which a node tells it of craft, so that they are seen and hit across the border; of larger things times the channels' scale of their size class. 0: it tells nothing.")
                int ghostMetres,
        @Default("2")
                @Range(min = 1, max = 20)
                @Doc(
                        "Ticks between two words of that to one node; all is said again once a second.")
                int ghostTicks) {
    /**
     * What a node tells its neighbours of.
     *
     * @param channels which say how far things of a size class show
     */
    public GhostConfig ghostConfig(ChannelConfig channels) {
        return new GhostConfig(
                ghostTicks,
                ghostMetres * channels.scale(SizeClass.CRAFT),
                ghostMetres * channels.scale(SizeClass.CAPITAL),
                ghostMetres * channels.scale(SizeClass.STATION),
                ghostMetres * channels.scale(SizeClass.BODY));
    }

    /** True when a coordinator decides. */
    public boolean isCoordinated() {
        return !coordinators.isEmpty();
    }
}
