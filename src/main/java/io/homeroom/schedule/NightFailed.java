package io.homeroom.schedule;

import java.time.LocalDate;

/** A duty died; its association's nights wait at that day until it succeeds. Published inside the tenant. */
public record NightFailed(String association, LocalDate day, String duty, String failure) {}
