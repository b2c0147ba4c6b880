/** Tests of the world's state. */
package dev.horizon.engine.storage;
