/** The plugin of docs/plugins.md, step by step, and the tests that hold each of its words. */
package dev.horizon.testkit.tutorial;
