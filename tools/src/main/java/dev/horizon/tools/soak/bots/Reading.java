package dev.horizon.tools.soak.bots;

import org.HdrHistogram.Histogram;

/**
 * What bots met in some time. Histograms count microseconds.
 *
 * @param playing bots that are in now
 * @param bytes received
 * @param messages received, of bytes
 * @param inputs said and done
 * @param lost connections of bots who did nothing to lose them
 * @param comebacks of bots who had lost theirs, or cut it
 * @param refusals of what they said
 * @param loginsFailed hellos that were refused, and connections that never came
 * @param crossings to another node
 * @param crossers bots that have come to another node, since the beginning
 * @param shipsLost of bots whose ship nobody destroyed
 * @param ages of messages when they came
 * @param comebackMicros how long who came back was away
 * @param gaps how long who came to another node was told nothing of their ship
 * @param lag how late rounds began
 */
public record Reading(
        int playing,
        long bytes,
        long messages,
        long inputs,
        long lost,
        long comebacks,
        long refusals,
        long loginsFailed,
        long crossings,
        long crossers,
        long shipsLost,
        Histogram ages,
        Histogram comebackMicros,
        Histogram gaps,
        Histogram lag) {}
