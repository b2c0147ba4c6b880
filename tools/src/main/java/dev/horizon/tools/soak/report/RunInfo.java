package dev.horizon.tools.soak.report;

/**
 * Where a soak was run, and how to run it again.
 *
 * @param date of its beginning
 * @param machine in words
 * @param build of Horizon
 * @param command that runs it again
 * @param tape command that lists the tapes of the node that was started; empty for another's
 */
public record RunInfo(String date, String machine, String build, String command, String tape) {}
