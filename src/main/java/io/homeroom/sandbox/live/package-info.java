/** What happens in the sandbox, as a stream for its page. */
@NullMarked
package io.homeroom.sandbox.live;

import org.jspecify.annotations.NullMarked;
