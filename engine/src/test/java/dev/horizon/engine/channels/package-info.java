/** Tests of replication: encoder and receiver against the world itself. */
package dev.horizon.engine.channels;
