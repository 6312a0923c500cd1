/** An application without code, outside the house so that nobody's scan finds it: the base of the start's benchmark. */
@NullMarked
package bare;

import org.jspecify.annotations.NullMarked;
