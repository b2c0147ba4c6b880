/** Tests of the component processor: declarations compiled in memory. */
package dev.horizon.processor;
