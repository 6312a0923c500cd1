package io.homeroom.api;

import io.homeroom.api.ApiProblem.FieldFault;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a query; like {@link Asked}, it gathers faults and tells them all at once. */
final class Asking {

    private final List<FieldFault> faults = new ArrayList<>();

    void fault(String field, String message) {
        faults.add(new FieldFault(field, message));
    }

    <T> @Nullable T word(String field, @Nullable String text, Function<String, T> read, List<String> words) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return read.apply(text.strip());
        } catch (IllegalArgumentException e) {
            fault(field, "只能是 " + String.join("、", words));
            return null;
        }
    }

    /** The key after which a page starts; 0 for the first page. */
    long key(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return 0;
        }
        return Viewer.key(text).orElseGet(() -> {
            fault(field, "写上一页给出的 next，原样");
            return 0L;
        });
    }

    int limit(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return 50;
        }
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 200) {
            fault("limit", "1 到 200 之间");
            return 50;
        }
        return Integer.parseInt(text);
    }

    @Nullable
    LocalDate day(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            fault(field, "日期写成 2026-03-31 这样");
            return null;
        }
    }

    /** @throws ApiProblem with all faults, if there are any */
    void check() {
        if (!faults.isEmpty()) {
            throw ApiProblem.faults(faults);
        }
    }
}
