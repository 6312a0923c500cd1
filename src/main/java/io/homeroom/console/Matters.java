package io.homeroom.console;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Cases as the console shows them. */
@Component
class Matters {

    record Matter(
            long id,
            String type,
            @Nullable Long memberId,
            String outcome,
            @Nullable String at,
            @Nullable LocalDate due,
            List<String> missing,
            @Nullable LocalDate openedOn,
            List<String> clauses) {}

    List<Matter> open() {
        return List.of();
    }

    List<Matter> of(long member) {
        return List.of();
    }
}
