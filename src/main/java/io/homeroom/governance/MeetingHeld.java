package io.homeroom.governance;

import java.time.LocalDate;

/** A meeting was recorded. */
public record MeetingHeld(long meeting, String body, LocalDate day, String by) {}
