package dev.horizon.engine.host;

/**
 * One place in a plugin that would let two runs differ.
 *
 * @param className in source form
 * @param member the method or field
 * @param source file and line, as far as the class file knows
 * @param what is done there
 * @param instead what to do
 */
public record Violation(
        String className, String member, String source, String what, String instead) {
    @Override
    public String toString() {
        return className + "." + member + " (" + source + "): " + what + "; " + instead;
    }
}
