package io.homeroom.schedule;

/** Somebody needed the working days of a year for which no calendar is loaded. Published inside the tenant, once a year and association. */
public record CalendarMissing(int year) {}
