package dev.horizon.tools.doctor;

/**
 * One line of the doctor's report.
 *
 * @param check what was looked at
 * @param verdict whether it will do
 * @param detail what was found
 * @param advice what to change, or empty
 */
public record Finding(String check, Verdict verdict, String detail, String advice) {
    /** Whether it will do. */
    public enum Verdict {
        /** As it should be. */
        OK,
        /** A node runs, with less. */
        WARN,
        /** A node will not run. */
        FAIL
    }

    static Finding ok(String check, String detail) {
        return new Finding(check, Verdict.OK, detail, "");
    }

    static Finding warn(String check, String detail, String advice) {
        return new Finding(check, Verdict.WARN, detail, advice);
    }

    static Finding fail(String check, String detail, String advice) {
        return new Finding(check, Verdict.FAIL, detail, advice);
    }
}
