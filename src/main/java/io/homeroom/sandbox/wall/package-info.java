/** The walls: group chats of the secretariat and of classes, with the group robots that write into them. */
@NullMarked
@NamedInterface("wall")
package io.homeroom.sandbox.wall;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
