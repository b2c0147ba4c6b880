import java.util.Arrays;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.minestom.server.MinecraftServer;
import net.minestom.server.coordinate.Pos;
import net.minestom.server.coordinate.Vec;
import net.minestom.server.entity.EntityCreature;
import net.minestom.server.entity.EntityType;
import net.minestom.server.instance.InstanceContainer;
import net.minestom.server.instance.block.Block;

/**
 * Mobs that fly over a plain and draw a new velocity every half to two seconds; nobody watches.
 * Arguments: mobs, ticks. Prints the median and the 99th percentile of a tick, in milliseconds, as JSON.
 */
final class Mobs {
    private static final int HZ = 20;
    private static final int CHUNKS = 12;
    private static final int CHUNK_BLOCKS = 16;
    private static final double SPEED = 4;

    public static void main(String[] arguments) {
        int mobs = Integer.parseInt(arguments[0]);
        int ticks = Integer.parseInt(arguments[1]);
        MinecraftServer.init();
        MinecraftServer.process().dispatcher().start();
        InstanceContainer plain = MinecraftServer.getInstanceManager().createInstanceContainer();
        plain.setGenerator(unit -> unit.modifier().fillHeight(0, 40, Block.STONE));
        for (int x = 0; x < CHUNKS; x++) {
            for (int z = 0; z < CHUNKS; z++) {
                plain.loadChunk(x, z).join();
            }
        }
        SplittableRandom random = new SplittableRandom(42);
        List<EntityCreature> all = new ArrayList<>();
        double edge = CHUNKS * CHUNK_BLOCKS;
        for (int i = 0; i < mobs; i++) {
            EntityCreature mob = new EntityCreature(EntityType.ZOMBIE);
            mob.setNoGravity(true);
            mob.setInstance(
                            plain,
                            new Pos(
                                    random.nextDouble(0.2, 0.8) * edge,
                                    random.nextDouble(50, 90),
                                    random.nextDouble(0.2, 0.8) * edge))
                    .join();
            all.add(mob);
        }
        List<Pos> began = all.stream().map(EntityCreature::getPosition).toList();
        int[] until = new int[mobs];
        double[] millis = new double[ticks];
        // As many ticks before, for the compiler.
        for (int tick = 0; tick < 2 * ticks; tick++) {
            for (int i = 0; i < mobs; i++) {
                EntityCreature mob = all.get(i);
                if (tick >= until[i]) {
                    Pos at = mob.getPosition();
                    Vec home = new Vec(edge / 2 - at.x(), 70 - at.y(), edge / 2 - at.z()).mul(2 / edge);
                    mob.setVelocity(
                            home.add(random.nextDouble(-1, 1), random.nextDouble(-1, 1), random.nextDouble(-1, 1))
                                    .mul(SPEED));
                    until[i] = tick + random.nextInt(HZ / 2, 2 * HZ);
                }
            }
            long from = System.nanoTime();
            MinecraftServer.process().ticker().tick(from);
            if (tick >= ticks) {
                millis[tick - ticks] = (System.nanoTime() - from) / 1e6;
            }
        }
        Arrays.sort(millis);
        int moved = 0;
        for (int i = 0; i < mobs; i++) {
            moved += all.get(i).getPosition().distance(began.get(i)) > 0.1 ? 1 : 0;
        }
        System.out.printf(
                java.util.Locale.ROOT,
                "{\"p50\":%.4f,\"p99\":%.4f,\"moved\":%d}%n",
                millis[ticks / 2],
                millis[(int) (ticks * 0.99)],
                moved);
        System.exit(0);
    }
}
