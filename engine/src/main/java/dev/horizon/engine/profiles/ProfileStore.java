package dev.horizon.engine.profiles;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The profiles of a node's players. The journal is the truth: a profile is stored once the journal
 * has it, and the view follows. Any thread but a tick's may look up; one thread stores. The view
 * opens on a thread of its own, for that takes a second or two.
 */
public final class ProfileStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileStore.class);

    /** Opening takes seconds on a busy machine; longer than this it has failed. */
    private static final long OPEN_TIMEOUT_SECONDS = 60;

    /** How much longer than its contents a journal gets before it is rewritten. */
    private static final int JOURNAL_TO_CONTENTS_MAX = 4;

    private final Journal journal;
    private final Path viewFile;
    private final ProfileStoreConfig config;
    private final AtomicBoolean hasBegun = new AtomicBoolean();
    private final CompletableFuture<ProfileView> opening = new CompletableFuture<>();
    private final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer();
    private final UnsafeBuffer encodedView = new UnsafeBuffer(0, 0);
    private volatile boolean isClosing;
    private long contentsBytes;

    private ProfileStore(Journal journal, Path viewFile, ProfileStoreConfig config) {
        this.journal = journal;
        this.viewFile = viewFile;
        this.config = config;
    }

    /** Begins to open the view and returns at once. The journal stays the caller's to close. */
    public static ProfileStore open(Journal journal, Path viewFile, ProfileStoreConfig config) {
        ProfileStore store = of(journal, viewFile, config);
        store.openView();
        return store;
    }

    /**
     * The same, for a caller who says later, by {@link #openView}, when there is time to open it.
     */
    public static ProfileStore of(Journal journal, Path viewFile, ProfileStoreConfig config) {
        return new ProfileStore(journal, viewFile, config);
    }

    /** Begins to open the view, on a thread of its own; again is no harm. */
    public void openView() {
        if (hasBegun.compareAndSet(false, true)) {
            Thread.ofPlatform().name("profiles-opening").daemon().start(this::readJournal);
        }
    }

    private void readJournal() {
        try {
            ProfileView view = ProfileView.open(viewFile, config);
            long from = view.appliedPosition();
            if (from < journal.startPosition() || from > journal.position()) {
                from = 0;
            }
            UnsafeBuffer record = new UnsafeBuffer(0, 0);
            journal.replay(
                    from,
                    (position, buffer, offset, length) -> {
                        record.wrap(buffer, offset, length);
                        show(view, position, record, length);
                    });
            view.forEach((playerId, profile) -> contentsBytes += profile.capacity());
            opening.complete(view);
        } catch (IOException | RuntimeException | Error e) {
            if (!isClosing) {
                LOG.error("The view {} of the profiles did not open", viewFile, e);
            }
            opening.completeExceptionally(e);
        }
    }

    /** Later ticks win, whatever the order; the first owner of a number keeps it. */
    private static void show(ProfileView view, long position, UnsafeBuffer record, int length) {
        Profile profile = ProfileCodec.decode(record, 0, length);
        Profile known = view.find(profile.playerId());
        if (known == null
                || (known.name().equals(profile.name()) && known.tick() <= profile.tick())) {
            view.put(profile.playerId(), position, record, length);
        }
    }

    /** True once look-ups don't wait any more. */
    public boolean isReady() {
        return opening.isDone();
    }

    /**
     * A player's profile, or null for a new player. Waits while the view opens: threads that must
     * not wait call {@link #findLater}.
     *
     * @throws HorizonException HZ-PRF-002 when another name has the same number, HZ-PRF-004 when
     *     the view did not open
     */
    public @Nullable Profile find(String name) {
        return ofName(view().find(Profile.playerId(name)), name);
    }

    /** The same without waiting: the future is complete at once when the view is open. */
    public CompletableFuture<@Nullable Profile> findLater(String name) {
        return opening.thenApply(view -> ofName(view.find(Profile.playerId(name)), name));
    }

    /** The profile with a number, or null. Waits like {@link #find(String)}. */
    public @Nullable Profile find(long playerId) {
        return view().find(playerId);
    }

    /** Players known. Waits like {@link #find(String)}. */
    public long size() {
        return view().size();
    }

    private static @Nullable Profile ofName(@Nullable Profile found, String name) {
        if (found != null && !found.name().equals(name)) {
            throw collision(found.name(), name);
        }
        return found;
    }

    private static HorizonException collision(String known, String name) {
        return new HorizonException(
                "HZ-PRF-002",
                "The names \""
                        + known
                        + "\" and \""
                        + name
                        + "\" come to the same player number. The first one keeps it: choose"
                        + " another name.");
    }

    /**
     * Stores a profile: when this returns, {@code kill -9} can't take it away. The writer's thread
     * only.
     *
     * @return false when a later one is stored already, which stays
     * @throws HorizonException HZ-PRF-001 too long, HZ-PRF-002 another name has the number,
     *     HZ-PRF-004 the view did not open, or as the journal throws
     */
    public boolean store(Profile profile) {
        ProfileView view = view();
        Profile known = view.find(profile.playerId());
        if (known != null) {
            if (!known.name().equals(profile.name())) {
                throw collision(known.name(), profile.name());
            }
            if (known.tick() > profile.tick()) {
                return false;
            }
        }
        int length = ProfileCodec.encode(profile, encoded);
        long position = journal.append(encoded, 0, length);
        contentsBytes += length - view.length(profile.playerId());
        encodedView.wrap(encoded, 0, length);
        view.put(profile.playerId(), position, encodedView, length);
        return true;
    }

    /**
     * Rewrites the journal when it has outgrown what it says. The writer's thread only.
     *
     * @return true when it did
     */
    public boolean compactWhenDue() {
        long journalBytes = journal.position() - journal.startPosition();
        if (!isReady()
                || journalBytes <= config.journalBytesMax()
                || journalBytes <= JOURNAL_TO_CONTENTS_MAX * contentsBytes) {
            return false;
        }
        ProfileView view = view();
        Long2LongHashMap positions = new Long2LongHashMap(-1);
        boolean rewritten =
                journal.rewrite(sink ->
                        view.forEach((playerId, profile) ->
                                positions.put(playerId, append(sink, profile))));
        if (rewritten) {
            movePositions(view, positions);
            LOG.info("Rewrote the journal of {} profiles from {} bytes", view.size(), journalBytes);
        }
        return rewritten;
    }

    private static long append(Journal.RecordSink sink, DirectBuffer profile) {
        return sink.append(profile, 0, profile.capacity());
    }

    private void movePositions(ProfileView view, Long2LongHashMap positions) {
        Long2LongHashMap.KeyIterator players = positions.keySet().iterator();
        while (players.hasNext()) {
            long playerId = players.nextValue();
            Profile profile = view.find(playerId);
            if (profile != null) {
                int length = ProfileCodec.encode(profile, encoded);
                encodedView.wrap(encoded, 0, length);
                view.put(playerId, positions.get(playerId), encodedView, length);
            }
        }
    }

    /** The journal position behind the record that look-ups show, or -1. */
    public long journalPosition(long playerId) {
        return view().position(playerId);
    }

    private ProfileView view() {
        try {
            return opening.get(OPEN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notOpen(e);
        } catch (ExecutionException | TimeoutException e) {
            throw notOpen(e);
        }
    }

    private static HorizonException notOpen(Exception cause) {
        return new HorizonException(
                "HZ-PRF-004",
                "The view of the profiles is not open: "
                        + (cause.getCause() == null ? cause : cause.getCause())
                        + ". Check the room and rights of the data directory and that Java runs with"
                        + " the launcher's flags; the view's file may be deleted, it is rebuilt from"
                        + " the journal.",
                cause);
    }

    /** Closes the view cleanly; no look-up may be under way. The writer has ended. */
    @Override
    public void close() {
        isClosing = true;
        if (!hasBegun.get()) {
            return;
        }
        ProfileView view;
        try {
            view = view();
        } catch (HorizonException e) {
            // Said when it failed; or it could not open because the virtual machine is ending.
            LOG.debug("Nothing to close: {}", e.getMessage());
            return;
        }
        try {
            view.close(journal.position());
        } catch (IOException e) {
            LOG.warn("The view did not close cleanly; the next start rebuilds it", e);
        }
    }
}
