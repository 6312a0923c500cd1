/** Benchmarks of the packaged server as a whole; those of one room live beside its tests. */
@NullMarked
package io.homeroom.bench;

import org.jspecify.annotations.NullMarked;
