package dev.horizon.tools.soak;

import java.io.IOException;

/** Signals that Java has no words for. */
final class Signals {
    private Signals() {}

    /** SIGSTOP: it does nothing until {@link #goOn}. */
    static void pause(long pid) throws IOException, InterruptedException {
        send("-STOP", pid);
    }

    /** SIGCONT. */
    static void goOn(long pid) throws IOException, InterruptedException {
        send("-CONT", pid);
    }

    private static void send(String signal, long pid) throws IOException, InterruptedException {
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
            new ProcessBuilder("kill", signal, Long.toString(pid)).inheritIO().start().waitFor();
        }
    }
}
