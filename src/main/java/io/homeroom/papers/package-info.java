/**
 * Floor 6. Paper in and out: letters and minutes printed as PDF with a Chinese font embedded, spreadsheets read and
 * written. The only room that knows the libraries for either.
 *
 * <p>What comes in is hostile until read: a workbook is weighed before it is opened, what it may hold is bounded, and
 * a letter loads nothing from outside. What goes out is safe to open: no text of a member's becomes a formula. A roster
 * comes in here as a whole: looked at first, then entered whole or not at all, through the doors below. Serves no clause
 * of its own. No events in or out.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Papers",
        allowedDependencies = {"ground", "rulebook", "schedule", "member", "desk", "liaison"})
package io.homeroom.papers;
