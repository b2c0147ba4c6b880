package dev.horizon.mesh.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulation sees what it is to see: without any one of these checks a named seed fails. With
 * {@code -Dmesh.seeds=30} it looks for the first that does.
 */
class TransferMutantsTest {
    private static final String TRANSFERS = "dev.horizon.engine.tick.Transfers";
    private static final String MOVES = "dev.horizon.mesh.coordinator.Moves";
    private static final String ROUTE = "dev.horizon.net.gateway.Route";
    private static final String CLAIMS = "dev.horizon.mesh.coordinator.Claims";
    private static final String AGENT = "dev.horizon.mesh.agent.TransferAgent";

    /** Of regions that move. */
    static List<Mutant> moves() {
        return List.of(
                new Mutant(
                        "a region is the heir's once its owner has left it",
                        "mesh-coordinator",
                        MOVES,
                        "put(entry.movingTo(to.home()));",
                        "complete(entry.movingTo(to.home()));",
                        1,
                        "runWithMoves"),
                new Mutant(
                        "a node owns a region no longer when it says that it has left it",
                        "mesh-coordinator",
                        "dev.horizon.mesh.agent.MeshAgent",
                        "grant = owned(); // It",
                        "// It",
                        2,
                        "runWithMoves"),
                new Mutant(
                        "what was said of regions before is not taken again",
                        "mesh-coordinator",
                        "dev.horizon.mesh.agent.RegionAgent",
                        "welcome.revision() <= revision",
                        "false",
                        7,
                        "runWithMoves"),
                new Mutant(
                        "where regions were moved the mesh knows better than a configuration",
                        "mesh-coordinator",
                        CLAIMS,
                        "} else if (before.keeper() == 0) {",
                        "} else {",
                        2,
                        "runWithMoves"));
    }

    static List<Mutant> mutants() {
        return List.of(
                new Mutant(
                        "a late order is not obeyed",
                        "engine",
                        TRANSFERS,
                        "transfer < floor) {",
                        "false) {",
                        107),
                new Mutant(
                        "an order is obeyed once",
                        "engine",
                        TRANSFERS,
                        "Outcome known = outcomes.get(transfer);",
                        "Outcome known = null;",
                        1),
                new Mutant(
                        "a parcel is taken once",
                        "engine",
                        TRANSFERS,
                        "if (parcel.sequence() == last + 1) {",
                        "if (true) {",
                        1),
                new Mutant(
                        "parcels are taken in order",
                        "engine",
                        TRANSFERS,
                        "if (parcel.sequence() > last + 1) {\n            return;",
                        "if (parcel.sequence() > last + 1) {\n            last ="
                                + " parcel.sequence() - 1;",
                        6),
                new Mutant(
                        "nothing leaves before it is recorded",
                        "engine",
                        "dev.horizon.engine.tick.TransferWords",
                        "held.getFirst().position <= recordedPosition",
                        "held.getFirst().position <= Long.MAX_VALUE",
                        14),
                new Mutant(
                        "what is open is told again after a comeback",
                        "engine",
                        "dev.horizon.engine.tick.TransferState",
                        "        of.resume();",
                        "",
                        1),
                new Mutant(
                        "a copy is kept until its own parcel is recorded",
                        "engine",
                        "dev.horizon.engine.tick.Outbox",
                        "frozen.getFirst().sequence <= upTo",
                        "upTo > 0",
                        36),
                new Mutant(
                        "a parcel for another node is not taken",
                        "mesh-coordinator",
                        AGENT,
                        " || parcel.destination() != home",
                        "",
                        1),
                new Mutant(
                        "an answer to another world is not taken",
                        "mesh-coordinator",
                        AGENT,
                        " || word.source() != of.world",
                        "",
                        16),
                new Mutant(
                        "what a source did is forgotten no sooner than its transfers have ended",
                        "mesh-coordinator",
                        "dev.horizon.mesh.coordinator.Transfers",
                        "return of == null ? none : of.first();",
                        "return last + 1;",
                        1),
                new Mutant(
                        "what no tick has read is said again",
                        "net-aeron",
                        ROUTE,
                        "unread.forEach(node::send);",
                        "",
                        1),
                new Mutant(
                        "a number is taken once",
                        "engine",
                        "dev.horizon.engine.tick.Sessions",
                        "if (Integer.compareUnsigned(sequence, state.lastInputSequence[row]) <= 0)"
                                + " {",
                        "if (false) {",
                        58),
                new Mutant(
                        "who released a session says where it went",
                        "engine",
                        "dev.horizon.engine.tick.SessionLife",
                        "session == null && handovers.isTold(login, tick.number())",
                        "false",
                        54),
                new Mutant(
                        "and does after a comeback",
                        "engine",
                        "dev.horizon.engine.tick.HandoverState",
                        "of.departed.put(",
                        "new java.util.TreeMap<Long, Departed>().put(",
                        54),
                new Mutant(
                        "a session goes with its ship",
                        "engine",
                        TRANSFERS,
                        "handovers.others(order, others);",
                        "",
                        1),
                new Mutant(
                        "who came by a jump is where they were to go",
                        "engine",
                        TRANSFERS,
                        "jumps.arrive(party);",
                        "",
                        1,
                        "runWithGates"),
                new Mutant(
                        "a session goes with whom its ship jumps with",
                        "engine",
                        "dev.horizon.engine.tick.Handovers",
                        "Jumps.party(world, transfer.entity, transfer.jump, open);",
                        "open.addLong(transfer.entity);",
                        1,
                        "runWithGates"));
    }

    /** Of events for services. */
    static List<Mutant> services() {
        return List.of(
                new Mutant(
                        "offers are part of snapshots",
                        "engine",
                        "dev.horizon.engine.tick.TransferState",
                        "            readOffers(from);",
                        "",
                        1,
                        "runWithServices"),
                new Mutant(
                        "events are taken with their parcel, once",
                        "engine",
                        TRANSFERS,
                        "if (parcel.sequence() == last + 1) {",
                        "services.take(parcel.events(), tick);\n"
                                + "        if (parcel.sequence() == last + 1) {",
                        1,
                        "runWithServices"));
    }

    /** Of standbys that take over. */
    static List<Mutant> standbys() {
        return List.of(
                new Mutant(
                        "a takeover counts against the life that it took over from alone",
                        "mesh-coordinator",
                        CLAIMS,
                        "claim.replaces() == known.life() && ",
                        "claim.replaces() != 0 && ",
                        16,
                        "runWithStandbys"),
                new Mutant(
                        "a folder that was taken over from is refused",
                        "mesh-coordinator",
                        CLAIMS,
                        "claim.folder() != known.folder() && !isTakeover",
                        "false",
                        1,
                        "runWithStandbys"),
                new Mutant(
                        "parcels go to where the coordinator says, whoever else speaks for the node",
                        "mesh-coordinator",
                        AGENT,
                        "if (said != null && !said.equals(last)) {",
                        "if (false) {",
                        7,
                        "runWithStandbys"));
    }

    /** Of ghosts. */
    static List<Mutant> ghosts() {
        return List.of(
                new Mutant(
                        "a ghost ends that nobody tells of",
                        "engine",
                        "dev.horizon.engine.tick.Ghosts",
                        "(int) tick - ghosts.heardAt[row] > silentTicksMax",
                        "false",
                        1,
                        "runWithMoves"),
                new Mutant(
                        "all is told again",
                        "engine",
                        "dev.horizon.engine.tick.GhostFeed",
                        "tick - wholeAt[slot] >= refreshTicks",
                        "false",
                        1,
                        "runWithBorders"),
                new Mutant(
                        "who tells is part of snapshots",
                        "engine",
                        "dev.horizon.engine.tick.TransferState",
                        "            of.ghosts.sources.put(",
                        "            new java.util.TreeMap<Long, Ghosts.Source>().put(",
                        11,
                        "runWithBorders"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"mutants", "moves", "services", "standbys", "ghosts"})
    void shouldFailWithoutTheCheckThat(Mutant mutant) throws Exception {
        long last = mutant.seed() + Long.getLong("mesh.seeds", 1);
        Throwable failure = null;
        for (long seed = mutant.seed(); seed < last && failure == null; seed++) {
            failure = mutant.run(seed);
            if (failure != null && seed > mutant.seed()) {
                System.err.printf("seed %d: %s: %s%n", seed, mutant, failure);
            }
        }
        assertThat(failure).as("what seed %d comes to", mutant.seed()).isNotNull();
    }
}
