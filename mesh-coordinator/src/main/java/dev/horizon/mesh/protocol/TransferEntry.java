package dev.horizon.mesh.protocol;

/**
 * What the coordinator knows of a transfer. Times are the cluster's, ms.
 *
 * @param transfer its number; grows with each
 * @param asked the request that began it
 * @param stage how far it is
 * @param entity that moves, with all that rides in it
 * @param source home of the node that had it
 * @param destination home of the node that is to have it
 * @param begunAt when it was asked for
 * @param changedAt when it came to its stage
 * @param jump the source's tick since which the entity is to jump to another star system; 0 where
 *     it doesn't
 * @param code why it was reversed; empty where it wasn't
 * @param text the same in words
 */
public record TransferEntry(
        long transfer,
        long asked,
        Stage stage,
        long entity,
        long source,
        long destination,
        long begunAt,
        long changedAt,
        long jump,
        String code,
        String text) {
    /** How far a transfer is. */
    public enum Stage {
        /** The destination is asked to make room. */
        RESERVED,
        /** The source may release it, and nobody takes this back. */
        COMMITTED,
        /** The source has it no more; a frozen copy is on its way. */
        RELEASED,
        /** The destination has it. */
        DONE,
        /** The source has it, or had none to give. */
        REVERSED;

        /** True when nothing is to follow. */
        public boolean isEnd() {
            return this == DONE || this == REVERSED;
        }
    }

    /** The same at another stage. */
    public TransferEntry at(Stage next, long now) {
        return new TransferEntry(
                transfer, asked, next, entity, source, destination, begunAt, now, jump, code, text);
    }

    /** The same, reversed for a reason. */
    public TransferEntry reversed(String why, String inWords, long now) {
        return new TransferEntry(
                transfer,
                asked,
                Stage.REVERSED,
                entity,
                source,
                destination,
                begunAt,
                now,
                jump,
                why,
                inWords);
    }
}
