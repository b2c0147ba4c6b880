package dev.horizon.engine.dispatch;

import dev.horizon.engine.plugin.HorizonException;

/** Bounds of event payloads, and the faults that reading and writing share. */
public final class Payloads {
    /** Bytes of one event: what still fits a message beside its headers. */
    public static final int PAYLOAD_BYTES_MAX = 16 * 1024;

    /** Bytes of one text, as {@link dev.horizon.engine.events.EventField.Kind#TEXT} promises. */
    public static final int TEXT_BYTES_MAX = 1024;

    /** Elements of one list. */
    public static final int LIST_ELEMENTS_MAX = 1024;

    private Payloads() {}

    static HorizonException notFinite(double value) {
        return new HorizonException(
                "HZ-EVT-003", "a number is " + value + "; send finite numbers alone");
    }

    static HorizonException textTooLong(int length) {
        return new HorizonException(
                "HZ-EVT-005",
                "a text of " + length + " is longer than " + TEXT_BYTES_MAX + " bytes; shorten it");
    }

    static HorizonException listTooLong(int count) {
        return new HorizonException(
                "HZ-EVT-004",
                "a list of "
                        + count
                        + " has more than "
                        + LIST_ELEMENTS_MAX
                        + " elements; split it");
    }

    static HorizonException missing(String what) {
        return new HorizonException(
                "HZ-EVT-009", "a field of the event is null where " + what + " belongs; set it");
    }
}
