/**
 * The sandbox's own JSON API, for its page and for tests: people and their phones, staff in WeCom, the cashier, the walls
 * and faults. All paths are below {@code /sandbox/api}; a refusal is 4xx with {@code {"error": "…"}}. Each class lists
 * its calls.
 */
@NullMarked
package io.homeroom.sandbox.control;

import org.jspecify.annotations.NullMarked;
