/** Tests of how systems run. */
package dev.horizon.engine.schedule;
