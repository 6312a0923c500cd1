package io.homeroom.governance;

import java.time.LocalDate;

/** A member was absent from a meeting of a body, in a way that counts. Published when the meeting is recorded. */
public record Absent(long member, String body, LocalDate day, String by) {}
