package io.homeroom.liaison;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** That a class teacher was in touch with a member. */
public record Contacted(long id, long memberId, @Nullable Long staffId, String by, Instant at, String note) {}
