/** What a soak leaves: a page with charts, JSON, and a comparison of two. */
@NullMarked
package dev.horizon.tools.soak.report;

import org.jspecify.annotations.NullMarked;
