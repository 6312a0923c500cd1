/**
 * The way into the servers that the sandbox plays, and the faults that can be asked for on that way: slow, lost and
 * failing calls, notifications that are late, missing, doubled or forged.
 */
@NullMarked
package io.homeroom.sandbox.gate;

import org.jspecify.annotations.NullMarked;
