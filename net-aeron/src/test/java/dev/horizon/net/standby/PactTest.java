package dev.horizon.net.standby;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node and its standby on a network that loses, delays and cuts, with processes that stand still
 * and die, and operators who say only what is true. More lives: {@code
 * -Dhorizon.pact-seeds=100000}.
 */
class PactTest {
    private static final long FIRST_SEED = Long.getLong("horizon.pact-seed", 1);
    private static final int SEEDS = Integer.getInteger("horizon.pact-seeds", 2_000);
    private static final int STEPS = 1_500;
    private static final long SILENCE = 100;

    @ParameterizedTest
    @EnumSource(Survivor.class)
    void shouldNeverLetTwoSpeakNorLoseWhatHasLeft(Survivor survivor) {
        int attached = 0;
        int over = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            Couple couple = new Couple(seed, survivor);
            couple.run();
            attached += couple.wasAttached ? 1 : 0;
            over += couple.standby.isOver() ? 1 : 0;
        }
        // Or nothing was tried.
        assertThat(attached).isGreaterThan(SEEDS / 2);
        assertThat(over).isGreaterThan(SEEDS / 20);
    }

    @Test
    void shouldHoldBackUntilTheStandbyHasWhatLeftBeforeItAttached() {
        NodePact node = new NodePact(Survivor.STANDBY, SILENCE);
        node.hello(1, 7, 0);
        node.feeding();
        node.acknowledge(1, 90, 10, Claim.FOLLOWING, 1);
        assertThat(node.limit()).isEqualTo(NodePact.UNLIMITED);
        assertThat(node.isNear(100, 10, 20)).isTrue();
        node.hold();
        assertThat(node.limit()).isEqualTo(90);
        node.held(100);
        node.acknowledge(1, 99, 10, Claim.FOLLOWING, 2);
        assertThat(node.isCovered()).isFalse();
        node.acknowledge(1, 100, 10, Claim.FOLLOWING, 3);
        assertThat(node.isCovered()).isTrue();
        node.attach();
        node.poll(1_000_000);
        assertThat(node.stage()).isEqualTo(Stage.ATTACHED);
        assertThat(node.limit()).isEqualTo(100);
    }

    /** One node, one folder of standbys. */
    private static final class Couple {
        final SplittableRandom random;
        final Survivor survivor;
        final String where;
        final NodePact node;
        final PriorityQueue<Message> network =
                new PriorityQueue<>(Comparator.comparingLong(Message::at));
        final List<StandbyPact> former = new ArrayList<>();
        StandbyPact standby;
        long life = 1;
        long recorded;
        long released;
        long copied;
        long acknowledged = -1;
        long now;
        long cutUntil;
        long nodeStillUntil;
        long standbyStillUntil;
        boolean isNodeDead;
        boolean isStandbyDead;
        boolean isFed;
        boolean wasAttached;

        private record Message(long at, Runnable arrives) {}

        Couple(long seed, Survivor survivor) {
            random = new SplittableRandom(seed);
            this.survivor = survivor;
            where = survivor + ", seed " + seed;
            node = new NodePact(survivor, SILENCE);
            standby = new StandbyPact(SILENCE, 0);
        }

        void run() {
            for (now = 1; now < STEPS; now++) {
                misfortune();
                while (!network.isEmpty() && network.peek().at() <= now) {
                    network.poll().arrives().run();
                }
                nodeDuty();
                standbyDuty();
                check();
            }
        }

        private void misfortune() {
            if (random.nextInt(400) == 0) {
                cutUntil = now + random.nextInt(400);
            }
            if (random.nextInt(500) == 0) {
                nodeStillUntil = now + random.nextInt(400);
            }
            if (random.nextInt(500) == 0) {
                standbyStillUntil = now + random.nextInt(400);
            }
            if (now > 300 && random.nextInt(3_000) == 0) {
                isNodeDead = true;
            }
            if (random.nextInt(2_000) == 0 && !standby.isOver()) {
                isStandbyDead = true;
            }
            operators();
        }

        private void operators() {
            if (random.nextInt(1_000) == 0 && !isNodeDead) {
                node.detach();
            }
            if (random.nextInt(1_000) == 0 && !isStandbyDead) {
                // What the note in the node's folder tells: it had not let go of the standby.
                standby.takeOver(isNodeDead && node.isAttached());
            }
            if (isStandbyDead && random.nextInt(300) == 0) {
                node.confirmGone();
            }
            if (isStandbyDead && random.nextInt(200) == 0) {
                former.add(standby);
                standby = new StandbyPact(SILENCE, now);
                life++;
                isStandbyDead = false;
                isFed = false;
                copied = 0;
                acknowledged = -1;
            }
        }

        private void send(Runnable message) {
            if (now >= cutUntil && random.nextInt(5) > 0) {
                network.add(new Message(now + 1 + random.nextInt(20), message));
            }
        }

        private void nodeDuty() {
            if (isNodeDead || now < nodeStillUntil) {
                return;
            }
            // The tick thread and the desk run side by side: either may come first.
            boolean isTickFirst = random.nextBoolean();
            if (isTickFirst) {
                release();
            }
            node.poll(now);
            if (node.isNear(recorded, 0, 0)) {
                node.hold();
                node.held(recorded);
            } else if (node.isCovered()) {
                node.attach();
                wasAttached = true;
            }
            recorded++;
            if (!isTickFirst) {
                release();
            }
            if (now % 6 == 0 && node.isKnown()) {
                Stage stage = node.stage();
                long to = node.life();
                send(() -> {
                    if (to == life && !isStandbyDead && now >= standbyStillUntil) {
                        standby.heard(stage, survivor, true, now);
                    }
                });
            }
        }

        private void release() {
            released = Math.max(released, Math.min(recorded, node.limit()));
        }

        private void standbyDuty() {
            if (isStandbyDead || now < standbyStillUntil) {
                return;
            }
            standby.poll(true, now);
            if (now >= cutUntil && standby.mayAcknowledge()) {
                copied = Math.max(copied, recorded - random.nextInt(5));
            }
            if (standby.mayAcknowledge()) {
                acknowledged = copied;
            }
            Claim claim = standby.claim();
            if (claim == Claim.COPYING) {
                copying();
            } else if (claim == Claim.READY && isFed) {
                standby.following();
            }
            if (now % 5 == 0) {
                long from = life;
                long position = acknowledged;
                send(() -> {
                    if (!isNodeDead && now >= nodeStillUntil) {
                        node.acknowledge(from, position, 0, claim, now);
                    }
                });
            }
            if (random.nextInt(200) == 0) {
                standby.giveUp();
            }
        }

        private void copying() {
            long from = life;
            send(() -> {
                if (isNodeDead || now < nodeStillUntil || node.stage() == Stage.REPLACED) {
                    return;
                }
                node.hello(from, 7, now);
                if (from == life && !isStandbyDead) {
                    standby.ready();
                    node.feeding();
                    isFed = true;
                }
            });
        }

        private void check() {
            if (standby.isOver()) {
                assertThat(released).as(where + ", at " + now).isLessThanOrEqualTo(copied);
            }
            for (StandbyPact gone : former) {
                assertThat(gone.isOver()).as(where + ", at " + now).isFalse();
            }
        }
    }
}
