/** What Quartz makes by itself and must therefore be public; nothing for other rooms. */
@org.jspecify.annotations.NullMarked
package io.homeroom.schedule.quartz;
