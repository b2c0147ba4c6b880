import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.external.ExternalShardAllocation;
import org.apache.pekko.cluster.sharding.external.ExternalShardAllocationStrategy;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/**
 * Pekko cluster sharding hands a thousand entities from one node to another: all shards at once, by
 * external allocation. Both nodes are in this process, so that one clock says when an entity was
 * last beaten here and first there. An entity has a state of 160 bytes, which Pekko does not move:
 * it begins anew, as with a store that takes no time. Arguments: entities, shards, hand-offs, Hz.
 */
public final class HandOff {
    private static final EntityTypeKey<Beat> KEY = EntityTypeKey.create(Beat.class, "Ship");
    private static final int STATE = 20;
    private static final int WARM_UP = 2;

    private static long[] beatenNanos;
    private static int[] beatenBy;
    private static long[] gapNanos;
    private static final AtomicInteger MOVED = new AtomicInteger();

    /** What entities do is done when one comes. */
    public record Beat(long number) implements Serializable {}

    private HandOff() {}

    public static void main(String[] arguments) throws Exception {
        int entities = Integer.parseInt(arguments[0]);
        int shards = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        double periodMillis = 1_000.0 / Integer.parseInt(arguments[3]);
        beatenNanos = new long[entities];
        beatenBy = new int[entities];
        gapNanos = new long[entities];
        ActorSystem<Void> one = system(shards);
        ActorSystem<Void> other = system(shards);
        Address first = Cluster.get(one).selfMember().address();
        Cluster.get(one).manager().tell(Join.create(first));
        Cluster.get(other).manager().tell(Join.create(first));
        await(() -> isUp(one) && isUp(other));
        ActorRef<ShardingEnvelope<Beat>> region = sharding(one, 1);
        sharding(other, 2);
        Address second = Cluster.get(other).selfMember().address();
        locate(one, shards, first);
        Thread beats = new Thread(() -> beat(region, entities, periodMillis), "beats");
        beats.setDaemon(true);
        beats.start();
        await(() -> Arrays.stream(beatenBy).allMatch(each -> each == 1));
        double[] millis = new double[rounds * entities];
        for (int round = -WARM_UP; round < rounds; round++) {
            MOVED.set(0);
            locate(one, shards, (round & 1) == 0 ? second : first);
            await(() -> MOVED.get() >= entities);
            synchronized (HandOff.class) {
                for (int i = 0; round >= 0 && i < entities; i++) {
                    millis[round * entities + i] = gapNanos[i] / 1e6;
                }
            }
            Thread.sleep(1_000);
        }
        Arrays.sort(millis);
        double mean = Arrays.stream(millis).map(each -> Math.max(0, each - periodMillis)).average().orElse(0);
        System.out.printf(
                "{\"median\": %s, \"p99\": %s, \"most\": %s, \"mean\": %s}%n",
                millis[millis.length / 2],
                millis[(int) (0.99 * millis.length)],
                millis[millis.length - 1],
                mean);
        System.exit(0);
    }

    private static ActorSystem<Void> system(int shards) {
        Config config =
                ConfigFactory.parseString(
                                """
                                pekko {
                                  loglevel = WARNING
                                  actor {
                                    provider = cluster
                                    allow-java-serialization = on
                                    warn-about-java-serializer-usage = off
                                  }
                                  remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                                  cluster.jmx.multi-mbeans-in-same-jvm = on
                                  cluster.sharding {
                                    rebalance-interval = 1s
                                    number-of-shards = %d
                                    passivation.strategy = none
                                  }
                                }
                                """
                                        .formatted(shards))
                        .withFallback(ConfigFactory.load());
        return ActorSystem.create(Behaviors.empty(), "galaxy", config);
    }

    private static boolean isUp(ActorSystem<Void> system) {
        return Cluster.get(system).selfMember().status().equals(MemberStatus.up());
    }

    private static ActorRef<ShardingEnvelope<Beat>> sharding(ActorSystem<Void> system, int node) {
        return ClusterSharding.get(system)
                .init(
                        Entity.of(KEY, context -> ship(Integer.parseInt(context.getEntityId()), node))
                                .withAllocationStrategy(
                                        ExternalShardAllocationStrategy.create(
                                                system, KEY.name(), java.time.Duration.ofSeconds(5))));
    }

    private static Behavior<Beat> ship(int index, int node) {
        long[] state = new long[STATE];
        return Behaviors.receiveMessage(beat -> {
            state[(int) (beat.number() % STATE)] = beat.number();
            note(index, node);
            return Behaviors.same();
        });
    }

    private static synchronized void note(int index, int node) {
        long now = System.nanoTime();
        if (beatenBy[index] != node && beatenBy[index] != 0) {
            gapNanos[index] = now - beatenNanos[index];
            MOVED.incrementAndGet();
        }
        beatenBy[index] = node;
        beatenNanos[index] = now;
    }

    private static void locate(ActorSystem<Void> system, int shards, Address where) throws Exception {
        Map<String, Address> locations = new HashMap<>();
        for (int shard = 0; shard < shards; shard++) {
            locations.put(Integer.toString(shard), where);
        }
        ExternalShardAllocation.get(system)
                .getClient(KEY.name())
                .setShardLocations(locations)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static void beat(
            ActorRef<ShardingEnvelope<Beat>> region, int entities, double periodMillis) {
        long due = System.nanoTime();
        for (long number = 1; true; number++) {
            for (int i = 0; i < entities; i++) {
                region.tell(new ShardingEnvelope<>(Integer.toString(i), new Beat(number)));
            }
            due += (long) (periodMillis * 1e6);
            LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "moved " + MOVED.get() + ", nodes " + new TreeSet<>(Arrays.stream(beatenBy).boxed().toList()));
            }
            Thread.sleep(10);
        }
    }
}
