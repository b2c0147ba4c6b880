package dev.horizon.engine.events;

/**
 * Core event {@code raw_client_message}: an envelope that no plugin declared. Without a handler the
 * gateway refuses such envelopes as unknown.
 *
 * @param player who sent it
 * @param namespace of the envelope
 * @param event of the envelope
 * @param data the envelope's data as JSON text
 */
public record RawClientMessage(Player player, String namespace, String event, String data) {}
