package io.homeroom.dues;

import java.time.LocalDate;
import java.util.Optional;

/** Asked of whoever knows the bodies: until when a council is in office. */
public interface TermEnd {

    /** Last day of the body's present term, if known. */
    Optional<LocalDate> of(String body);
}
