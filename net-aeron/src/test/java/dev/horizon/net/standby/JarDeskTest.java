package dev.horizon.net.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.net.replay.JarShelf;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars at a standby before the node runs them. */
class JarDeskTest {
    private static final long LIFE = 7;
    private static final byte[] FIRST = {1};
    private static final byte[] SECOND = {2};

    @TempDir private Path folder;
    private final JarSeal seal = sealOf(1);
    private final NodePact pact = new NodePact(Survivor.STANDBY, TimeUnit.SECONDS.toNanos(1));
    private final List<byte[]> said = new CopyOnWriteArrayList<>();
    private String first = "";
    private String second = "";
    private JarDesk desk;

    @BeforeEach
    void begin() {
        JarShelf shelf = new JarShelf(folder);
        first = shelf.keep(FIRST);
        second = shelf.keep(SECOND);
        desk = new JarDesk(shelf, seal, pact, Set.of(first), TimeUnit.MILLISECONDS.toNanos(50));
        pact.hello(LIFE, 1, System.nanoTime());
    }

    @Test
    void shouldCoverOnceTheStandbyHasAllThatRuns() throws Exception {
        desk.begin(this::take);
        assertThat(desk.isCovered()).isFalse();
        assertThat(desk.sayTo(this::take, LIFE)).isTrue();
        assertThat(said).containsExactly(FIRST);
        assertThat(desk.isCovered()).isFalse();
        desk.heard(first, true);
        assertThat(desk.isCovered()).isTrue();

        desk.share(Set.of(first, second));
        assertThat(desk.isCovered()).as("nobody waits for one that isn't attached").isFalse();
        desk.begin(this::take);
        desk.heard(second, true);
        assertThat(desk.isCovered()).as("another life has none of them").isFalse();
    }

    @Test
    void shouldRunOthersOnceAnAttachedStandbyHasThem() throws Exception {
        desk.begin((life, jar) -> {
            desk.heard(second, true);
            return take(life, jar);
        });
        desk.heard(first, true);
        attach();
        desk.share(Set.of(first, second));
        assertThat(said).containsExactly(SECOND);
        assertThat(desk.isCovered()).isTrue();
    }

    @Test
    void shouldChangeNothingWhereAnAttachedStandbyTakesNone() {
        desk.begin((life, jar) -> false);
        desk.heard(first, true);
        attach();
        assertThatThrownBy(() -> desk.share(Set.of(second)))
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-STB-014"));
        assertThat(desk.isCovered()).as("with what runs").isTrue();
    }

    @Test
    void shouldOpenWhatIsSealedWithTheSameKeyAlone() {
        byte[] sealed = seal.seal(FIRST);
        assertThat(sealOf(1).open(sealed)).isEqualTo(FIRST);
        assertThat(sealOf(2).open(sealed)).isNull();
        assertThat(seal.open(FIRST)).isNull();
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThat(seal.open(changed)).as("byte %d", at).isNull();
        }
    }

    @Test
    void shouldKeepNoJarOfAnybody(@TempDir Path own) {
        JarIntake intake = new JarIntake(new JarShelf(own), sealOf(2));
        assertThat(intake.lacking(Set.of(first))).containsExactly(first);
        assertThat(intake.take(seal.seal(FIRST))).isNull();
        assertThatThrownBy(() -> intake.lacking(Set.of(first)))
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-STB-015"));
        assertThat(intake.take(sealOf(2).seal(FIRST))).isEqualTo(first);
        assertThat(intake.lacking(Set.of(first))).isEmpty();
    }

    private boolean take(long life, byte[] sealed) {
        assertThat(life).isEqualTo(LIFE);
        byte[] jar = seal.open(sealed);
        assertThat(jar).isNotNull();
        said.add(jar);
        return true;
    }

    private JarSeal sealOf(int number) {
        byte[] secret = new byte[32];
        secret[0] = (byte) number;
        String text = Base64.getEncoder().encodeToString(secret);
        return new JarSeal(TicketKey.load(true, text, Path.of("unused")));
    }

    private void attach() {
        pact.feeding();
        pact.hold();
        pact.attach();
    }
}
